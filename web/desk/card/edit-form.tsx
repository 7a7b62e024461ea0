import { useEffect } from "preact/hooks";
import type { Card } from "../../shared/api";
import { useKeys } from "../../shared/keys";
import { Before } from "../../shared/ui/before";
import { AreaField, TextField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { Failed, KeyCap, Note, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { close, edit, form, keepTrying, message, reason, save, saveOff, saving, startOver, stillSaid, tried, trouble } from "./edit";
import { EditArgument } from "./edit-field";
import { StillSaid } from "./edited";
import { Talk } from "./people";
import { Section } from "./section";
import { Facts, Ruling, Why } from "./why";

/** The proposal as a form, with what the policy would say to it; the evidence stands below. */
export function Edit({ card }: { card: Card }) {
  useEffect(keepTrying, []);
  useEffect(() => document.getElementById("edit-head")?.focus(), []);
  const leave = (): void => {
    close();
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".card-head h1")?.focus());
  };
  useKeys({ out: leave, confirm: () => void save() });
  const shown = form.value.value;
  const failed = form.failure.value;
  return (
    <>
      <div class="card-body">
        <header class="card-head">
          <h1 id="edit-head" tabIndex={-1}>Edit: <Line text={card.title} /></h1>
          <p class="muted">It is saved as a new proposal. What was approved so far is void, and somebody else than you must approve it.</p>
        </header>
        {shown === null ? failed === null ? <Skeleton lines={8} label="Loading the form" /> : <Failed failure={failed} what="The form" retry={() => void form.load().then(startOver)} /> : <Fields />}
        <Outlook />
        <Why card={{ ...card, ruling: null }} />
        <Facts card={card} />
        <Talk card={card} />
      </div>
      <SaveBar onLeave={leave} />
    </>
  );
}

function Fields() {
  const { actions } = form.value.value!;
  return (
    <>
      {actions.map((action, at) => (
        <Section key={at} title={actions.length > 1 ? `Action ${at + 1}` : "What is sent"} aside={<>to {action.connection} as <code>{action.tool}</code></>}>
          <div class="edit-fields">
            {action.fields.map((field) => <EditArgument key={field.name} field={field} at={at} />)}
          </div>
        </Section>
      ))}
      <Section title="What the customer will be told" aside={actions.length > 0 ? "only after it has succeeded" : undefined}>
        <div class="edit-fields">
          <AreaField label="Message to the customer" bare value={message.value} write={(next) => (message.value = next)} />
          <TextField label="Why you change it" hint="For whoever approves it." autocomplete="off" value={reason.value} write={(next) => (reason.value = next)} />
        </div>
      </Section>
    </>
  );
}

/** What is changed so far, and the policy's answer to that, a moment after the last key. */
function Outlook() {
  const { preview, wrong, busy } = tried.value;
  return (
    <Section title="What it would become" aside={busy ? "asking …" : undefined}>
      <div aria-live="polite" aria-busy={busy} class="outlook">
        {wrong !== null && <Note tone="bad" icon="alert"><Line text={wrong} /></Note>}
        {wrong === null && preview === null && <p class="muted">{edit.value === null ? "Nothing is changed yet. What you change stands here, before and after, with the policy’s answer." : "Asking the policy …"}</p>}
        {preview !== null && (
          <>
            <p class="strong"><Line text={preview.title} /></p>
            <Before changes={preview.changes} label="What you change" />
            <StillSaid values={stillSaid.value} />
            <Ruling of={preview.ruling} />
          </>
        )}
      </div>
    </Section>
  );
}

function SaveBar({ onLeave }: { onLeave: () => void }) {
  const off = saveOff.value;
  return (
    <div class="bar">
      {trouble.value !== null && (
        <div role="alert">
          <Note tone="warn" icon="alert"><Line text={trouble.value} /></Note>
        </div>
      )}
      {off ? (
        <p class="bar-why small" id="save-why">
          <Icon name="info" /> <span><Line text={off} /></span>
        </p>
      ) : tried.value.preview && (
        <p class="bar-why small">
          <Icon name="ruled" /> <span><Line text={tried.value.preview.ruling.sentence} /></span>
        </p>
      )}
      <div class="bar-buttons">
        <button type="button" class="button primary" aria-disabled={off !== null || saving.value} aria-describedby={off ? "save-why" : undefined} onClick={() => void save()}>
          <Icon name={saving.value ? "refresh" : "pen"} spin={saving.value} /> Save as a new proposal <KeyCap of="confirm" />
        </button>
        <button type="button" class="button" onClick={onLeave}>
          Back to the card <KeyCap of="out" />
        </button>
        {edit.value !== null && (
          <button type="button" class="button plain" onClick={startOver}>
            Start over
          </button>
        )}
      </div>
    </div>
  );
}
