import type { ComponentChildren } from "preact";

/** One part of the card under its heading. */
export function Section({ title, aside, children }: { title: string; aside?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="part">
      <div class="part-head">
        <h2>{title}</h2>
        {aside && <span class="muted small">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
