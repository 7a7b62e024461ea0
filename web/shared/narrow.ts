import { signal } from "@preact/signals";

const narrow = matchMedia("(max-width: 1179.98px)");
/** There is no room for a pane beside the middle one. */
export const isNarrow = signal(narrow.matches);
narrow.addEventListener("change", () => (isNarrow.value = narrow.matches));
