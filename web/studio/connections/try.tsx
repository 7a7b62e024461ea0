import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Connection, ConnectionTool, Decision, TestAnswer } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain } from "../../shared/resource";
import { AreaField, SelectField, TextField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { Note } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { entryOf, offered, typed } from "./arguments";
import { recordsFor } from "./decision";
import { argumentsOf, type Field } from "./schema";
import { tryRead } from "./store";

/** Calls a read as one customer, and shows what a worker would be given. */
export function Try({ of, tool, decided }: { of: Connection; tool: ConnectionTool; decided: Decision }) {
  const fields = useMemo(() => argumentsOf(tool.input_schema).filter((field) => !(field.path in decided.bind)), [tool.input_schema, decided]);
  const records = recordsFor(of.row.id, decided);
  const texts = useSignal<Record<string, string>>({});
  const ids = useSignal<Record<string, string>>({});
  const wrong = useSignal<Record<string, string>>({});
  const answer = useSignal<TestAnswer | null>(null);
  const busy = useSignal(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy.value) return;
    const read = typed(fields, texts.value);
    wrong.value = { ...read.wrong, ...Object.fromEntries(records.filter((name) => !ids.value[name]?.trim()).map((name) => [`record ${name}`, "As which customer?"])) };
    if (Object.keys(wrong.value).length > 0) return announce(Object.values(wrong.value)[0] ?? "", { urgent: true });
    busy.value = true;
    answer.value = null;
    try {
      answer.value = await tryRead(tool.name, read.values, Object.fromEntries(records.map((name) => [name, ids.value[name]!.trim()])));
      announce(answer.value.kind === "ok" ? "The answer is there" : says[answer.value.kind], { urgent: true });
    } catch (error) {
      wrong.value = { "": explain(error).message };
    } finally {
      busy.value = false;
    }
  };
  return (
    <section class="part" aria-label="Try it">
      <div class="part-head">
        <h2>Try it as one customer</h2>
      </div>
      <form class="form try" onSubmit={(event) => void submit(event)}>
        {records.map((name) => (
          <TextField key={name} label={<>Customer’s id in <code>{name}</code></>} class="input code" value={ids.value[name] ?? ""} write={(next) => (ids.value = { ...ids.value, [name]: next })} wrong={wrong.value[`record ${name}`]} />
        ))}
        {fields.map((field) => (
          <Entry key={field.path} field={field} value={texts.value[field.path] ?? ""} write={(next) => (texts.value = { ...texts.value, [field.path]: next })} wrong={wrong.value[field.path]} />
        ))}
        <div role="alert">{wrong.value[""] && <Note tone="bad" icon="alert">{wrong.value[""]}</Note>}</div>
        <div class="form-end">
          <button type="submit" class="button" aria-disabled={busy.value}>
            <Icon name={busy.value ? "refresh" : "try"} spin={busy.value} /> {busy.value ? `Asking ${of.row.title} …` : "Read"}
          </button>
        </div>
      </form>
      {answer.value && <Answer of={answer.value} />}
    </section>
  );
}

function Entry({ field, value, write, wrong }: { field: Field; value: string; write: (next: string) => void; wrong: string | undefined }) {
  const label = (
    <>
      <code>
        <Line text={field.path} />
      </code>{" "}
      <span class="muted">
        {[entryOf(field) === "choice" ? null : field.kind, field.required ? null : "may be left out"].filter(Boolean).join(", ")}
      </span>
    </>
  );
  const common = { label, value, write, wrong };
  switch (entryOf(field)) {
    case "choice":
      return <SelectField {...common} options={[["", "–"], ...offered(field).map((each) => [each, each] as const)]} />;
    case "number":
      return <TextField {...common} inputMode="decimal" />;
    case "json":
      return <AreaField {...common} class="input code" hint="As JSON." />;
    case "line":
      return <TextField {...common} />;
  }
}

const says: Record<Exclude<TestAnswer["kind"], "ok">, string> = {
  missing: "No such record, or it is not this customer’s: a worker is told the same of both.",
  refused: "The system refused.",
  gone: "The system could not be reached.",
  changed: "The tool is not what was reviewed any more. It was taken away.",
  unknown: "No answer came.",
};

function Answer({ of }: { of: TestAnswer }) {
  if (of.kind !== "ok")
    return (
      <Note tone={of.kind === "missing" ? "" : "warn"} icon={of.kind === "missing" ? "unknown" : "alert"}>
        <p>{says[of.kind]}</p>
        {of.why && (
          <p class="small">
            <Line text={of.why} />
          </p>
        )}
      </Note>
    );
  return (
    <figure class="answer">
      <figcaption class="muted small">What a worker would be given</figcaption>
      <pre class="raw" tabIndex={0} aria-label="The answer">
        <Line text={JSON.stringify(of.value, null, 2)} />
      </pre>
    </figure>
  );
}
