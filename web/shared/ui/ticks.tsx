import type { Check } from "../api";
import { Icon } from "./icon";
import { Line } from "./words";

/** What was checked, and whether it held. */
export function Ticks({ of: checks }: { of: readonly Check[] }) {
  if (checks.length === 0) return null;
  return (
    <ul class="ticks small">
      {checks.map((check, at) => (
        <li key={at} class={check.held ? undefined : "bad"}>
          <Icon name={check.held ? "check" : "close"} />
          <span>
            {!check.held && <span class="sr">Not so: </span>}
            <Line text={check.says} />
          </span>
        </li>
      ))}
    </ul>
  );
}
