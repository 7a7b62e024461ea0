import { h } from "preact";
import { icons } from "../icons.gen";

export type IconName = keyof typeof icons;

/** A drawing beside words; what it means is always in the words too. */
export function Icon({ name, spin = false }: { name: IconName; spin?: boolean }) {
  return (
    <svg class={spin ? "icon spin" : "icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {icons[name].map(([tag, attributes], at) => h(tag, { ...attributes, key: at }))}
    </svg>
  );
}
