import { AreaField, TextField } from "../../shared/ui/field";
import { Choice } from "../../shared/ui/choice";
import type { Part } from "./decide";

/** Whose a result is, what of it nobody sees, and how long it is good for. */
export function Reading({ form, wrong, write }: Part) {
  const reads = form.effect === "read";
  return (
    <>
      {reads && (
        <Choice
          label="Whose are its records?"
          value={form.owner}
          choose={(owner) => write({ owner })}
          wrong={form.owner === "nobody" ? wrong["owner"] : null}
          options={[
            { value: "paths", says: "A customer’s", means: "Each result must hold the id of the case’s customer, or it is no such record." },
            { value: "nobody", says: "Nobody’s", means: "Products, opening hours: what every customer may hear." },
          ]}
        />
      )}
      {(!reads || form.owner === "paths") && (
        <AreaField
          label="Where the customer’s id stands in the result"
          hint={reads ? "A path on each line. The first must be there; records of a list are taken one by one." : "A path on each line. An answer that is not theirs counts as no certain answer."}
          class="input code"
          placeholder={"$.customer_id\n$.payments[*].customer_id"}
          value={form.paths}
          write={(paths) => write({ paths })}
          wrong={wrong["owner"]}
        />
      )}
      <AreaField label="What nobody sees of a result" hint="A path on each line." class="input code" placeholder="$.customer.birthday" value={form.redact} write={(redact) => write({ redact })} wrong={wrong["redact"]} />
      {reads && (
        <>
          <AreaField label="What may differ between two reads and mean nothing" hint="A path on each line." class="input code" placeholder="$.served_at" value={form.volatile} write={(volatile) => write({ volatile })} wrong={wrong["volatile"]} />
          <AreaField label="Lists whose order means nothing" hint="A path on each line." class="input code" placeholder="$.payments" value={form.unordered} write={(unordered) => write({ unordered })} wrong={wrong["unordered"]} />
          <TextField label="How long it is good for" hint="A proposal rests on nothing older: 90s, 15m, 24h, 7d." class="input code short" placeholder="15m" value={form.maxAge} write={(maxAge) => write({ maxAge })} wrong={wrong["max_age"]} />
        </>
      )}
    </>
  );
}

export function Limits({ form, wrong, write }: Part) {
  return (
    <div class="pair">
      <TextField label="Calls in one mission, at most" inputMode="numeric" placeholder="no own limit" value={form.calls} write={(calls) => write({ calls })} wrong={wrong["limits/calls"] ?? wrong["limits"]} />
      <TextField label="Bytes of one result, at most" inputMode="numeric" placeholder="200000" value={form.bytes} write={(bytes) => write({ bytes })} wrong={wrong["limits/bytes"]} />
    </div>
  );
}
