import type { ConnectionRow } from "../../shared/api";
import { moment, plural, whole } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Chip } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { one } from "../places";
import { usable, waiting } from "./words";

/** One connection of the list. */
export function Row({ row }: { row: ConnectionRow }) {
  const away = row.health?.state === "away" ? row.health : null;
  return (
    <li class="row">
      <a href={one(row.id)} data-row={row.id}>
        <span class="row-name">
          <strong>
            <Line text={row.title} />
          </strong>
          <code class="muted small">
            <Line text={row.where} />
          </code>
        </span>
        <span class="row-use">
          <span>{usable(row)}</span>
          <span class="muted small kept">
            <Icon name={row.source === "file" ? "file" : "here"} /> {row.source === "file" ? "kept in a file" : "kept here"}
          </span>
        </span>
        <span class="chips row-chips">
          <Marks row={row} />
        </span>
        {away && (
          <span class="row-why small">
            <Icon name="away" />
            <span>
              Away since <time dateTime={away.since} title={whole(away.since)}>{moment(away.since)}</time>
              {away.why && <>: <Line text={away.why} /></>}
            </span>
          </span>
        )}
        {row.changed.length > 0 && (
          <span class="row-why small">
            <Icon name="alert" />
            <span>
              Not what was reviewed, taken away: <Line text={row.changed.join(", ")} />
            </span>
          </span>
        )}
      </a>
    </li>
  );
}

/** What needs somebody, each as icon and word; nothing to say is said too. */
export function Marks({ row }: { row: ConnectionRow }) {
  const wait = waiting(row);
  return (
    <>
      {row.changed.length > 0 && <Chip tone="bad" icon="alert">{plural(row.changed.length, "tool")} changed</Chip>}
      {row.health?.state === "away" && <Chip tone="bad" icon="away">away</Chip>}
      {wait > 0 && <Chip tone="accent" icon="seen">{wait === 1 ? "1 waits" : `${wait} wait`} for a review</Chip>}
      {row.changed.length === 0 && wait === 0 && row.health?.state !== "away" && row.reads + row.writes > 0 && <Chip tone="ok" icon="check">as reviewed</Chip>}
    </>
  );
}
