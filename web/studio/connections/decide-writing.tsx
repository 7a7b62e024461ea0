import { AreaField, SelectField, TextField } from "../../shared/ui/field";
import { Choice } from "../../shared/ui/choice";
import { Icon } from "../../shared/ui/icon";
import type { Part } from "./decide";
import { jsonParts, type JsonPart } from "./decision";
import type { Field } from "./schema";
import { classes } from "./words";

const json: Record<JsonPart, { label: string; hint: string; placeholder: string }> = {
  find: { label: "How to find it again", hint: "A read, its arguments, and what is there when it happened.", placeholder: '{"tool": "billing.find_refund", "args": {"reference": "$key"}, "there": "$.refund"}' },
  changes: { label: "What will change", hint: "Lines of the card: in the record that the argument came from, a path becomes something.", placeholder: '[{"of": "order_id", "label": "Order {order_id}", "path": "$.status", "becomes": "cancelled"}]' },
  recheck: { label: "What must hold just before", hint: "Reads, and what must be true in them. Otherwise nothing is sent.", placeholder: '[{"tool": "shop.get_order", "args": {"order_id": "$args.order_id"}, "require": [{"path": "$.status", "equals": "open", "says": "the order is open"}]}]' },
  proof: { label: "What proves it afterwards", hint: "Reads, and what must be true in them.", placeholder: '[{"tool": "billing.find_refund", "args": {"reference": "$key"}, "require": [{"path": "$.amount", "equals": "$args.amount", "says": "the amount is right"}]}]' },
};

/** What a write needs: what the card says, and how to be certain that it ran once. */
export function Writing({ form, wrong, write, args }: Part & { args: readonly Field[] }) {
  return (
    <>
      <TextField label="On the card" hint={<>A sentence; <code>{"{argument}"}</code> is filled in from what is approved.</>} placeholder="Refund {amount} of payment {payment_id}" value={form.card} write={(card) => write({ card })} wrong={wrong["card"]} />
      <TextField label="The same for the customer" placeholder="Refund of {amount} to the card you paid with" value={form.remedy} write={(remedy) => write({ remedy })} wrong={wrong["remedy"]} />
      <TextField label="Can it be taken back?" placeholder="Cannot be taken back by us." value={form.reversible} write={(reversible) => write({ reversible })} wrong={wrong["reversible"]} />
      <Choice label="If its answer is lost" value={form.effectClass} choose={(effectClass) => write({ effectClass })} wrong={wrong["effect_class"]} options={(["keyed", "queryable", "neither"] as const).map((value) => ({ value, ...classes[value] }))} />
      {(form.effectClass === "keyed" || form.effectClass === "queryable") && <Key form={form} wrong={wrong} write={write} args={args} />}
      <TextField label="Where its own reference stands in the answer" class="input code" placeholder="$.refund.refund_id" value={form.reference} write={(reference) => write({ reference })} wrong={wrong["reference"]} />
      <AreaField label="Answers that mean: nothing was done" hint="The code of an error on each line. Any other error is no certain answer." class="input code" placeholder="payment_not_found" value={form.notExecuted} write={(notExecuted) => write({ notExecuted })} wrong={wrong["not_executed"]} />
      <details class="more" open={jsonParts.some((part) => form.json[part] !== "" || wrong[part]) || form.effectClass === "queryable"}>
        <summary>
          <Icon name="chevron" /> Before, after, and found again
        </summary>
        <div class="form">
          <p class="muted small">Written as in a file, in JSON. Reads of any connection can be named.</p>
          {jsonParts.map((part) => (
            <AreaField key={part} {...json[part]} class="input code" value={form.json[part]} write={(text) => write({ json: { ...form.json, [part]: text } })} wrong={wrong[part]} />
          ))}
        </div>
      </details>
    </>
  );
}

function Key({ form, wrong, write, args }: Part & { args: readonly Field[] }) {
  const options = [["", "in no argument"], ...args.map((field) => [field.path, field.path])] as [string, string][];
  return (
    <fieldset class="choice">
      <legend>How our key travels</legend>
      <div class="pair">
        <SelectField label="In the argument" value={form.keyArgument} write={(keyArgument) => write({ keyArgument })} options={options} wrong={wrong["key"]} />
        <TextField label="Honoured for, in hours" inputMode="decimal" value={form.keyHours} write={(keyHours) => write({ keyHours })} wrong={wrong["key/hours"]} />
      </div>
      <label class="tick">
        <input type="checkbox" checked={form.keyMeta} onChange={(event) => write({ keyMeta: event.currentTarget.checked })} /> <span>In the meta of the call, too</span>
      </label>
    </fieldset>
  );
}
