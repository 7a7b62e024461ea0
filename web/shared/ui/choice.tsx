import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon, type IconName } from "./icon";
import { Wrong } from "./field";

interface Props<T extends string> {
  label: string;
  value: T | null;
  choose: (next: T) => void;
  options: readonly { value: T; says: ComponentChildren; means?: string; icon?: IconName }[];
  wrong?: string | null | undefined;
  /** Side by side where there is room. */
  row?: boolean;
}

/** One of a few that need a word of explanation: radio buttons, each with what it means. */
export function Choice<T extends string>({ label, value, choose, options, wrong, row = false }: Props<T>) {
  const id = useId();
  return (
    <fieldset class={row ? "choice in-row" : "choice"} aria-describedby={wrong ? `${id}-wrong` : undefined}>
      <legend>{label}</legend>
      <div class="choice-of">
        {options.map((each) => (
          <label key={each.value} class="choice-one">
            <input type="radio" name={id} value={each.value} checked={value === each.value} onChange={() => choose(each.value)} aria-invalid={wrong ? true : undefined} />
            <span>
              <span class="choice-says">
                {each.icon && <Icon name={each.icon} />} {each.says}
              </span>
              {each.means && <span class="muted small choice-means">{each.means}</span>}
            </span>
          </label>
        ))}
      </div>
      <Wrong id={`${id}-wrong`} says={wrong} />
    </fieldset>
  );
}
