import type { Finding } from "../api";
import { Icon } from "../ui/icon";
import { Line } from "../ui/words";

/** What is wrong with a policy, and what may be meant so. */
export function Findings({ of }: { of: readonly Finding[] }) {
  if (of.length === 0)
    return (
      <p class="with-icon finding-none">
        <Icon name="check" /> Nothing is wrong with it.
      </p>
    );
  return (
    <ul class="findings">
      {of.map((each, at) => (
        <li key={at} class={each.weight === "wrong" ? "finding-wrong" : undefined}>
          <Icon name={each.weight === "wrong" ? "alert" : "info"} />
          <span>
            <span class="sr">{each.weight === "wrong" ? "Wrong: " : "To know: "}</span>
            {each.rule !== null && <strong><Line text={each.rule} />: </strong>}
            <Line text={each.sentence} />
          </span>
        </li>
      ))}
    </ul>
  );
}
