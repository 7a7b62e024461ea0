import { useEffect } from "preact/hooks";
import type { ChangeRow } from "../../shared/api";
import { useKeys } from "../../shared/keys";
import { go } from "../../shared/router";
import { since, whole } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Empty, Failed, LiveMark, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { focusRow } from "../focus";
import { heardAt, state } from "../live";
import { closed, keep, open } from "./store";
import { kinds, missing, states } from "./words";

const rows = (): ChangeRow[] => [...(open.value.value?.items ?? []), ...(closed.value.value?.items ?? [])];

/** Changes of the configuration: those that wait, and below them what became of the others. */
export function Changes({ selected }: { selected: string | null }) {
  useEffect(keep, []);
  const move = (by: number): void => {
    const all = rows();
    const at = all.findIndex((each) => each.id === selected);
    const to = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    if (to === undefined) return;
    go(`/desk/changes/${encodeURIComponent(to.id)}`, { replace: selected !== null });
    requestAnimationFrame(() => focusRow(to.id));
  };
  useKeys({ next: () => move(1), previous: () => move(-1) });
  return (
    <section class="list" aria-label="Changes">
      <div class="list-head">
        <h2>Changes</h2>
        <LiveMark state={state.value} heardAt={heardAt.value} />
      </div>
      <div class="list-body">
        <Rows selected={selected} />
      </div>
    </section>
  );
}

function Rows({ selected }: { selected: string | null }) {
  const [waiting, over] = [open.value.value, closed.value.value];
  if (waiting === null || over === null) {
    const failure = open.failure.value ?? closed.failure.value;
    if (failure === null) return <Skeleton lines={9} label="Loading the changes" />;
    return <Failed failure={failure} what="The changes" retry={() => void Promise.all([open.load(), closed.load()])} />;
  }
  return (
    <>
      {waiting.items.length === 0 && (
        <Empty icon="checkCircle" title="No change waits">
          <p>Who may do what is set by the policy, by reviewed tools and by roles. A change of these waits here for a second person.</p>
        </Empty>
      )}
      <Part title="They wait" items={waiting.items} selected={selected} />
      <Part title="Closed" items={over.items} selected={selected} />
    </>
  );
}

function Part({ title, items, selected }: { title: string; items: readonly ChangeRow[]; selected: string | null }) {
  if (items.length === 0) return null;
  return (
    <>
      <h3 class="changes-part">{title}</h3>
      <ul>
        {items.map((each) => (
          <Row key={each.id} row={each} selected={each.id === selected} />
        ))}
      </ul>
    </>
  );
}

function Row({ row, selected }: { row: ChangeRow; selected: boolean }) {
  const kind = kinds[row.kind];
  const over = states[row.state];
  return (
    <li class="row">
      <a href={`/desk/changes/${encodeURIComponent(row.id)}`} aria-current={selected ? "true" : undefined} data-row={row.id}>
        <span class="row-title">
          <Line text={row.title} />
        </span>
        <span class="row-facts">
          <span class="row-who">
            <Line text={row.asked_by} />
          </span>
          <span title={whole(row.closed_at ?? row.asked_at)}>{since(row.closed_at ?? row.asked_at)}</span>
        </span>
        <span class="row-marks">
          <span class="mark">
            <Icon name={kind.icon} /> {kind.says}
          </span>
          {row.state === "open" ? (
            <>
              <span class="mark">
                <Icon name="pen" /> {missing(row)}
              </span>
              {row.may_answer && <span class="mark accent">you can answer</span>}
            </>
          ) : (
            <span class={`mark ${over.tone}`}>
              <Icon name={over.icon} /> {row.state}
            </span>
          )}
          {row.one_hand && <span class="mark warn">by one hand</span>}
        </span>
      </a>
    </li>
  );
}
