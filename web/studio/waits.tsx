import type { ChangeCard, ChangeRow } from "../shared/api";
import { ago } from "../shared/text";
import { Note } from "../shared/ui/parts";
import { Line } from "../shared/ui/words";

const address = (id: string): string => `/desk/changes/${encodeURIComponent(id)}`;

/** What this person just asked for, and whether it is there. */
export function Asked({ of }: { of: ChangeCard }) {
  const adopted = of.row.state === "adopted";
  return (
    <Note tone="ok" icon="check">
      <strong>{adopted ? "It is in force." : "It waits for a second person."}</strong> <Line text={of.row.title} />. <a href={address(of.row.id)}>See the change</a>
    </Note>
  );
}

/** Changes that wait. Until then all is as it is. */
export function Waits({ of, what }: { of: readonly ChangeRow[]; what: string }) {
  if (of.length === 0) return null;
  return (
    <Note tone="warn" icon="clock">
      <p>
        {of.length === 1 ? `A change of this ${what} waits` : `${of.length} changes of this ${what} wait`} for a second person. Until then it stays as it is.
      </p>
      <ul class="waits">
        {of.map((each) => (
          <li key={each.id}>
            <a href={address(each.id)}><Line text={each.title} /></a> <span class="muted small">· <Line text={each.asked_by} />, {ago(each.asked_at)}</span>
          </li>
        ))}
      </ul>
    </Note>
  );
}
