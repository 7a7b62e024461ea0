import { useMemo } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { newKey } from "../../shared/api";
import { explain } from "../../shared/resource";
import { Dialog } from "../../shared/ui/dialog";
import { Note } from "../../shared/ui/parts";
import { close } from "./store";

/** The last words to the customer; with them the case is closed. */
export function Close({ onClose }: { onClose: () => void }) {
  const key = useMemo(newKey, []);
  const text = useSignal("");
  const wrong = useSignal<string | null>(null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    try {
      await close(text.value.trim(), key);
      onClose();
    } catch (error) {
      wrong.value = explain(error).message;
    }
  };
  return (
    <Dialog title="Close the case" onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for="closing">What does the customer read at the end?</label>
          <textarea class="input" id="closing" required maxLength={10_000} value={text.value} onInput={(event) => (text.value = event.currentTarget.value)} />
          <p class="muted small">A later message of the customer opens the matter again.</p>
        </div>
        <div role="alert">{wrong.value && <Note tone="bad" icon="alert">{wrong.value}</Note>}</div>
        <div class="form-end">
          <button type="button" class="button" onClick={onClose}>Cancel</button>
          <button type="submit" class="button primary" disabled={text.value.trim() === ""}>Close the case</button>
        </div>
      </form>
    </Dialog>
  );
}
