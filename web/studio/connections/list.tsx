import { useEffect } from "preact/hooks";
import { useKeys } from "../../shared/keys";
import { go, path } from "../../shared/router";
import { Title } from "../../shared/shell/title";
import { plural } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Empty, Failed, LiveMark, Note, Skeleton } from "../../shared/ui/parts";
import { Copy } from "../../shared/ui/copied";
import { heardAt, state } from "../live";
import { OneHand } from "../one-hand";
import { add, list } from "../places";
import { Row } from "./row";
import { page } from "./store";

const command = "missiondesk connections add ID --url https://…";

/** All connections: what of them can be used, and what is wrong with them. */
export function Connections() {
  useEffect(() => {
    document.title = "Connections · Studio";
    if (path.peek() !== list) go(list, { replace: true });
    void page.load();
  }, []);
  useKeys({ next: () => move(1), previous: () => move(-1) });
  const of = page.value.value;
  return (
    <div class="room-body">
      <header class="room-head">
        <div>
          <Title>Connections</Title>
          <p class="muted">{of === null ? "The systems that workers read and that decisions change." : summary(of.items)}</p>
        </div>
        <LiveMark state={state.value} heardAt={heardAt.value} />
        {of?.can_add && of.items.length > 0 && (
          <a class="button primary" href={add}>
            <Icon name="plus" /> Connect a system
          </a>
        )}
      </header>
      {of !== null && page.failure.value !== null && (
        <Note tone="warn" icon="alert">
          This list may be old: {page.failure.value.message}
        </Note>
      )}
      <OneHand kind="connection" />
      <Rows />
      {of !== null && !of.can_add && <p class="muted small look-only">You can look at everything here. Only an admin changes connections.</p>}
    </div>
  );
}

function Rows() {
  const of = page.value.value;
  if (of === null) {
    if (page.failure.value !== null) return <Failed failure={page.failure.value} what="The connections" retry={() => void page.load()} />;
    return <Skeleton lines={6} label="Loading the connections" />;
  }
  if (of.items.length > 0)
    return (
      <ul class="rows">
        {of.items.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
    );
  return (
    <Empty icon="connection" title="No system is connected yet">
      <p>Workers read in connected systems, and what you approve is done there.</p>
      {of.can_add && (
        <a class="button primary" href={add}>
          <Icon name="plus" /> Connect a system
        </a>
      )}
      <p>Or on the machine itself, also for systems that a command starts:</p>
      <p class="command">
        <code>{command}</code> <Copy name="the command" text={command} bare />
      </p>
    </Empty>
  );
}

function summary(rows: readonly { reads: number; writes: number }[]): string {
  if (rows.length === 0) return "The systems that workers read and that decisions change.";
  const sum = (of: "reads" | "writes"): number => rows.reduce((all, row) => all + row[of], 0);
  return `${plural(rows.length, "connection")} · ${plural(sum("reads"), "read")} and ${plural(sum("writes"), "write")} can be used`;
}

function move(by: number): void {
  const all = [...document.querySelectorAll<HTMLElement>(".rows [data-row]")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
}
