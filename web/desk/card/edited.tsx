import type { Card } from "../../shared/api";
import { moment } from "../../shared/text";
import { Before } from "../../shared/ui/before";
import { Icon } from "../../shared/ui/icon";
import { Line } from "../../shared/ui/words";
import { leftIn } from "./edit-values";
import { Section } from "./section";

/** The words for the customer may still tell what is no longer so. */
export function StillSaid({ values }: { values: readonly string[] }) {
  if (values.length === 0) return null;
  return (
    <p class="warn-text small with-icon edited-why">
      <Icon name="alert" />
      <span>The message to the customer still says <Line text={values.join(", ")} />.</span>
    </p>
  );
}

/** Who changed what in it, and why somebody else must approve. */
export function Edited({ card }: { card: Card }) {
  const edited = card.edited;
  if (edited === null) return null;
  return (
    <Section title="What a person changed" aside={<><Line text={edited.by} /> ({edited.role}), {moment(edited.at)}</>}>
      <Before changes={edited.changes} label={`What ${edited.by} changed`} />
      <StillSaid values={leftIn(card.message ?? "", edited.changes)} />
      {edited.reason && <p class="edited-why"><Line text={edited.reason} /></p>}
      <p class="muted small with-icon edited-why">
        <Icon name="pen" />
        <span>
          Whoever edits is an author: somebody else than <Line text={edited.by} /> must approve it. <a href={`/desk/queue/${encodeURIComponent(edited.of)}`}>See what was proposed before</a>
        </span>
      </p>
    </Section>
  );
}
