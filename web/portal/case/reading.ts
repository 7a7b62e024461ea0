import { useSignal, type Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Message } from "../../shared/api";

const near = 48; // px: so far from the end still counts as being there
const air = 12; // px between the last message and what stands over or under it
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Keeps a reader at the end of `log` at its end when `messages` grow, above the `foot` that covers the page's lower
 * edge. Somebody who reads further up stays there, and `unseen` says that there is more.
 */
export function useReading(log: RefObject<HTMLElement | null>, foot: RefObject<HTMLElement | null>, messages: readonly Message[]): { unseen: Signal<boolean>; toEnd: () => void } {
  const atEnd = useRef(true);
  const count = useRef(messages.length);
  const held = useRef(false);
  const unseen = useSignal(false);

  const hiddenBy = (): number => {
    const last = log.current?.lastElementChild?.getBoundingClientRect();
    return last === undefined ? 0 : last.bottom + air - (foot.current?.getBoundingClientRect().top ?? innerHeight);
  };
  const toEnd = (): void => {
    const last = log.current?.lastElementChild?.getBoundingClientRect();
    const head = document.querySelector("header")?.getBoundingClientRect().bottom ?? 0;
    // A message longer than the page is shown from its beginning.
    if (last !== undefined) scrollBy({ top: Math.min(hiddenBy(), last.top - Math.max(head, 0) - air), behavior: calm.matches ? "instant" : "smooth" });
    atEnd.current = true;
    held.current = true;
    unseen.value = false;
  };

  useEffect(() => {
    // Only the reader's own scrolling tells where they are: what grows above them moves them nowhere.
    const scrolled = (): void => {
      atEnd.current = hiddenBy() < near;
      if (atEnd.current) unseen.value = false;
      else held.current = false;
    };
    scrolled();
    addEventListener("scroll", scrolled, { passive: true });
    return () => removeEventListener("scroll", scrolled);
  }, []);
  useLayoutEffect(() => {
    const grown = messages.length > count.current;
    count.current = messages.length;
    if (hiddenBy() <= 0) return;
    // A card that comes in above right after the message would push it behind the foot again.
    if (!grown) return held.current ? toEnd() : undefined;
    if (atEnd.current || messages.at(-1)?.author === "customer") toEnd();
    else unseen.value = true;
  });
  return { unseen, toEnd };
}
