import { useEffect } from "preact/hooks";
import { get, type ChangePage, type ChangeRow } from "../shared/api";
import { resource } from "../shared/resource";
import { moment, plural } from "../shared/text";
import { Icon } from "../shared/ui/icon";
import { Note } from "../shared/ui/parts";
import { Line } from "../shared/ui/words";
import { hearChanges } from "./live";

const page = resource<ChangePage>((stop) => get<ChangePage>("/api/desk/changes?one_hand=true", stop));
const rights = { configure: "connections and accounts", set_boundary: "the policy" };
const rightFor = { policy: "set_boundary", connection: "configure", role: "configure" } as const;

/** What changes without a second person, as there were no two yet; and what did so before. */
export function OneHand({ kind }: { kind: ChangeRow["kind"] }) {
  useEffect(() => {
    void page.load();
    return hearChanges(() => void page.load());
  }, []);
  const right = rightFor[kind];
  const inSetup = page.value.value?.setup.includes(right) ?? false;
  const items = page.value.value?.items.filter((each) => each.kind === kind) ?? [];
  if (!inSetup && items.length === 0) return null;
  return (
    <Note tone={inSetup ? "warn" : ""} icon={inSetup ? "alert" : "info"}>
      {inSetup && (
        <p>
          <strong>Setup:</strong> there never were two people who may change {rights[right]}, so one hand is enough. {kind === "role" ? "Add a second admin here" : <>Add a second one under <a href="/studio/people">People</a></>}; from then on it always takes two.
        </p>
      )}
      {items.length > 0 && (
        <details class="more one-hand">
          <summary>
            <Icon name="chevron" /> {plural(items.length, "change")} went by one hand
          </summary>
          <ul>
            {items.map((each) => (
              <li key={each.id}>
                <a href={`/desk/changes/${encodeURIComponent(each.id)}`}><Line text={each.title} /></a>{" "}
                <span class="muted small">
                  · <Line text={each.asked_by} />
                  {each.closed_at !== null && <>, {moment(each.closed_at)}</>}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Note>
  );
}
