import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./icon";

interface Props {
  label: ComponentChildren;
  hint?: ComponentChildren;
  /** What is wrong with it, said at the place. */
  wrong?: string | null | undefined;
  /** The label is only said, because something else on the page shows it. */
  bare?: boolean;
}

interface Given extends Props {
  value: string;
  write: (next: string) => void;
  class?: string;
  placeholder?: string;
  autofocus?: boolean;
}

interface GivenLine extends Given {
  type?: "text" | "url" | "password";
  inputMode?: "numeric" | "decimal" | "url";
  autocomplete?: "off" | "new-password";
}

function Frame({ id, label, hint, wrong, bare, children }: Props & { id: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id} class={bare ? "sr" : undefined}>
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} class="muted small">
          {hint}
        </p>
      )}
      <Wrong id={`${id}-wrong`} says={wrong} />
    </div>
  );
}

/** What is wrong, under the field; nothing when nothing is. */
export function Wrong({ id, says }: { id?: string; says: string | null | undefined }) {
  return says ? (
    <p id={id} class="field-wrong small with-icon">
      <Icon name="alert" /> <span>{says}</span>
    </p>
  ) : null;
}

const described = (id: string, { hint, wrong }: Props): { "aria-describedby"?: string; "aria-invalid"?: true } => {
  const by = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return { ...(by && { "aria-describedby": by }), ...(wrong && { "aria-invalid": true as const }) };
};

/** One line of text. */
export function TextField({ label, hint, wrong, bare, value, write, type = "text", ...rest }: GivenLine) {
  const id = useId();
  const kind = type as "text"; // the types of the page say other roles for each, and none is given here
  const told = { label, hint, wrong, ...(bare !== undefined && { bare }) };
  return (
    <Frame id={id} {...told}>
      <input type={kind} class="input" id={id} value={value} onInput={(event) => write(event.currentTarget.value)} {...described(id, told)} {...rest} />
    </Frame>
  );
}

/** Several lines, or JSON. */
export function AreaField({ label, hint, wrong, bare, value, write, ...rest }: Given) {
  const id = useId();
  const told = { label, hint, wrong, ...(bare !== undefined && { bare }) };
  return (
    <Frame id={id} {...told}>
      <textarea class="input" id={id} value={value} onInput={(event) => write(event.currentTarget.value)} spellcheck={false} {...described(id, told)} {...rest} />
    </Frame>
  );
}

/** One of a few, in the browser's own list. */
export function SelectField({ label, hint, wrong, bare, value, write, options, ...rest }: Given & { options: readonly (readonly [value: string, says: string])[] }) {
  const id = useId();
  const told = { label, hint, wrong, ...(bare !== undefined && { bare }) };
  return (
    <Frame id={id} {...told}>
      <select class="input" id={id} value={value} onInput={(event) => write(event.currentTarget.value)} {...described(id, told)} {...rest}>
        {options.map(([each, says]) => (
          <option key={each} value={each}>
            {says}
          </option>
        ))}
      </select>
    </Frame>
  );
}
