import type { Staff } from "../api";
import { signOut } from "../staff";
import { Icon } from "../ui/icon";
import { KeyCap } from "../ui/parts";
import { ThemeSwitch } from "../ui/theme-switch";

const initials = (name: string): string => name.split(/\s+/).map((part) => part[0] ?? "").slice(0, 2).join("").toUpperCase();

/** Who is signed in, and what belongs to them. Signing out leads to `home`. */
export function You({ me, home, onHelp, onFreeze }: { me: Staff; home: string; onHelp: () => void; onFreeze?: () => void }) {
  return (
    <>
      <button type="button" class="you" popovertarget="you">
        <span class="face" aria-hidden="true">{initials(me.name)}</span>
        <span class="you-name">
          <strong>{me.name}</strong>
          <span class="muted small">{me.role}</span>
        </span>
      </button>
      <div id="you" popover="auto" class="menu" role="group" aria-label="You">
        <p class="menu-who">
          <strong>{me.name}</strong>
          <span class="muted small">{me.email} · {me.role}</span>
        </p>
        <ThemeSwitch />
        <button type="button" class="button plain" popovertarget="you" popovertargetaction="hide" onClick={onHelp}>
          <Icon name="keyboard" /> Keys <KeyCap of="help" />
        </button>
        {onFreeze && (
          <button type="button" class="button plain" popovertarget="you" popovertargetaction="hide" onClick={onFreeze}>
            <Icon name="frozen" /> Freeze all effects…
          </button>
        )}
        <button type="button" class="button plain" popovertarget="you" popovertargetaction="hide" onClick={() => void signOut(home)}>
          <Icon name="signOut" /> Sign out
        </button>
      </div>
    </>
  );
}
