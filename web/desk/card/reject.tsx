import { useSignal } from "@preact/signals";
import { Dialog } from "../../shared/ui/dialog";
import { KeyCap } from "../../shared/ui/parts";
import { canDecide } from "../live";
import { decide } from "./store";

const presets = ["The amount is not right", "The policy does not allow it", "Wrong customer or order", "The evidence is not enough", "The message needs other words"];

/** Why not: one of the usual reasons, a text, or both. The worker gets it word for word. */
export function Reject({ onClose }: { onClose: () => void }) {
  const preset = useSignal<string | null>(null);
  const text = useSignal("");
  const reason = [preset.value, text.value.trim()].filter(Boolean).join(": ");
  const submit = async (event?: Event): Promise<void> => {
    event?.preventDefault();
    if (reason === "" || !canDecide.value) return;
    onClose();
    await decide("reject", reason);
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit(event);
  };
  return (
    <Dialog title="Reject" onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)} onKeyDown={keyed}>
        <fieldset class="presets">
          <legend class="label">Reason</legend>
          {presets.map((each) => (
            <label key={each} class="preset">
              <input type="radio" name="preset" checked={preset.value === each} onChange={() => (preset.value = each)} />
              <span>{each}</span>
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="reason">In your words</label>
          <textarea class="input" id="reason" maxLength={2000} value={text.value} onInput={(event) => (text.value = event.currentTarget.value)} aria-describedby="reason-help" />
          <p class="muted small" id="reason-help">
            Nothing is sent. The worker reads this and tells the customer kindly, or hands the case to a person.
          </p>
        </div>
        <div class="form-end">
          <button type="button" class="button" onClick={onClose}>Cancel</button>
          <button type="submit" class="button danger primary" disabled={reason === "" || !canDecide.value}>
            Reject <KeyCap of="confirm" />
          </button>
        </div>
      </form>
    </Dialog>
  );
}
