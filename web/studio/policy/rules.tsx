import type { PolicyRule } from "../../shared/api";
import { Icon, type IconName } from "../../shared/ui/icon";
import { Empty } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";

const looks = (asks: string): { icon: IconName; tone: string } =>
  asks === "denied" ? { icon: "declined", tone: "bad" } : asks.startsWith("by itself") ? { icon: "effect", tone: "warn" } : { icon: "person", tone: "" };

/** The rules as they are in force, each a line that can be read aloud. */
export function Rules({ of }: { of: readonly PolicyRule[] }) {
  if (of.length === 0)
    return (
      <Empty icon="ruled" title="No rule">
        <p>A write without a rule is denied, so nothing can be changed anywhere.</p>
      </Empty>
    );
  return (
    <div class="wide-table" tabIndex={0} role="region" aria-label="Rules in force">
      <table class="rules">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">For</th>
            <th scope="col">When</th>
            <th scope="col">Asks</th>
          </tr>
        </thead>
        <tbody>
          {of.map((rule) => (
            <Rule key={rule.name} of={rule} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Rule({ of: rule }: { of: PolicyRule }) {
  const { icon, tone } = looks(rule.asks);
  return (
    <tr>
      <th scope="row">
        <Line text={rule.name} />
      </th>
      <td>
        {rule.actions.map((each) => (
          <code key={each}>
            <Line text={each} />
          </code>
        ))}
      </td>
      <td>
        {rule.when.length === 0 && <span class="muted">always</span>}
        {rule.when.map((each) => (
          <code key={each}>
            <Line text={each} />
          </code>
        ))}
      </td>
      <td>
        <span class={`rule-asks ${tone}`}>
          <Icon name={icon} /> <span><Line text={rule.asks} /></span>
        </span>
        {rule.says !== "" && <span class="muted small"><Line text={rule.says} /></span>}
      </td>
    </tr>
  );
}
