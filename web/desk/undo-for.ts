import { computed, signal } from "@preact/signals";
import { me } from "../shared/staff";
import { store, stored } from "../shared/storage";

/** For how many seconds answers can be taken back: what a person can set. */
export const choices = [0, 5, 10, 30];

const changed = signal(0);
const name = (): string | null => (me.value.value === null ? null : `undo:${me.value.value.id}`);
/** As this person set it in this browser; nothing, as long as nobody did. */
export const undoFor = computed(() => {
  void changed.value;
  const said = Number(name() === null ? 0 : stored(name() ?? ""));
  return choices.includes(said) ? said : 0;
});

export function setUndo(seconds: number): void {
  const mine = name();
  if (mine !== null) store(mine, seconds === 0 ? null : String(seconds));
  changed.value += 1;
}
