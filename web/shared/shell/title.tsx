import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

let shownBefore = false;

/** The heading of a page. Who comes from another page finds the focus here; the very first page leaves it alone. */
export function Title({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Before the next frame: a way back that leads to a row may take it on from here.
  useLayoutEffect(() => {
    if (shownBefore && document.querySelector("dialog[open]") === null) heading.current?.focus({ preventScroll: true });
    shownBefore = true;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
