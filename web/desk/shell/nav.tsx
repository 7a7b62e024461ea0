import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../../shared/ui/icon";
import { path } from "../../shared/router";
import { waiting } from "../live";

/** The way between the pages: at the side on wide screens, at the bottom on phones. */
export function Nav() {
  return (
    <nav class="nav" aria-label="Desk">
      <Place to="/desk/queue" icon="inbox" count={waiting.value}>
        Decision Queue
      </Place>
      <Place to="/desk/cases" icon="mail">
        Cases
      </Place>
    </nav>
  );
}

function Place({ to, icon, count = null, children }: { to: string; icon: IconName; count?: number | null; children: ComponentChildren }) {
  return (
    <a href={to} aria-current={path.value.startsWith(to) ? "page" : undefined}>
      <Icon name={icon} />
      <span>{children}</span>
      {count !== null && count > 0 && (
        <span class="count">
          {count}
          <span class="sr"> waiting</span>
        </span>
      )}
    </a>
  );
}

export function Brand() {
  return (
    <a class="brand" href="/desk/queue">
      <span class="brand-mark">
        <Icon name="check" />
      </span>
      Missiondesk
    </a>
  );
}
