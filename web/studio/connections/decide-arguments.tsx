import { SelectField, TextField } from "../../shared/ui/field";
import { Line } from "../../shared/ui/words";
import type { Part } from "./decide";
import type { Filled, Filler } from "./decision";
import { kindAndChoices, type Field } from "./schema";

const fillers = (id: string): readonly (readonly [Filler, string])[] => [
  ["worker", "the worker"],
  ["customer", `us: the customer’s id in ${id}`],
  ["other", "us: another id of theirs"],
  ["value", "us: always the same"],
];

/** Who gives each argument its value. What we fill in no worker ever sees. */
export function Arguments({ form, wrong, write, id, args }: Part & { id: string; args: readonly Field[] }) {
  const names = Object.keys(form.filled);
  if (names.length === 0) return null;
  const known = new Map(args.map((field) => [field.path, field]));
  const fill = (name: string, next: Partial<Filled>): void => write({ filled: { ...form.filled, [name]: { ...form.filled[name]!, ...next } } });
  return (
    <fieldset class="decide-arguments">
      <legend>Who fills in its arguments</legend>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <p class="field-top">
              <code class="strong">
                <Line text={name} />
              </code>
              <span class="muted small">{known.has(name) ? <Line text={kindAndChoices(known.get(name)!)} /> : "the tool has no such argument"}</span>
            </p>
            <One name={name} of={form.filled[name]!} field={known.get(name)} id={id} writing={form.effect === "write"} wrong={wrong} fill={(next) => fill(name, next)} />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface OneProps {
  name: string;
  of: Filled;
  field: Field | undefined;
  id: string;
  writing: boolean;
  wrong: Readonly<Record<string, string>>;
  fill: (next: Partial<Filled>) => void;
}

function One({ name, of, field, id, writing, wrong, fill }: OneProps) {
  const kind = field?.schema["type"];
  return (
    <div class="decide-one">
      <SelectField label={`${name}: filled in by`} bare value={of.by} write={(by) => fill({ by: by as Filler })} options={fillers(id)} wrong={wrong[`bind/${name}`]} />
      {of.by === "other" && <TextField label={`${name}: the name of that id`} bare class="input code" placeholder="state_key" value={of.text} write={(text) => fill({ text })} />}
      {of.by === "value" && <TextField label={`${name}: the value`} bare class="input code" placeholder="EUR" value={of.text} write={(text) => fill({ text })} />}
      {of.by === "worker" && (kind === "integer" || kind === "number") && <TextField label={`${name}: at most`} bare inputMode="decimal" placeholder="no upper limit" value={of.most} write={(most) => fill({ most })} wrong={wrong[`limits/at_most/${name}`]} />}
      {of.by === "worker" && writing && (
        <label class="tick small">
          <input type="checkbox" checked={of.destination} onChange={(event) => fill({ destination: event.currentTarget.checked })} />
          <span>
            Says where something goes to<span class="sr"> {name}</span>
          </span>
        </label>
      )}
    </div>
  );
}
