import { effect, signal } from "@preact/signals";
import { signedOut } from "./api";

/** What a screen reader is told next; there is one place for it on each page. */
export const announced = signal("");
let last = 0;

/** Says it at most every five seconds unless it is `urgent`, an answer to what the person just did. */
export function announce(text: string, { urgent = false } = {}): void {
  if (signedOut.peek() || (!urgent && Date.now() - last < 5_000)) return;
  last = Date.now();
  announced.value = text;
}

// What was said to somebody is not for the next one at this screen.
effect(() => {
  if (signedOut.value) announced.value = "";
});
