import type { Action, Card } from "../../shared/api";
import { moment } from "../../shared/text";
import { Before } from "../../shared/ui/before";
import { Icon } from "../../shared/ui/icon";
import { Line, Words } from "../../shared/ui/words";
import { Section } from "./section";
import { tense, toldAt, type Tense } from "./tense";

const titles: Record<Tense, string> = {
  ahead: "What will change",
  under_way: "What was approved",
  done: "What changed",
  dropped: "What was proposed",
};

function OneAction({ action, numbered, when }: { action: Action; numbered: boolean; when: Tense }) {
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
      {when !== "dropped" && (
        <p class="muted small with-icon">
          <Icon name="info" /> <span><Line text={action.reversible} /></span>
        </p>
      )}
    </li>
  );
}

/** What changes outside, action by action, and what the customer reads; in the past once it is. */
export function Changes({ card }: { card: Card }) {
  const many = card.actions.length > 1;
  const when = tense(card);
  return (
    <>
      {card.actions.length > 0 && (
        <Section title={titles[when]} aside={many ? `${card.actions.length} actions, in this order` : undefined}>
          <ol class={many ? "actions many" : "actions"}>
            {card.actions.map((action) => (
              <OneAction key={action.digest} action={action} numbered={many} when={when} />
            ))}
          </ol>
        </Section>
      )}
      <Told card={card} when={when} />
    </>
  );
}

function Told({ card, when }: { card: Card; when: Tense }) {
  if (card.message === null) return null;
  const at = toldAt(card);
  const first = card.actions.length > 0 ? "only after it has succeeded" : undefined;
  const [title, aside] =
    at !== null
      ? ["What the customer was told", moment(at)]
      : when === "dropped"
        ? ["What the customer would have been told", "was not sent"]
        : ["What the customer will be told", first];
  return (
    <Section title={title} aside={aside}>
      <blockquote class="told">
        <Words text={card.message} />
      </blockquote>
    </Section>
  );
}
