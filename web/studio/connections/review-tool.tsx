import type { Decision } from "../../shared/api";
import { Icon } from "../../shared/ui/icon";
import { Chip, Note } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { between } from "./between";
import { Told } from "./decided";
import { Definition } from "./definition";
import { Changes } from "./problems";
import type { Readable } from "./reading";
import { effects } from "./words";

interface Props {
  tool: Readable;
  decided: Decision | undefined;
  /** The tool as this page first showed it. */
  first: Readable;
  ticked: boolean;
  tick: (on: boolean) => void;
}

/** One tool to read: what changed first, then all that it says of itself, then the tick. */
export function ReadTool({ tool, decided, first, ticked, tick }: Props) {
  const meanwhile = first.digest === tool.digest ? [] : between(first, tool);
  const effect = effects[tool.effect];
  return (
    <li class={ticked ? "read ticked" : "read"}>
      <header class="read-head">
        <h2>
          <code>
            <Line text={tool.name} />
          </code>
        </h2>
        <Chip icon={effect.icon}>{effect.says}</Chip>
        {tool.state === "changed" && (
          <Chip tone="bad" icon="alert">
            changed
          </Chip>
        )}
      </header>
      {meanwhile.length > 0 && (
        <div class="meanwhile" tabIndex={-1}>
          <Note tone="warn" icon="refresh">
            <p class="strong">This changed while you were reading</p>
            <Changes of={{ name: tool.name, changes: meanwhile }} />
          </Note>
        </div>
      )}
      {tool.changes.length > 0 && (
        <section aria-label={`What changed in ${tool.name} since its review`}>
          <h2 class="read-decided">Since its last review</h2>
          <Changes of={tool} />
        </section>
      )}
      <Definition tool={tool} decided={decided} />
      {decided !== undefined && (
        <section aria-label={`What was decided about ${tool.name}`}>
          <h2 class="read-decided">What was decided</h2>
          <Told of={decided} />
        </section>
      )}
      <label class="tick read-tick">
        <input type="checkbox" checked={ticked} onChange={(event) => tick(event.currentTarget.checked)} />
        <span>
          I have read it<span class="sr"> {tool.name}</span>
        </span>
        {ticked && <Icon name="check" />}
      </label>
    </li>
  );
}
