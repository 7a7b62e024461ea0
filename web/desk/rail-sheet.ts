import { signal } from "@preact/signals";

/** On narrow pages the rail is a sheet over the page; wide pages always show it. */
export const sheetOpen = signal(false);
const narrow = matchMedia("(max-width: 1179.98px)");
export const isNarrow = signal(narrow.matches);
narrow.addEventListener("change", () => {
  isNarrow.value = narrow.matches;
  if (!narrow.matches) sheetOpen.value = false;
});

export function showRail(): void {
  if (isNarrow.value) sheetOpen.value = true;
}
