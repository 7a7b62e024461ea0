import { useEffect } from "preact/hooks";
import type { DeskCaseRow } from "../../shared/api";
import { useKeys } from "../../shared/keys";
import { go } from "../../shared/router";
import { outcomeLook } from "../../shared/outcomes";
import { since, whole } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Empty, Failed, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { cases, keepList } from "./store";

/** All cases, the newest first. */
export function Cases({ selected }: { selected: string | null }) {
  useEffect(() => {
    void cases.load();
    return keepList();
  }, []);
  const move = (by: number): void => {
    const all = cases.value.value?.items ?? [];
    const at = all.findIndex((each) => each.id === selected);
    const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    go(`/desk/cases/${encodeURIComponent(next.id)}`, { replace: selected !== null });
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(next.id)}"]`)?.focus());
  };
  useKeys({ next: () => move(1), previous: () => move(-1) });
  return (
    <section class="list" aria-label="Cases">
      <div class="list-head">
        <h2>Cases</h2>
      </div>
      <div class="list-body">
        <Rows selected={selected} />
      </div>
    </section>
  );
}

function Rows({ selected }: { selected: string | null }) {
  const page = cases.value.value;
  if (page === null) {
    if (cases.failure.value !== null) return <Failed failure={cases.failure.value} what="The cases" retry={() => void cases.load()} />;
    return <Skeleton lines={9} label="Loading the cases" />;
  }
  if (page.items.length === 0)
    return (
      <Empty icon="mail" title="No cases yet">
        <p>What customers write in a portal appears here.</p>
      </Empty>
    );
  return (
    <ul>
      {page.items.map((each) => (
        <Row key={each.id} row={each} selected={each.id === selected} />
      ))}
    </ul>
  );
}

function Row({ row, selected }: { row: DeskCaseRow; selected: boolean }) {
  return (
    <li class="row">
      <a href={`/desk/cases/${encodeURIComponent(row.id)}`} aria-current={selected ? "true" : undefined} data-row={row.id}>
        <span class="row-title">
          <Line text={row.subject} />
        </span>
        <span class="row-facts">
          <span class="row-who">
            <Line text={row.customer} />
          </span>
          <span title={whole(row.updated_at)}>{since(row.updated_at)}</span>
        </span>
        <span class="row-marks">
          <Stands row={row} />
        </span>
      </a>
    </li>
  );
}

/** How it ended, or what it waits for. */
function Stands({ row }: { row: DeskCaseRow }) {
  if (row.outcome === null) return <span class="mark">{row.state.replaceAll("_", " ")}</span>;
  const look = outcomeLook(row.outcome);
  return (
    <span class={`mark ${look.tone}`}>
      <Icon name={look.icon} /> {row.outcome.replaceAll("_", " ")}
    </span>
  );
}
