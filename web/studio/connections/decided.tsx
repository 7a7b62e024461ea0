import { useSignal } from "@preact/signals";
import type { Connection, ConnectionTool, Decision } from "../../shared/api";
import { Icon } from "../../shared/ui/icon";
import { Chip, Note } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { Decide } from "./decide";
import { effects, told } from "./words";

interface Props {
  of: Connection;
  tool: ConnectionTool;
  decided: Decision | undefined;
}

/** What was decided about a tool, our proposal where nothing was reviewed yet, and the way to decide anew. */
export function Decided({ of, tool, decided }: Props) {
  const from = useSignal<Partial<Decision> | null>(null);
  if (from.value !== null) return <Decide of={of} tool={tool} start={from.value} onDone={() => (from.value = null)} />;
  const proposal = tool.proposal as Partial<Decision> | null;
  return (
    <section class="part" aria-label="What was decided">
      <div class="part-head">
        <h2>What was decided</h2>
        {of.can_change && tool.state !== "gone" && (
          <button type="button" class="button" data-decide onClick={() => (from.value = decided ?? proposal ?? {})}>
            <Icon name="pen" /> {decided === undefined ? "Decide" : "Decide anew"}
          </button>
        )}
      </div>
      {decided === undefined ? <p class="muted">Nothing yet, so it does not exist for us.</p> : <Told of={decided} />}
      {(proposal !== null || tool.doubts.length > 0) && <Proposal tool={tool} proposal={proposal} decided={decided} />}
    </section>
  );
}

/** A decision, line by line. */
export function Told({ of }: { of: Partial<Decision> }) {
  const effect = effects[of.effect ?? "off"];
  return (
    <dl class="facts told-facts">
      <div>
        <dt>Effect</dt>
        <dd>
          <span class="effect strong">
            <Icon name={effect.icon} /> {effect.says}
          </span>
          <span class="muted small">{effect.means}</span>
        </dd>
      </div>
      {told(of).map((line) => (
        <div key={line.name}>
          <dt>{line.name}</dt>
          {(typeof line.says === "string" ? [line.says] : line.says).map((each) => (
            <dd key={each}>
              {line.code ? (
                <code>
                  <Line text={each} />
                </code>
              ) : (
                <Line text={each} />
              )}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

/** Made from schema and annotations, strict wherever there is doubt; a person confirms it. */
function Proposal({ tool, proposal, decided }: { tool: ConnectionTool; proposal: Partial<Decision> | null; decided: Decision | undefined }) {
  const effect = proposal?.effect;
  const asDecided = decided !== undefined && decided.effect === effect;
  return (
    <Note icon="sparkle">
      <p class="strong">
        {asDecided ? "So we proposed it. To think about:" : "We propose "}
        {effect !== undefined && !asDecided && (
          <Chip icon={effects[effect].icon} tone="accent">
            {effects[effect].says}
          </Chip>
        )}
      </p>
      {tool.doubts.length > 0 && (
        <ul class="doubts small" aria-label="Why, and what is in doubt">
          {tool.doubts.map((each) => (
            <li key={each}>
              <Line text={each} />
            </li>
          ))}
        </ul>
      )}
      {proposal !== null && !asDecided && effect !== "off" && <Told of={proposal} />}
    </Note>
  );
}
