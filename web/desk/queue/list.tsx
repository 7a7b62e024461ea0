import { useEffect } from "preact/hooks";
import { useKeys } from "../../shared/keys";
import { go } from "../../shared/router";
import { plural } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Empty, Failed, Skeleton } from "../../shared/ui/parts";
import { failure, fresh, keep, letIn, load, over, rows, show, view, type View } from "./store";
import { Row } from "./row";

/** Puts the focus on a row, so that keys work from there. */
export function focusRow(id: string | null): void {
  const row = id === null ? null : document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
  (row ?? document.querySelector<HTMLElement>("[data-row]"))?.focus();
}

/** The Decision Queue: what waits, in the order the server gives it. */
export function Queue({ selected }: { selected: string | null }) {
  useEffect(() => {
    void load({ moving: true });
    return keep();
  }, []);
  const move = (by: number): void => {
    const all = rows.value ?? [];
    const at = all.findIndex((each) => each.id === selected);
    const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    go(`/desk/queue/${encodeURIComponent(next.id)}`, { replace: selected !== null });
    requestAnimationFrame(() => focusRow(next.id));
  };
  useKeys({ next: () => move(1), previous: () => move(-1) });
  return (
    <section class="list" aria-label="Decision Queue">
      <div class="list-head">
        <div class="tabs" role="group" aria-label="Show">
          <Tab of="open">Open</Tab>
          <Tab of="decided">Decided</Tab>
        </div>
        <News />
      </div>
      <div class="list-body">
        <Rows selected={selected} />
      </div>
    </section>
  );
}

function Tab({ of, children }: { of: View; children: string }) {
  return (
    <button type="button" aria-pressed={view.value === of} onClick={() => void show(of)}>
      {children}
    </button>
  );
}

function News() {
  if (view.value !== "open" || (fresh.value === 0 && over.value === 0)) return null;
  return (
    <button type="button" class={fresh.value > 0 ? "button news primary" : "button news"} onClick={letIn}>
      {fresh.value > 0 ? <><Icon name="down" /> {fresh.value} new</> : `Hide decided (${over.value})`}
      <span class="sr">{fresh.value > 0 ? " in the queue, show" : ""}</span>
    </button>
  );
}

function Rows({ selected }: { selected: string | null }) {
  const items = rows.value;
  if (items === null) {
    if (failure.value !== null) return <Failed failure={failure.value} what="The queue" retry={() => void load()} />;
    return <Skeleton lines={9} label="Loading the queue" />;
  }
  if (items.length === 0)
    return view.value === "open" ? (
      <Empty icon="checkCircle" title="Nothing waits for you">
        <p>Proposals that need a person appear here by themselves.</p>
      </Empty>
    ) : (
      <Empty icon="decided" title="Nothing decided yet">
        <p>What people decide stands here afterwards.</p>
      </Empty>
    );
  return (
    <ul aria-label={`${plural(items.length, "item")}`}>
      {items.map((item) => (
        <Row key={item.id} item={item} selected={item.id === selected} />
      ))}
    </ul>
  );
}
