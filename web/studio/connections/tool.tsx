import { useEffect, useRef } from "preact/hooks";
import type { Connection, ConnectionTool } from "../../shared/api";
import { visible } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Chip, Empty, LiveMark, Note } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { heardAt, state as stands } from "../live";
import { one, review } from "../places";
import { Decided } from "./decided";
import { Definition } from "./definition";
import { Back, Missing, useShown } from "./one";
import { Changes } from "./problems";
import { page } from "./store";
import { Try } from "./try";
import { effects, states } from "./words";

/** One tool: how it stands, what the server says of it, what we decided, and a way to try it. */
export function ToolPane({ id, name, main = false }: { id: string; name: string; main?: boolean }) {
  const of = useShown(id);
  useEffect(() => {
    document.title = `${visible(name)} · Studio`;
  }, [name]);
  const tool = of?.tools.find((each) => each.name === name);
  return (
    <div class={main ? "room-body tool" : "tool"}>
      <div class="tool-top">
        {main ? (
          <>
            <Back to={one(id)}>{of?.row.title ?? "Connection"}</Back>
            <LiveMark state={stands.value} heardAt={heardAt.value} />
          </>
        ) : (
          <a class="button plain square" href={one(id)} aria-label="Close the tool" title="Close">
            <Icon name="close" />
          </a>
        )}
      </div>
      {of === null ? <Missing id={id} /> : tool === undefined ? <NoTool main={main} /> : <Whole of={of} tool={tool} main={main} />}
    </div>
  );
}

const NoTool = ({ main }: { main: boolean }) => (
  <Empty icon="unknown" title="There is no such tool" main={main}>
    <p>Neither the server nor our decisions name it.</p>
  </Empty>
);

function Whole({ of, tool, main }: { of: Connection; tool: ConnectionTool; main: boolean }) {
  const Heading = main ? "h1" : "h2";
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (main) heading.current?.focus();
  }, []);
  const state = states[tool.state];
  const decided = of.manifest.tool[tool.name];
  const admin = page.value.value?.can_add ?? false;
  return (
    <article aria-label={`Tool ${tool.name}`}>
      <header class="tool-head">
        <Heading ref={heading} tabIndex={-1}>
          <code>
            <Line text={tool.name} />
          </code>
        </Heading>
        <p class="chips">
          {decided !== undefined && tool.effect !== "off" && <Chip icon={effects[tool.effect].icon}>{effects[tool.effect].says}</Chip>}
          <Chip tone={state.tone} icon={state.icon}>
            {state.says}
          </Chip>
        </p>
        <p class="muted small">{state.means}</p>
      </header>
      {tool.changes.length > 0 && (
        <section class="part" aria-label="What changed">
          <h2>What changed</h2>
          <Changes of={tool} />
        </section>
      )}
      {tool.state === "held back" && (
        <Note tone="warn" icon="lock">
          Decide that it is a write, or off. What a server says of itself can only make us stricter.
        </Note>
      )}
      {of.can_change && tool.digest !== null && (tool.state === "unreviewed" || tool.state === "changed") && (
        <p class="next">
          <a class="button primary" href={review(of.row.id)}>
            <Icon name="seen" /> Read and review it
          </a>
        </p>
      )}
      <Decided of={of} tool={tool} decided={decided} />
      <Definition tool={tool} decided={decided} />
      {admin && tool.state === "reviewed" && decided?.effect === "read" && <Try of={of} tool={tool} decided={decided} />}
    </article>
  );
}
