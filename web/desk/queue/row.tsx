import type { QueueItem } from "../../shared/api";
import { ago, money, since, whole } from "../../shared/text";
import { Icon, type IconName } from "../../shared/ui/icon";
import { Line } from "../../shared/ui/words";
import { isOver } from "./store";

const risks: Record<QueueItem["risk"], { icon: IconName; tone: string }> = {
  low: { icon: "riskLow", tone: "low" },
  medium: { icon: "riskMedium", tone: "medium" },
  high: { icon: "riskHigh", tone: "high" },
};

/** Low, medium or high: a mark and a word. */
export function Risk({ of: risk }: { of: QueueItem["risk"] }) {
  const { icon, tone } = risks[risk];
  return (
    <span class={`risk ${tone}`}>
      <Icon name={icon} /> {risk}
      <span class="sr"> risk</span>
    </span>
  );
}

const noLonger = "no longer waits";

const waits = (from: string): string => {
  const length = since(from);
  return length === "just now" ? length : `waits ${length}`;
};

/** One thing that waits for a person. */
export function Row({ item, selected }: { item: QueueItem; selected: boolean }) {
  const over = isOver(item);
  return (
    <li class={over ? "row over" : "row"}>
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
          {item.decided ? <Settled text={item.decided} /> : over ? <Settled text={noLonger} /> : <Marks item={item} />}
        </span>
      </a>
    </li>
  );
}

/** "rejected by Ana Reyes" and the like begin with how it was closed. */
const settledIcon = (text: string): IconName => (text === noLonger ? "decided" : text.startsWith("rejected") ? "declined" : text.startsWith("edited") ? "pen" : /^(superseded|withdrawn|taken back)/.test(text) ? "takenBack" : "check");

function Settled({ text }: { text: string }) {
  return (
    <span class="mark">
      <Icon name={settledIcon(text)} /> <Line text={text} />
    </span>
  );
}

function Marks({ item }: { item: QueueItem }) {
  return (
    <>
      {item.kind === "handoff" ? (
        <span class="mark accent">
          <Icon name="hand" /> a person is asked for
        </span>
      ) : item.kind === "changed_tools" ? (
        <span class="mark warn">
          <Icon name="connection" /> changed, taken away
        </span>
      ) : (
        <Risk of={item.risk} />
      )}
      {item.kind === "unknown_effect" && (
        <span class="mark warn">
          <Icon name="unknown" /> not known if it happened
        </span>
      )}
      {item.changed && (
        <span class="mark warn">
          <Icon name="refresh" /> facts changed
        </span>
      )}
      {item.edited && (
        <span class="mark">
          <Icon name="pen" /> edited by <Line text={item.edited} />
        </span>
      )}
      {item.held.map((each) => (
        <span key={each.by} class="mark accent">
          <Icon name="clock" /> <Line text={each.by} /> {each.kind === "approve" ? "approved" : "rejected"}, can take it back
        </span>
      ))}
      {item.kind === "proposal" && (item.needed > 1 || item.signed > 0) && (
        <span class="mark">
          <Icon name="pen" /> {item.signed} of {item.needed} signed
        </span>
      )}
    </>
  );
}
