import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Dialog } from "../shared/ui/dialog";
import { KeyCap } from "../shared/ui/parts";
import { canDecide } from "./live";

interface Props {
  title: string;
  label: string;
  help: ComponentChildren;
  button: string;
  longest: number;
  send: (words: string) => Promise<unknown>;
  onClose: () => void;
}

/** An act that needs words: what to do instead, or what the customer is asked. */
export function WordsDialog({ title, label, help, button, longest, send, onClose }: Props) {
  const words = useSignal("");
  const ready = words.value.trim() !== "" && canDecide.value;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!ready) return;
    onClose();
    await send(words.value.trim());
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit(event);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)} onKeyDown={keyed}>
        <div class="field">
          <label for="act-words">{label}</label>
          <textarea class="input" id="act-words" autofocus maxLength={longest} value={words.value} onInput={(event) => (words.value = event.currentTarget.value)} aria-describedby="act-help" />
          <p class="muted small" id="act-help">{help}</p>
        </div>
        <div class="form-end">
          <button type="button" class="button" onClick={onClose}>Cancel</button>
          <button type="submit" class="button primary" disabled={!ready}>
            {button} <KeyCap of="confirm" />
          </button>
        </div>
      </form>
    </Dialog>
  );
}
