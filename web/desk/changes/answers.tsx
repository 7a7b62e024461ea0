import type { ChangeAnswer, ChangeCard } from "../../shared/api";
import { moment, whole } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Line } from "../../shared/ui/words";
import { Section } from "../../shared/ui/section";

const marks = { asked: { icon: "proposed", says: "asked for it" }, approve: { icon: "check", says: "approved" }, reject: { icon: "declined", says: "rejected" } } as const;

/** Who stands behind it, and who is still missing. */
export function Answers({ of }: { of: ChangeCard }) {
  const { needed, state } = of.row;
  return (
    <Section title="Who stands behind it">
      <ul class="signatures">
        {of.answers.length === 0 && (
          <li class="muted">
            <Icon name="circle" /> <p>Nobody yet: no member of staff asked for it.</p>
          </li>
        )}
        {of.answers.map((each) => (
          <One key={`${each.by_id} ${each.answer}`} of={each} waits={state === "open"} />
        ))}
        {state === "open" && needed > 0 && (
          <li class="muted">
            <Icon name="circle" />
            <p>{needed === 1 ? "One more person" : `${needed} different people`} must approve.</p>
          </li>
        )}
      </ul>
    </Section>
  );
}

function One({ of, waits }: { of: ChangeAnswer; waits: boolean }) {
  const mark = marks[of.answer];
  const lost = waits && !of.counts && of.answer !== "reject";
  return (
    <li class={lost ? "muted" : undefined}>
      <Icon name={lost ? "takenBack" : mark.icon} />
      <div>
        <p>
          <strong><Line text={of.by} /></strong> <span class="muted">({of.role})</span> {mark.says} <time class="muted" dateTime={of.at} title={whole(of.at)}>· {moment(of.at)}</time>
          {lost && <span class="muted">, which does not count: they have not the right now</span>}
        </p>
        {of.note && <p class="muted"><Line text={of.note} /></p>}
      </div>
    </li>
  );
}
