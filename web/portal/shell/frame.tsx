import type { ComponentChildren } from "preact";
import type { Customer, Portal } from "../../shared/api";
import { Icon } from "../../shared/ui/icon";
import { ThemeSwitch } from "../../shared/ui/theme-switch";
import { home, signOut } from "../session";

/** The portal's mark: the first letter of its name in its colour. */
export function Mark({ name }: { name: string }) {
  return (
    <span class="portal-mark" aria-hidden="true">
      {name.slice(0, 1).toUpperCase()}
    </span>
  );
}

export function Frame({ portal, customer, children }: { portal: Portal; customer: Customer; children: ComponentChildren }) {
  return (
    <div class="portal">
      <header class="portal-head">
        <a href={home} class="portal-name">
          <Mark name={portal.name} /> {portal.name}
        </a>
        <button type="button" class="button plain" popovertarget="you" aria-label={`You: ${customer.name}`}>
          <Icon name="customer" /> <span class="portal-who">{customer.name}</span>
        </button>
        <div id="you" popover="auto" class="portal-menu" role="group" aria-label="You">
          <p>
            Signed in as <strong>{customer.name}</strong>
          </p>
          <ThemeSwitch />
          <button type="button" class="button" onClick={() => void signOut()}>
            <Icon name="signOut" /> Sign out
          </button>
        </div>
      </header>
      {children}
    </div>
  );
}
