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

function ShownBy({ of: one }: { of: Card["against"][number] }) {
  const { observation, proposal } = one;
  if (proposal !== null) return <a href={`/desk/queue/${encodeURIComponent(proposal)}`}>See it</a>;
  if (observation === null) return null;
  return (
    <button type="button" class="link" onClick={() => toRail(observation, null)}>
      Show #{observation}
    </button>
  );
}
