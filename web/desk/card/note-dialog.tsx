import { useSignal } from "@preact/signals";
import { Dialog } from "../../shared/ui/dialog";
import { answer } from "./store";

/** How the person knows what became of an effect. */
export function NoteDialog({ grant, about, onClose }: { grant: string; about: "happened" | "not_happened"; onClose: () => void }) {
  const note = useSignal("");
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    await answer(grant, { answer: about, note: note.value.trim() });
    onClose();
  };
  return (
    <Dialog title={about === "happened" ? "It happened" : "It did not happen"} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <p>Nothing is sent by this answer. It becomes part of the trace, and the customer is told accordingly.</p>
        <div class="field">
          <label for="note">How do you know?</label>
          <textarea class="input" id="note" required maxLength={2000} value={note.value} onInput={(event) => (note.value = event.currentTarget.value)} />
        </div>
        <div class="form-end">
          <button type="button" class="button" onClick={onClose}>Cancel</button>
          <button type="submit" class="button primary" disabled={note.value.trim() === ""}>Save the answer</button>
        </div>
      </form>
    </Dialog>
  );
}
