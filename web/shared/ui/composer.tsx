import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { draft } from "../draft";
import { explain } from "../resource";
import { Icon } from "./icon";
import { KeyCap, Note } from "./parts";

const limit = 10_000; // characters, as the server counts them
const near = 9_000;

interface Props {
  /** Where the draft is kept. */
  name: string;
  label: string;
  placeholder: string;
  button: string;
  /** Sends the text under `key`; throws what `explain` can put in words. */
  send: (text: string, key: string) => Promise<void>;
  /** The label is drawn above the field, not only said. */
  headed?: boolean;
}

/** A field to write in. What was typed stays until the server has it. */
export function Composer({ name, label, placeholder, button, send, headed = false }: Props) {
  const mine = useMemo(() => draft(name), [name]);
  const busy = useSignal(false);
  const wrong = useSignal<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const length = Array.from(mine.text.value).length;
  const ready = mine.text.value.trim() !== "" && length <= limit && !busy.value;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!ready) return void field.current?.focus();
    busy.value = true;
    wrong.value = null;
    try {
      await send(mine.text.value, mine.key);
      mine.done();
    } catch (error) {
      wrong.value = explain(error).message;
    } finally {
      busy.value = false;
      field.current?.focus();
    }
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit(event);
  };
  return (
    <form class={headed ? "composer" : "composer inline"} onSubmit={(event) => void submit(event)}>
      <label for={`write-${name}`} class={headed ? "composer-label" : "sr"}>
        {label}
      </label>
      <div role="alert">
        {wrong.value && (
          <Note tone="bad" icon="alert">
            {wrong.value} Your text is still here.
          </Note>
        )}
      </div>
      <div class="composer-box">
        <textarea
          ref={field}
          id={`write-${name}`}
          placeholder={placeholder}
          value={mine.text.value}
          onInput={(event) => mine.write(event.currentTarget.value)}
          onKeyDown={keyed}
          aria-invalid={length > limit}
          aria-describedby={`count-${name}`}
          rows={headed ? 4 : 1}
        />
        <div class="composer-end">
          <span id={`count-${name}`} class={length > limit ? "small count bad" : "small count muted"}>
            {length > near && `${length.toLocaleString("en-GB")} of ${limit.toLocaleString("en-GB")} characters`}
          </span>
          <button type="submit" class="button primary" aria-disabled={!ready} aria-keyshortcuts="Control+Enter">
            <Icon name={busy.value ? "refresh" : "send"} spin={busy.value} /> {button} <KeyCap of="confirm" />
          </button>
        </div>
      </div>
    </form>
  );
}
