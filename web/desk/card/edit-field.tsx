import type { EditField } from "../../shared/api";
import { AreaField, SelectField, TextField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { Line } from "../../shared/ui/words";
import { entries, enter, place, wrongAt } from "./edit";
import { begun } from "./edit-values";

const long = 60;

/** One argument, typed as the tool takes it; what a person may not change is only shown. */
export function EditArgument({ field, at }: { field: EditField; at: number }) {
  if (field.locked !== null) return <Locked field={field} />;
  const where = place(at, field.name);
  const entry = entries.value[where] ?? begun(field);
  const began = begun(field);
  const changed = entry.text !== began.text || entry.currency !== began.currency;
  const label = (
    <>
      {field.name.replaceAll("_", " ")}
      {!field.required && <span class="muted"> · may be left out</span>}
      {changed && <span class="edit-was"> · was <Line text={field.shown} /></span>}
    </>
  );
  const common = { label, value: entry.text, write: (text: string) => enter(where, { ...entry, text }), wrong: wrongAt.value[where], hint: field.kind === "money" ? null : field.help };
  return <div class={changed ? "edit-one changed" : "edit-one"}>{entry.currency === undefined ? <Typed field={field} common={common} /> : <Amount field={field} common={common} currency={entry.currency} choose={(currency) => enter(where, { ...entry, currency })} />}</div>;
}

type Common = Parameters<typeof TextField>[0];

function Typed({ field, common }: { field: EditField; common: Common }) {
  const left: [string, string][] = field.required ? [] : [["", "–"]];
  switch (field.kind) {
    case "boolean":
      return <SelectField {...common} options={[...left, ["true", "yes"], ["false", "no"]]} />;
    case "choice":
      return <SelectField {...common} options={[...left, ...field.choices.map((each) => [JSON.stringify(each), String(each)] as [string, string])]} />;
    case "integer":
      return <TextField {...common} inputMode="numeric" autocomplete="off" />;
    case "number":
      return <TextField {...common} inputMode="decimal" autocomplete="off" />;
    default:
      return common.value.length > long || (field.longest ?? 0) > 300 ? <AreaField {...common} /> : <TextField {...common} autocomplete="off" />;
  }
}

function Amount({ field, common, currency, choose }: { field: EditField; common: Common; currency: string; choose: (currency: string) => void }) {
  return (
    <div class="edit-money">
      <TextField {...common} inputMode="decimal" autocomplete="off" />
      <SelectField label={`Currency of ${field.name.replaceAll("_", " ")}`} bare value={currency} write={choose} options={field.choices.map((each) => [String(each), String(each)] as const)} />
    </div>
  );
}

function Locked({ field }: { field: EditField }) {
  return (
    <dl class="edit-locked">
      <dt>{field.name.replaceAll("_", " ")}</dt>
      <dd>
        <code><Line text={field.shown} /></code>
        <span class="muted small with-icon">
          <Icon name="lock" /> <span>{field.locked}</span>
        </span>
      </dd>
    </dl>
  );
}
