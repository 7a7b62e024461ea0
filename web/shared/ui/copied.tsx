import { useSignal } from "@preact/signals";
import { Icon } from "./icon";

/** Puts `text` on the clipboard; `name` says to a screen reader what it is. */
export function Copy({ name, text, bare = false }: { name: string; text: string; bare?: boolean }) {
  const done = useSignal(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    done.value = true;
    setTimeout(() => (done.value = false), 1_500);
  };
  return (
    <button type="button" class={bare ? "button plain copy-bare" : "button plain"} title={bare ? "Copy" : undefined} onClick={() => void copy()}>
      <Icon name={done.value ? "check" : "copy"} /> <span class={bare ? "sr" : undefined}>{done.value ? "Copied" : "Copy"}</span>
      <span class="sr"> {name}</span>
    </button>
  );
}

/** An id that people carry elsewhere: shown whole, copied with one press. */
export function Id({ name, text }: { name: string; text: string }) {
  return (
    <span class="id">
      <code>{text}</code>
      <Copy name={name} text={text} bare />
    </span>
  );
}
