import { useSignal } from "@preact/signals";
import type { Connection, ConnectionTool } from "../../shared/api";
import { useKeys } from "../../shared/keys";
import { go } from "../../shared/router";
import { Icon } from "../../shared/ui/icon";
import { Chip } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { tool as toolAt } from "../places";
import { effects, states } from "./words";

const many = 12; // from here on they can be searched

/** All tools that the server or our decisions name. */
export function Tools({ of, selected }: { of: Connection; selected: string | null }) {
  const wanted = useSignal("");
  const found = of.tools.filter((tool) => `${tool.name} ${tool.title ?? ""} ${tool.description ?? ""} ${tool.state} ${tool.effect}`.toLowerCase().includes(wanted.value.trim().toLowerCase()));
  const move = (by: number): void => {
    const at = found.findIndex((tool) => tool.name === (selected ?? (document.activeElement as HTMLElement).dataset["row"]));
    const next = found[at < 0 ? 0 : Math.min(found.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    if (selected !== null) go(toolAt(of.row.id, next.name), { replace: true });
    document.querySelector<HTMLElement>(`.tools [data-row="${CSS.escape(next.name)}"]`)?.focus();
  };
  useKeys({ next: () => move(1), previous: () => move(-1) });
  return (
    <section class="part" aria-label="Tools">
      <div class="part-head">
        <h2>Tools</h2>
        {of.tools.length >= many && <input type="search" class="input find" aria-label="Find a tool" placeholder="Find a tool" value={wanted.value} onInput={(event) => (wanted.value = event.currentTarget.value)} />}
      </div>
      {found.length === 0 ? (
        <p class="muted">{of.tools.length === 0 ? "Its server offers no tools, and none was decided on." : "No tool is called that."}</p>
      ) : (
        <table class="tools">
          <thead>
            <tr>
              <th scope="col">Tool, and what it says of itself</th>
              <th scope="col">Effect</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {found.map((tool) => (
              <Row key={tool.name} id={of.row.id} tool={tool} selected={tool.name === selected} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ id, tool, selected }: { id: string; tool: ConnectionTool; selected: boolean }) {
  const state = states[tool.state];
  const effect = effects[tool.effect];
  return (
    <tr class={selected ? "selected" : undefined}>
      <th scope="row">
        <a href={toolAt(id, tool.name)} data-row={tool.name} aria-current={selected ? "true" : undefined}>
          <code>
            <Line text={tool.name} />
          </code>
        </a>
        {tool.description && (
          <span class="said-of-itself muted small">
            <Line text={tool.description} />
          </span>
        )}
      </th>
      <td>
        {tool.effect === "off" ? (
          <span class="muted">–<span class="sr">none</span></span>
        ) : (
          <span class="effect">
            <Icon name={effect.icon} /> {effect.says}
          </span>
        )}
      </td>
      <td>
        <Chip tone={state.tone} icon={state.icon} title={state.means}>
          {state.says}
        </Chip>
      </td>
    </tr>
  );
}
