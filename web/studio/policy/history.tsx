import type { PolicyView } from "../../shared/api";
import { dated } from "../../shared/text";
import { Chip } from "../../shared/ui/parts";
import { Section } from "../../shared/ui/section";
import { Line } from "../../shared/ui/words";

/** What was in force before, the newest first; each leads to its change. */
export function History({ of }: { of: PolicyView["history"] }) {
  return (
    <Section title="History">
      <ol class="history">
        {of.map((each, at) => (
          <li key={each.number}>
            <p>
              <a href={`/desk/changes/${encodeURIComponent(each.change_id)}`}>
                <code><Line text={each.version} /></code>
              </a>{" "}
              {at === 0 && <Chip tone="ok" icon="check">in force</Chip>} {each.one_hand && <Chip tone="warn" icon="alert">by one hand</Chip>}
            </p>
            <p class="muted small">
              since {dated(each.since)}, by <Line text={each.by} />: <Line text={each.why} />
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
