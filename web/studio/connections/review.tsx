import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { newKey, type Connection } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain } from "../../shared/resource";
import { go } from "../../shared/router";
import { Title } from "../../shared/shell/title";
import { plural, visible } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Empty, KeyCap, Note } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { one } from "../places";
import { Back, Missing, useShown } from "./one";
import { stillRead, toRead, type Readable } from "./reading";
import { ReadTool } from "./review-tool";
import { pin, saying, shown, wasBehind } from "./store";

/** Reading what waits, ticking what was read, and pinning exactly that. */
export function Review({ id }: { id: string }) {
  const of = useShown(id);
  useEffect(() => {
    document.title = `Review ${visible(of?.row.title ?? "")} · Studio`;
  }, [of?.row.title]);
  return (
    <div class="room-body">
      <Back to={one(id)}>{of?.row.title ?? "Connection"}</Back>
      {of === null ? <Missing id={id} /> : of.can_change ? <Reading of={of} /> : <NotHere of={of} />}
    </div>
  );
}

const NotHere = ({ of }: { of: Connection }) => (
  <Empty icon="lock" title="This is not reviewed here" main>
    <p>{of.kept_by === null ? "Only an admin reviews tools." : `It is kept in ${of.kept_by}, and reviewed by:`}</p>
    {of.kept_by !== null && <code>missiondesk connections review {of.row.id}</code>}
  </Empty>
);

function Reading({ of }: { of: Connection }) {
  const tools = toRead(of);
  const ticks = useSignal<ReadonlyMap<string, string>>(new Map());
  const wrong = useSignal<string | null>(null);
  const busy = useSignal(false);
  const key = useRef(newKey());
  // What stood on this page when it was first shown: if the server says something else meanwhile, that is seen.
  const seen = useRef(new Map<string, Readable>());
  for (const tool of tools) if (!seen.current.has(tool.name)) seen.current.set(tool.name, tool);
  const read = stillRead(ticks.value, tools);
  const tick = (tool: Readable, on: boolean): void => {
    const next = new Map(ticks.value);
    if (on) next.set(tool.name, tool.digest);
    else next.delete(tool.name);
    ticks.value = next;
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy.value || read.size === 0) return;
    busy.value = true;
    wrong.value = null;
    try {
      await pin([...read].map(([name, digest]) => ({ name, digest })), key.current);
      announce(saying(`${plural(read.size, "tool")} reviewed`), { urgent: true });
      if (tools.length === read.size || shown.value.peek()?.waiting) go(one(of.row.id));
    } catch (error) {
      wrong.value = wasBehind(error) ? "The server changed what it says while you were reading. Nothing was pinned. What changed stands at the tool; please read it again." : explain(error).message;
      announce(wrong.value, { urgent: true });
      if (wasBehind(error)) {
        await shown.load();
        requestAnimationFrame(() => document.querySelector<HTMLElement>(".meanwhile")?.focus());
      }
    } finally {
      key.current = newKey();
      busy.value = false;
    }
  };
  const undecided = of.tools.filter((tool) => tool.state === "new").length;
  if (tools.length === 0) return <AllRead of={of} undecided={undecided} />;
  return (
    <form class="review" onSubmit={(event) => void submit(event)} onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && void submit(event)}>
      <header class="room-head">
        <div>
          <Title>
            Review <Line text={of.row.title} />
          </Title>
          <p class="muted">A review pins each tool to exactly these words. If the server changes one of them later, the tool is taken away before the next call.</p>
        </div>
      </header>
      {of.misfits.length > 0 && (
        <Note tone="warn" icon="alert">
          What was decided does not fit what the server offers, so a review is refused: <Line text={of.misfits.join(" ")} />
        </Note>
      )}
      <ol class="reads">
        {tools.map((tool) => (
          <ReadTool key={tool.name} tool={tool} decided={of.manifest.tool[tool.name]} first={seen.current.get(tool.name)!} ticked={read.has(tool.name)} tick={(on) => tick(tool, on)} />
        ))}
      </ol>
      <div class="review-bar">
        <div role="alert">
          {wrong.value && (
            <Note tone="bad" icon="alert">
              {wrong.value}
            </Note>
          )}
        </div>
        <div class="form-end">
          <span class="muted">
            {read.size} of {tools.length} read
          </span>
          {read.size < tools.length && (
            <button type="button" class="button plain" onClick={() => (ticks.value = new Map(tools.map((tool) => [tool.name, tool.digest])))}>
              I have read them all
            </button>
          )}
          <button type="submit" class="button primary" aria-disabled={busy.value || read.size === 0}>
            <Icon name={busy.value ? "refresh" : "check"} spin={busy.value} /> Pin {read.size === 0 ? "what was read" : plural(read.size, "tool")} <KeyCap of="confirm" />
          </button>
        </div>
      </div>
    </form>
  );
}

const AllRead = ({ of, undecided }: { of: Connection; undecided: number }) => (
  <Empty icon="done" title="Nothing waits for a review" main>
    {undecided > 0 && <p>{undecided === 1 ? "One tool is" : `${undecided} tools are`} not decided on yet: decide first, then review.</p>}
    <a class="button" href={one(of.row.id)}>
      To its tools
    </a>
  </Empty>
);
