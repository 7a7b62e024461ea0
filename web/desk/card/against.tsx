import type { Card } from "../../shared/api";
import { Icon } from "../../shared/ui/icon";
import { Line } from "../../shared/ui/words";
import { toRail } from "./origin";
import { Section } from "./section";

/** What speaks against it, the serious first. It changes nothing of what can be answered. */
export function Against({ card }: { card: Card }) {
  if (card.against.length === 0) return null;
  return (
    <Section title="Against" aside="found by plain code; you decide">
      <ul class="reasons">
        {card.against.map((one, at) => (
          <li key={at}>
            {one.weight === "serious" && (
              <>
                <span class="chip bad">
                  <Icon name="alert" /> serious
                </span>{" "}
              </>
            )}
            <Line text={one.sentence} /> <ShownBy of={one} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What a second model says, apart from what code found: an opinion. Nothing at all where none was asked. */
export function Opinion({ card }: { card: Card }) {
  const opinion = card.state === "open" ? card.opinion : null;
  if (opinion === null) return null;
  const { model, state, objections } = opinion;
  return (
    <Section title="A model’s opinion" aside="not checked; you decide">
      {objections.length > 0 ? (
        <ul class="reasons">
          {objections.map((one, at) => (
            <li key={at}>
              <Line text={one.says} /> {one.observation !== null ? <ToRail n={one.observation} /> : <span class="muted">about <code>{one.argument}</code></span>}
            </li>
          ))}
        </ul>
      ) : (
        <p class="muted small">{silent[state]}</p>
      )}
      <p class="muted small">
        <Line text={`By ${model}, which reads the proposal and can do nothing.`} />
      </p>
    </Section>
  );
}

const silent = { asked: "It was asked, and has not answered yet.", given: "It found nothing that speaks against it.", failed: "It gave no usable answer." } as const;

function ToRail({ n }: { n: number }) {
  return (
    <button type="button" class="link" onClick={() => toRail(n, null)}>
      Show #{n}
    </button>
  );
}

function ShownBy({ of: one }: { of: Card["against"][number] }) {
  const { observation, proposal } = one;
  if (proposal !== null) return <a href={`/desk/queue/${encodeURIComponent(proposal)}`}>See it</a>;
  if (observation === null) return null;
  return <ToRail n={observation} />;
}
