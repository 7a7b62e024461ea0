import type { Action, Card, Change } from "../../shared/api";
import { Icon } from "../../shared/ui/icon";
import { Line, Words } from "../../shared/ui/words";
import { Section } from "./section";

/** Facts before and after, as they were read in the outside systems. */
export function Before({ changes, label }: { changes: readonly Change[]; label: string }) {
  return (
    <table class="changes">
      <caption class="sr">{label}</caption>
      <thead class="sr">
        <tr>
          <th scope="col">What</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.label}>
            <th scope="row">
              <Line text={change.label} />
            </th>
            <td>
              <Line text={change.before} />
            </td>
            <td>
              <Icon name="arrow" />
              <span><Line text={change.after} /></span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OneAction({ action, numbered }: { action: Action; numbered: boolean }) {
  return (
    <li>
      {numbered && (
        <p class="strong">
          <Line text={action.sentence} />
        </p>
      )}
      {action.changes.length > 0 ? (
        <Before changes={action.changes} label={action.sentence} />
      ) : (
        <p class="muted">There is no preview for this action: {action.connection} does not show it beforehand.</p>
      )}
      <p class="muted small with-icon">
        <Icon name="info" /> <span><Line text={action.reversible} /></span>
      </p>
    </li>
  );
}

/** What will change outside, action by action, and what the customer will read once it has. */
export function Changes({ card }: { card: Card }) {
  const many = card.actions.length > 1;
  return (
    <>
      {card.actions.length > 0 && (
        <Section title="What will change" aside={many ? `${card.actions.length} actions, in this order` : undefined}>
          <ol class={many ? "actions many" : "actions"}>
            {card.actions.map((action) => (
              <OneAction key={action.digest} action={action} numbered={many} />
            ))}
          </ol>
        </Section>
      )}
      {card.message && (
        <Section title="What the customer will be told" aside="only after it has succeeded">
          <blockquote class="told">
            <Words text={card.message} />
          </blockquote>
        </Section>
      )}
    </>
  );
}
