import type { Connection } from "../../shared/api";
import { Icon } from "../../shared/ui/icon";
import { Note } from "../../shared/ui/parts";
import { useAct } from "../act";
import { askForConsent, page } from "./store";

type Side = "read" | "write";

/** For systems where an admin agrees once in a browser; then tokens are renewed by themselves. */
export function Consent({ of }: { of: Connection }) {
  const { auth, write_auth: writing } = of.manifest;
  const sides: Side[] = [...(auth?.kind === "authorization_code" ? (["read"] as const) : []), ...((writing ?? auth)?.kind === "authorization_code" ? (["write"] as const) : [])];
  if (sides.length === 0 || !page.value.value?.can_add) return null;
  return (
    <section class="part" aria-label="Agreed to in a browser">
      <div class="part-head">
        <h2>Agreed to in a browser</h2>
        <span class="muted small">Once; then it is renewed by itself</span>
      </div>
      {sides.map((side) => (
        <Ask key={side} side={side} title={of.row.title} />
      ))}
    </section>
  );
}

function Ask({ side, title }: { side: Side; title: string }) {
  const { busy, wrong, act } = useAct(() => undefined);
  return (
    <div class="remove">
      <p class="muted small">{side === "read" ? "To read: you sign in at the system, agree, and come back here." : "To write, by an account of its own if the system has one: the same, for what is approved."}</p>
      <button type="button" class="button" aria-disabled={busy} onClick={() => void act(() => askForConsent(side), "You are sent to the system")}>
        <Icon name={busy ? "refresh" : "granted"} spin={busy} /> Sign in at {title} {side === "read" ? "to read" : "to write"}
      </button>
      <div role="alert">
        {wrong && (
          <Note tone="bad" icon="alert">
            {wrong}
          </Note>
        )}
      </div>
    </div>
  );
}
