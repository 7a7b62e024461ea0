import type { ComponentChildren } from "preact";
import { path } from "../router";
import { Icon, type IconName } from "../ui/icon";

/** One page in the navigation; `count` of what waits there. */
export function Place({ to, icon, count = null, children }: { to: string; icon: IconName; count?: number | null; children: ComponentChildren }) {
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

export function Brand({ home }: { home: string }) {
  return (
    <a class="brand" href={home}>
      <span class="brand-mark">
        <Icon name="check" />
      </span>
      Missiondesk
    </a>
  );
}
