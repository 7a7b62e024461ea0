import { useMemo } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { newKey, type Acknowledged } from "../../shared/api";
import { explain } from "../../shared/resource";
import { plural } from "../../shared/text";
import { Dialog } from "../../shared/ui/dialog";
import { TextField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { Note } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { freeze } from "./store";

/** The switch: a reason, and then everything stands still. */
export function Freeze({ onClose }: { onClose: () => void }) {
  const key = useMemo(newKey, []);
  const why = useSignal("");
  const wrong = useSignal<string | null>(null);
  const told = useSignal<Acknowledged | null>(null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    wrong.value = null;
    if (why.value.trim() === "") return void (wrong.value = "Please say why: everybody reads it.");
    try {
      told.value = await freeze(why.value.trim(), key);
      if (told.value.in_flight.length === 0) onClose();
    } catch (error) {
      wrong.value = explain(error).message;
    }
  };
  return (
    <Dialog title="Freeze all effects" onClose={onClose}>
      {told.value === null ? (
        <form class="form" onSubmit={(event) => void submit(event)}>
          <p>From that moment nothing is sent to any system. Missions go on reading, and what was approved waits. A supervisor or an admin lifts it.</p>
          <TextField label="Why" autofocus hint="Everybody on the Desk reads it." value={why.value} write={(next) => void (why.value = next)} wrong={wrong.value} />
          <div class="form-end">
            <button type="button" class="button" onClick={onClose}>Cancel</button>
            <button type="submit" class="button danger">
              <Icon name="frozen" /> Freeze all effects
            </button>
          </div>
        </form>
      ) : (
        <div class="form">
          <Note tone="warn" icon="frozen">
            <p>Everything is frozen. {plural(told.value.in_flight.length, "effect")} had been sent before, and may still be carried out:</p>
            <ul>{told.value.in_flight.map((each) => <li key={each.proposal_id}><a href={`/desk/queue/${each.proposal_id}`}><Line text={each.title} /></a></li>)}</ul>
          </Note>
          <div class="form-end">
            <button type="button" class="button primary" onClick={onClose}>Close</button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
