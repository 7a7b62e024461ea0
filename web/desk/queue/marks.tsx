import type { QueueItem } from "../../shared/api";
import { moment, now } from "../../shared/text";
import { Icon, type IconName } from "../../shared/ui/icon";
import { Line } from "../../shared/ui/words";
import { ownerOf, readerOf } from "../attention";
import { due } from "../due";

const risks: Record<QueueItem["risk"], { icon: IconName; tone: string }> = {
  low: { icon: "riskLow", tone: "low" },
  medium: { icon: "riskMedium", tone: "medium" },
  high: { icon: "riskHigh", tone: "high" },
};

/** Low, medium or high: a mark and a word. */
function Risk({ of: risk }: { of: QueueItem["risk"] }) {
  const { icon, tone } = risks[risk];
  return (
    <span class={`risk ${tone}`}>
      <Icon name={icon} /> {risk}
      <span class="sr"> risk</span>
    </span>
  );
}

const answered: Record<QueueItem["held"][number]["kind"], string> = { approve: "approved", reject: "rejected", respond: "sent it back" };

/** What a person weighs before they open it: risk, time, and who has it. */
export function Marks({ item }: { item: QueueItem }) {
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
      <Time item={item} />
      <Whose item={item} />
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
          <Icon name="clock" /> <Line text={each.by} /> {answered[each.kind]}, can take it back
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

/** Late and by how much; or what is left, when that is less than an hour. */
function Time({ item }: { item: QueueItem }) {
  const soon = due(item.since, item.due_at);
  if (soon === null) return null;
  return (
    <span class={soon.late ? "mark warn" : soon.half ? "mark accent" : "mark"}>
      <Icon name={soon.late ? "late" : "clock"} /> {soon.says}
    </span>
  );
}

/** Who reads it now, whose it is, and until when it is aside. */
function Whose({ item }: { item: QueueItem }) {
  const reader = readerOf(item.attention);
  const owner = ownerOf(item.attention);
  const aside = item.attention?.aside_until;
  const note = item.attention?.note;
  return (
    <>
      {reader && (
        <span class="mark accent">
          <Icon name="seen" /> {reader.isMe ? "you read this" : <><Line text={reader.name} /> reads this</>}
        </span>
      )}
      {owner && (
        <span class={item.attention?.mine ? "mark accent" : "mark"} title={note ?? undefined}>
          <Icon name="customer" /> for <Line text={owner} />
          {note && <><Icon name="mail" /> <span class="sr">, with a note: <Line text={note} /></span></>}
        </span>
      )}
      {aside && new Date(aside).getTime() > now.value && (
        <span class="mark">
          <Icon name="aside" /> aside until {moment(aside)}
        </span>
      )}
    </>
  );
}
