import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ChangeCard, PolicyView } from "../../shared/api";
import { Replay } from "../../shared/change/replay";
import { Dialog } from "../../shared/ui/dialog";
import { AreaField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { KeyCap, Note } from "../../shared/ui/parts";
import { Section } from "../../shared/ui/section";
import { Line } from "../../shared/ui/words";
import { useAct } from "../act";
import { Checked } from "./checked";
import { lineOf } from "./lines";
import { checked, discard, look, onTop, overtaken, propose, replay, text, why } from "./store";

/** A draft of another policy, looked at while it is written, and the way to ask for it. */
export function Editor({ of, onAsked }: { of: PolicyView; onAsked: (made: ChangeCard) => void }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const { busy, wrong, act } = useAct(() => undefined);
  const noWhy = useSignal(false);
  const leaving = useSignal(false);
  useEffect(() => box.current?.focus({ preventScroll: true }), []);
  const found = checked.value?.found ?? null;
  const isNew = checked.value?.text === text.text.value;
  const bad = found?.errors.map((each) => lineOf(checked.value?.text ?? "", each)) ?? [];
  const readable = isNew && found !== null && found.errors.length === 0;
  const submit = (event: Event): void => {
    event.preventDefault();
    noWhy.value = why.text.value.trim() === "";
    if (noWhy.value || !readable || overtaken.value) return;
    void act(async () => onAsked(await propose()), of.setup ? "It is in force" : "It waits for a second person");
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <Section title="Your draft" aside="kept in this browser until you propose or discard it">
      <form class="form policy-form" onSubmit={submit} onKeyDown={keyed}>
        {overtaken.value && <Overtaken of={of} />}
        <Text box={box} bad={bad} />
        <Checked onLine={(line) => toLine(box.current, line)} />
        {readable && (
          <section class="part" aria-label="What it would have done">
            <div class="part-head">
              <h2>What it would have done</h2>
            </div>
            <Replay key={found.version} ask={(days) => replay(text.text.peek(), days)} />
          </section>
        )}
        <AreaField label="Why" hint="Who answers reads it, and it stays in the history." value={why.text.value} write={why.write} wrong={noWhy.value && why.text.value.trim() === "" ? "Please say why: it stays beside the change." : null} class="input one-line" />
        <div role="alert">{wrong && <Note tone="bad" icon="alert"><Line text={wrong} /></Note>}</div>
        <div class="form-end">
          <button type="button" class="button" onClick={() => (leaving.value = true)}>
            Discard the draft
          </button>
          <button type="submit" class="button primary" aria-disabled={busy || !readable || overtaken.value}>
            <Icon name={busy ? "refresh" : "send"} spin={busy} /> {of.setup ? "Bring it into force" : "Propose"} <KeyCap of="confirm" />
          </button>
        </div>
      </form>
      {leaving.value && (
        <Dialog title="Discard the draft?" onClose={() => (leaving.value = false)}>
          <div class="form">
            <p>What you wrote is gone then. What is in force stays.</p>
            <div class="form-end">
              <button type="button" class="button" autofocus onClick={() => (leaving.value = false)}>Keep it</button>
              <button type="button" class="button danger primary" onClick={discard}>Discard it</button>
            </div>
          </div>
        </Dialog>
      )}
    </Section>
  );
}

function Overtaken({ of }: { of: PolicyView }) {
  return (
    <div role="alert">
      <Note tone="warn" icon="alert">
        <p>
          <strong>Another policy came into force while you were writing</strong>
          {of.by !== null && <>, by <Line text={of.by} /></>}: <code><Line text={of.version} /></code>. Your draft is kept. The difference below is to what is in force now, also to what the others changed: put into your draft what must stay.
        </p>
        <button type="button" class="button small" onClick={onTop}>
          I have read the difference; go on from there
        </button>
      </Note>
    </div>
  );
}

/** The text with the numbers of its lines; those with an error are marked. */
function Text({ box, bad }: { box: { current: HTMLTextAreaElement | null }; bad: readonly (number | null)[] }) {
  const lines = text.text.value.split("\n").length;
  return (
    <div class="field">
      <label for="policy-text">The policy, as TOML</label>
      <div class="toml">
        <ol class="toml-lines" aria-hidden="true">
          {Array.from({ length: lines }, (_, at) => (
            <li key={at} class={bad.includes(at + 1) ? "bad" : undefined}>
              {at + 1}
            </li>
          ))}
        </ol>
        <textarea
          ref={box}
          id="policy-text"
          class="toml-text"
          rows={lines}
          wrap="off"
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          value={text.text.value}
          aria-invalid={bad.length > 0 ? true : undefined}
          aria-describedby="policy-checked"
          onInput={(event) => {
            text.write(event.currentTarget.value);
            look();
          }}
        />
      </div>
    </div>
  );
}

/** Puts the cursor on a line and brings it into view. */
function toLine(box: HTMLTextAreaElement | null, line: number): void {
  if (box === null) return;
  const lines = box.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  box.focus({ preventScroll: true });
  box.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  document.querySelector(`.toml-lines li:nth-child(${line})`)?.scrollIntoView({ block: "center" });
}
