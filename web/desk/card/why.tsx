import type { Card, Evidence } from "../../shared/api";
import { observations } from "../../shared/explain/store";
import { ago, unwrap, whole } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Line, Words } from "../../shared/ui/words";
import { toRail } from "./origin";
import { RecordOf } from "./record";
import { Section } from "./section";

/** The reasons, the passages they rest on, and what the policy says. */
export function Why({ card }: { card: Card }) {
  const passages = card.evidence.filter((each) => each.kind === "article");
  return (
    <Section title="Why">
      <ul class="reasons">
        {card.reasons.map((reason, at) => (
          <li key={at}>
            <Line text={reason} />
          </li>
        ))}
      </ul>
      {passages.map((passage) => (
        <Passage key={`${passage.observation} ${passage.label}`} of={passage} />
      ))}
      {card.ruling && <Ruling of={card.ruling} />}
    </Section>
  );
}

/** The policy's answer in a sentence, with the rules that gave it. */
export function Ruling({ of: ruling }: { of: NonNullable<Card["ruling"]> }) {
  return (
    <div class={`ruling ${ruling.kind}`}>
      <Icon name="ruled" />
      <div>
        <p class="strong">
          <Line text={ruling.sentence} />
        </p>
        {ruling.excluded.map((one) => (
          <p key={one.name} class="small">
            <Line text={`${one.name} may not approve: ${one.why}.`} />
          </p>
        ))}
        <p class="muted small">
          Policy {ruling.policy}
          {ruling.rules.length > 0 && <> · rule {ruling.rules.map((rule, at) => <span key={rule}>{at > 0 && ", "}<code>{rule}</code></span>)}</>}
        </p>
      </div>
    </div>
  );
}

/** Where in its observation the quoted clause stands. */
function placeOf({ observation, label }: Evidence): string | null {
  const passages = observations.peek().find((seen) => seen.n === observation)?.detail["passages"];
  if (!Array.isArray(passages)) return null;
  const at = (passages as Record<string, unknown>[]).findIndex((each) => `${String(each["label"])} ${String(each["heading"])}` === label);
  return at < 0 ? null : `passages.${at}`;
}

function Passage({ of: passage }: { of: Evidence }) {
  return (
    <figure class="passage">
      <blockquote>
        <Words text={unwrap(passage.quote)} />
      </blockquote>
      <figcaption class="small">
        <Icon name="article" />
        <button type="button" class="link" onClick={() => toRail(passage.observation, placeOf(passage))}>
          <Line text={`${passage.label} · ${passage.source}`} />
        </button>
      </figcaption>
    </figure>
  );
}

/** The reads it rests on, with their age. */
export function Facts({ card }: { card: Card }) {
  const records = card.evidence.filter((each) => each.kind === "record");
  if (records.length === 0) return null;
  return (
    <Section title="Evidence" aside={card.can.includes("approve") ? "read again just before anything is sent" : undefined}>
      <ul class="evidence">
        {records.map((fact) => (
          <li key={fact.observation}>
            <div class="evidence-head">
              <p class="strong">
                <Line text={fact.label} />
              </p>
              <p class="small muted evidence-end">
                <button type="button" class="chip accent" onClick={() => toRail(fact.observation, null)} title="Show in the trace">
                  <Icon name="link" /> <Line text={fact.source} /> #{fact.observation}
                </button>
                <span title={whole(fact.read_at)}>read {ago(fact.read_at)}</span>
              </p>
            </div>
            <RecordOf fact={fact} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
