import { signal, type Signal } from "@preact/signals";
import { newKey } from "./api";
import { store, stored } from "./storage";

/** A text that is being written: kept through reloads until it is sent, with the one key of its sending. */
export interface Draft {
  text: Signal<string>;
  key: string;
  write(text: string): void;
  /** After it was sent: empty, and a new key for the next one. */
  done(): void;
}

export function draft(name: string): Draft {
  const text = signal(stored(`draft:${name}`) ?? "");
  const made: Draft = {
    text,
    key: newKey(),
    write: (next) => {
      text.value = next;
      store(`draft:${name}`, next);
    },
    done: () => {
      made.write("");
      made.key = newKey();
    },
  };
  return made;
}
