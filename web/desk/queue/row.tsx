import type { QueueItem } from "../../shared/api";
import { ago, money, since, visible, whole } from "../../shared/text";
import { Icon, type IconName } from "../../shared/ui/icon";
import { Line } from "../../shared/ui/words";
import { became } from "../attention";
import { Marks } from "./marks";
import { isSelected, select, selectable, selectTo } from "./selection";
import { isOver, wanted } from "./store";

const waits = (from: string): string => {
  const length = since(from);
  return length === "just now" ? length : `waits ${length}`;
};

/** One thing that waits for a person. */
export function Row({ item, selected }: { item: QueueItem; selected: boolean }) {
  const over = isOver(item);
  const gone = became.value[item.id] ?? (wanted.value.view === "open" ? "no longer waits" : "not in this list any more");
  return (
    <li class={over ? "row over" : "row"}>
      <Check item={item} />
      <a href={`/desk/queue/${encodeURIComponent(item.id)}`} aria-current={selected ? "true" : undefined} data-row={item.id}>
        <span class="row-top">
          <span class="row-title">
            <Line text={item.title} />
          </span>
          {item.amount && <span class="row-amount">{money(item.amount)}</span>}
        </span>
        <span class="row-facts">
          <span class="row-who">
            <Line text={item.customer} />
          </span>
          <span title={whole(item.since)}>
            {item.decided_at ? ago(item.decided_at) : over ? "" : waits(item.since)}
          </span>
        </span>
        <span class="row-marks">
          {item.decided ? <Settled text={item.decided} /> : over ? <Settled text={gone} /> : <Marks item={item} />}
        </span>
      </a>
    </li>
  );
}

/** To approve it with others. */
function Check({ item }: { item: QueueItem }) {
  if (item.decided) return null;
  const can = selectable(item);
  return (
    <label class="row-check">
      {can && (
        <input
          type="checkbox"
          checked={isSelected(item.id)}
          aria-label={`Select ${visible(item.title)}, ${visible(item.customer)}`}
          onClick={(event) => (event.shiftKey ? selectTo(item.id) : select(item.id))}
        />
      )}
    </label>
  );
}

const icons: readonly [begins: RegExp, icon: IconName][] = [
  [/^(no longer|not in)/, "decided"],
  [/^rejected/, "declined"],
  [/^responded/, "respond"],
  [/^edited/, "pen"],
  [/^put aside/, "aside"],
  [/^given/, "give"],
  [/^(superseded|withdrawn|taken back|asked|taken over)/, "takenBack"],
  [/^approved, (but|not)/, "alert"],
];

/** "rejected by Ana Reyes" and the like begin with how it was closed. */
const settledIcon = (text: string): IconName => icons.find(([begins]) => begins.test(text))?.[1] ?? "check";

function Settled({ text }: { text: string }) {
  return (
    <span class="mark">
      <Icon name={settledIcon(text)} /> <Line text={text} />
    </span>
  );
}
