import { plural } from "../shared/text";
import { Icon } from "../shared/ui/icon";
import { changesWaiting } from "./live";

/** A quiet line over the queue while changes of the configuration wait. */
export function ChangesWait() {
  const count = changesWaiting.value;
  if (count === 0) return null;
  return (
    <a class="changes-wait small" href="/desk/changes">
      <Icon name="ruled" /> {plural(count, "change")} of the boundary {count === 1 ? "waits" : "wait"}
    </a>
  );
}
