import { useSignal } from "@preact/signals";
import type { Attention } from "../shared/api";
import { explain } from "../shared/resource";
import { moment } from "../shared/text";
import { Choice } from "../shared/ui/choice";
import { Dialog } from "../shared/ui/dialog";
import { Note } from "../shared/ui/parts";
import { putAside } from "./attention";

interface Props {
  item: string;
  onDone: (seen: Attention | null, says: string) => void;
  onClose: () => void;
}

type When = "half" | "two" | "tomorrow" | "at";

const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);
/** Nine o'clock tomorrow, where this person is. */
function tomorrow(): Date {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  day.setHours(9, 0, 0, 0);
  return day;
}
/** As a field of the browser has it: "2026-11-24T09:00", in this person's own time. */
const local = (at: Date): string => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** Not shown until later. It comes back by itself, and sooner when its service level is over. */
export function Aside({ item, onDone, onClose }: Props) {
  const when = useSignal<When>("half");
  const at = useSignal(local(tomorrow()));
  const wrong = useSignal<string | null>(null);
  const until = (): Date => ({ half: () => inMinutes(30), two: () => inMinutes(120), tomorrow, at: () => new Date(at.peek()) })[when.peek()]();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const time = until();
    if (Number.isNaN(time.getTime())) return void (wrong.value = "Say a day and a time.");
    try {
      const seen = await putAside(item, time);
      onClose();
      onDone(seen, `Put aside until ${moment(time.toISOString())}.`);
    } catch (error) {
      wrong.value = explain(error).message;
    }
  };
  return (
    <Dialog title="Put aside" onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <Choice
          label="Until when?"
          row
          value={when.value}
          choose={(next) => (when.value = next)}
          options={[
            { value: "half", says: "30 minutes" },
            { value: "two", says: "2 hours" },
            { value: "tomorrow", says: "Tomorrow, 09:00" },
            { value: "at", says: "Another time" },
          ]}
        />
        {when.value === "at" && (
          <div class="field">
            <label for="aside-at">Day and time</label>
            <input class="input" id="aside-at" type="datetime-local" required value={at.value} min={local(new Date())} onInput={(event) => (at.value = event.currentTarget.value)} />
          </div>
        )}
        <p class="muted small">Nobody sees it among the open ones until then. It comes back by itself, and sooner when its service level is over.</p>
        <div role="alert">{wrong.value && <Note tone="bad" icon="alert">{wrong.value}</Note>}</div>
        <div class="form-end">
          <button type="button" class="button" onClick={onClose}>Cancel</button>
          <button type="submit" class="button primary">Put aside</button>
        </div>
      </form>
    </Dialog>
  );
}
