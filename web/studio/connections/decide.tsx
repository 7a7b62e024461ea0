import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Refused, type Connection, type ConnectionTool, type Decision } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain } from "../../shared/resource";
import { Choice } from "../../shared/ui/choice";
import { TextField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { KeyCap, Note } from "../../shared/ui/parts";
import { Arguments } from "./decide-arguments";
import { Limits, Reading } from "./decide-reading";
import { Writing } from "./decide-writing";
import { decisionOf, formOf, type Form } from "./decision";
import { argumentsOf } from "./schema";
import { decide, DecidedMeanwhile, saying } from "./store";
import { effects } from "./words";
import { placed } from "./wrong";

interface Props {
  of: Connection;
  tool: ConnectionTool;
  /** What the form begins with: what was decided, or our proposal. */
  start: Partial<Decision>;
  onDone: () => void;
}

/** What each part of the form is given. */
export interface Part {
  form: Form;
  /** What is wrong, by the field's way inside the decision. */
  wrong: Readonly<Record<string, string>>;
  write: (next: Partial<Form>) => void;
}

/** Decides on one tool. The server checks it all; what it says stands at the field that it is about. */
export function Decide({ of, tool, start, onDone }: Props) {
  const args = useMemo(() => argumentsOf(tool.input_schema), [tool.input_schema]);
  const began = useRef(of.manifest.tool[tool.name]);
  const form = useSignal(formOf(start, args));
  const wrong = useSignal<Record<string, string>>({});
  const theirs = useSignal<Decision | undefined | null>(null);
  const busy = useSignal(false);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>("input:checked, input")?.focus();
  }, []);
  const write = (next: Partial<Form>): void => void (form.value = { ...form.value, ...next });
  const showWrong = (): void => void requestAnimationFrame(() => box.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert] .note")?.scrollIntoView({ block: "center" }));
  const fail = (found: Record<string, string>): void => {
    wrong.value = found;
    announce(Object.values(found)[0] ?? "", { urgent: true });
    showWrong();
  };
  const save = async (): Promise<void> => {
    const read = decisionOf(form.value, args, { wholeFor: of.manifest.whole_for ?? null });
    if (read.wrong !== null) return fail(read.wrong);
    busy.value = true;
    wrong.value = {};
    try {
      await decide(tool.name, began.current, read.decision);
      announce(saying(`Decided: ${tool.name} is ${effects[read.decision.effect].says}`), { urgent: true });
      onDone();
    } catch (error) {
      if (error instanceof DecidedMeanwhile) {
        theirs.value = error.theirs;
        showWrong();
      } else fail(whereItIs(error, tool.name));
    } finally {
      busy.value = false;
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!busy.value) void save();
  };
  const part: Part = { form: form.value, wrong: wrong.value, write };
  const effect = form.value.effect;
  return (
    <form ref={box} class="form decide part" aria-label={`Decide on ${tool.name}`} onSubmit={submit} onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && submit(event)}>
      <Choice label="What is it?" row value={effect} choose={(next) => write({ effect: next })} wrong={wrong.value["effect"]} options={(["read", "write", "off"] as const).map((value) => ({ value, ...effects[value] }))} />
      {effect !== null && effect !== "off" && (
        <>
          <TextField label="Its name for people" value={form.value.title} write={(title) => write({ title })} wrong={wrong.value["title"]} placeholder="Payments" />
          <Arguments {...part} id={of.row.id} args={args} />
          <Reading {...part} />
          {effect === "write" && <Writing {...part} args={args} />}
          <Limits {...part} />
        </>
      )}
      <div role="alert">
        {wrong.value[""] && (
          <Note tone="bad" icon="alert">
            {wrong.value[""]} Nothing was changed.
          </Note>
        )}
        {theirs.value !== null && <Meanwhile onTake={onDone} onKeep={() => ((began.current = theirs.value ?? undefined), (theirs.value = null), void save())} />}
      </div>
      <div class="form-end">
        <button type="button" class="button" onClick={onDone}>
          Cancel
        </button>
        <button type="submit" class="button primary" aria-disabled={busy.value}>
          <Icon name={busy.value ? "refresh" : "check"} spin={busy.value} /> Decide <KeyCap of="confirm" />
        </button>
      </div>
    </form>
  );
}

function Meanwhile({ onTake, onKeep }: { onTake: () => void; onKeep: () => void }) {
  return (
    <Note tone="warn" icon="person">
      <p>Somebody decided on this tool meanwhile, and yours was not saved.</p>
      <p class="chips">
        <button type="button" class="button" onClick={onTake}>
          See theirs
        </button>
        <button type="button" class="button" onClick={onKeep}>
          Put mine in its place
        </button>
      </p>
    </Note>
  );
}

/** By the field inside the decision; "" for what is about all of it. */
function whereItIs(error: unknown, name: string): Record<string, string> {
  if (!(error instanceof Refused)) return { "": explain(error).message };
  const { at, says } = placed(error.problem.message);
  const [, part, tool, ...inside] = at;
  if (part !== "tool" || tool !== name) return { "": error.problem.message.startsWith("/") ? says : error.problem.message };
  return { [inside.slice(0, inside[0] === "bind" ? 2 : 1).join("/")]: says };
}
