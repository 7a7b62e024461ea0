import { effect, signal } from "@preact/signals";
import { isNarrow } from "../shared/narrow";

/** On narrow pages the rail is a sheet over the page; wide pages always show it. */
export const sheetOpen = signal(false);
effect(() => {
  if (!isNarrow.value) sheetOpen.value = false;
});

export function showRail(): void {
  if (isNarrow.value) sheetOpen.value = true;
}
