import { useEffect } from "preact/hooks";
import { useKeys } from "../../shared/keys";
import { go } from "../../shared/router";
import { plural } from "../../shared/text";
import { Icon, type IconName } from "../../shared/ui/icon";
import { Empty, Failed, Skeleton } from "../../shared/ui/parts";
import { focusRow } from "../focus";
import { open } from "./batch";
import { Foot } from "./foot";
import { Head } from "./head";
import { Row } from "./row";
import { select, selectable, selectTo } from "./selection";
import { failure, load, loadingMore, look, more, narrowed, next, rows, wanted, type View } from "./store";

/** The Decision Queue: what waits, in the order the server gives it. */
export function Queue({ selected }: { selected: string | null }) {
  useEffect(() => void load({ moving: true }), []);
  const move = (by: number): void => {
    const all = rows.value ?? [];
    const at = all.findIndex((each) => each.id === selected);
    const to = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    if (to === undefined) return;
    go(`/desk/queue/${encodeURIComponent(to.id)}`, { replace: selected !== null });
    requestAnimationFrame(() => focusRow(to.id));
  };
  /** The row that has the focus, or else the one that is open. */
  const here = (does: (id: string) => void): void => {
    const focused = document.activeElement?.closest(".row")?.querySelector<HTMLElement>("[data-row]")?.dataset["row"] ?? selected;
    if (rows.value?.some((each) => each.id === focused && selectable(each))) does(focused!);
  };
  useKeys({ next: () => move(1), previous: () => move(-1), select: () => here((id) => select(id)), selectRange: () => here(selectTo), batch: () => void open() });
  return (
    <section class="list" aria-label="Decision Queue">
      <Head />
      <div class="list-body">
        <Rows selected={selected} />
      </div>
      <Foot />
    </section>
  );
}

const nothing: Record<View, { icon: IconName; title: string; says: string }> = {
  open: { icon: "checkCircle", title: "Nothing waits for you", says: "Proposals that need a person appear here by themselves." },
  mine: { icon: "customer", title: "Nothing of yours", says: "What you read just now, or what somebody gives you or your role, stands here." },
  late: { icon: "checkCircle", title: "Nothing is late", says: "What waits for longer than its service level stands here, and goes to the supervisors." },
  aside: { icon: "aside", title: "Nothing is put aside", says: "What somebody put aside comes back to the open ones by itself." },
  decided: { icon: "decided", title: "Nothing decided yet", says: "What people decide stands here afterwards." },
};

function Rows({ selected }: { selected: string | null }) {
  const items = rows.value;
  if (items === null) {
    if (failure.value !== null) return <Failed failure={failure.value} what="The queue" retry={() => void load()} />;
    return <Skeleton lines={9} label="Loading the queue" />;
  }
  if (items.length === 0) return <Nothing />;
  return (
    <>
      <ul aria-label={`${plural(items.length, "item")}`}>
        {items.map((item) => (
          <Row key={item.id} item={item} selected={item.id === selected} />
        ))}
      </ul>
      {next.value !== null && (
        <button type="button" class="button show-more" aria-disabled={loadingMore.value} onClick={() => void more()}>
          <Icon name={loadingMore.value ? "refresh" : "down"} spin={loadingMore.value} /> Show 50 more
        </button>
      )}
    </>
  );
}

function Nothing() {
  if (narrowed.value)
    return (
      <Empty icon="search" title="Nothing fits">
        <p>Nothing of this list has these words, this brief and this risk.</p>
        <button type="button" class="button" onClick={() => look({ words: "", brief: "", risk: "" })}>
          Look for anything
        </button>
      </Empty>
    );
  const { icon, title, says } = nothing[wanted.value.view];
  return (
    <Empty icon={icon} title={title}>
      <p>{says}</p>
    </Empty>
  );
}
