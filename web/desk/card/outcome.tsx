import { useSignal } from "@preact/signals";
import type { Action, Card, Effect } from "../../shared/api";
import { moment, plural } from "../../shared/text";
import { Icon, type IconName } from "../../shared/ui/icon";
import { Note } from "../../shared/ui/parts";
import { Ticks } from "../../shared/ui/ticks";
import { Line } from "../../shared/ui/words";
import { Before } from "./changes";
import { NoteDialog } from "./note-dialog";
import { answer, sending } from "./store";
import { canDecide } from "../live";

/** What became of it after the decision; and what had changed, where it was not sent for that. */
export function Outcome({ card }: { card: Card }) {
  return (
    <div class="outcomes" id="outcome" tabIndex={-1}>
      {card.stale && <Stale of={card.stale} />}
      <Settled card={card} />
      {card.actions.map((action, at) => (
        <EffectNote key={action.digest} action={action} number={card.actions.length > 1 ? at + 1 : null} approved={card.state === "approved"} />
      ))}
    </div>
  );
}

function Stale({ of: stale }: { of: NonNullable<Card["stale"]> }) {
  return (
    <Note tone="warn" icon="refresh">
      <p class="strong">
        <Line text={stale.sentence} />
      </p>
      {stale.changes.length > 0 && <Before changes={stale.changes} label="What changed" />}
      {stale.approvals_void.length > 0 && (
        <p class="small">
          No longer valid: {stale.approvals_void.map((name, at) => <span key={name}>{at > 0 && ", "}approval of <s><Line text={name} /></s></span>)}
        </p>
      )}
    </Note>
  );
}

function Settled({ card }: { card: Card }) {
  const refusal = card.decisions.findLast((each) => each.kind === "reject");
  if (card.state === "rejected")
    return (
      <Note icon="close">
        <p class="strong">Rejected{refusal && <> by <Line text={refusal.by} />, {moment(refusal.at)}</>}. Nothing was sent.</p>
        {refusal?.reason && <p><Line text={refusal.reason} /></p>}
      </Note>
    );
  if (card.state === "superseded") return <Note icon="refresh"><p class="strong">Replaced by a newer proposal. Nothing of this one was sent.</p></Note>;
  if (card.state === "withdrawn") return <Note icon="close"><p class="strong">Withdrawn. Nothing was sent.</p></Note>;
  return null;
}

interface Look {
  tone: "ok" | "warn" | "bad" | "";
  icon: IconName;
  title: string;
  busy?: true;
}

const looks: Record<Effect["state"], Look> = {
  intent: { tone: "", icon: "refresh", title: "Sending …", busy: true },
  sent: { tone: "", icon: "refresh", title: "Sent, waiting for the answer …", busy: true },
  done: { tone: "ok", icon: "checkCircle", title: "Done" },
  failed: { tone: "bad", icon: "failed", title: "Failed: nothing has changed" },
  unknown: { tone: "warn", icon: "unknown", title: "Not known if it happened" },
  stale: { tone: "warn", icon: "refresh", title: "Not sent: the facts had changed" },
  skipped: { tone: "", icon: "close", title: "Not sent: an earlier action did not succeed" },
};

function EffectNote({ action, number, approved }: { action: Action; number: number | null; approved: boolean }) {
  const { effect } = action;
  if (effect === null) return approved ? <Note icon="clock"><p class="strong">Approved, about to be sent</p></Note> : null;
  const look = looks[effect.state];
  return (
    <div class={`note ${look.tone}`} data-effect={effect.state}>
      <Icon name={look.icon} spin={look.busy === true} />
      <div>
        <p class="strong">
          {number !== null && `${number}. `}
          {look.title}
          {effect.reference && <> · <code>{effect.reference}</code></>}
        </p>
        {effect.why && <p><Line text={effect.why} /></p>}
        <Proof of={effect} />
        {effect.can.length > 0 && <Answers of={effect} />}
      </div>
    </div>
  );
}

function Proof({ of: effect }: { of: Effect }) {
  if (effect.state !== "done" && effect.checks.length === 0) return null;
  return (
    <>
      {effect.proved === null && effect.state === "done" && <p class="muted small">Reading it back in the system of record …</p>}
      {effect.proved !== null && (
        <p class="with-icon">
          <Icon name={effect.proved ? "proved" : "alert"} />
          <span>{effect.proved ? "Read back and proved" : "Read back, and it is not as it should be"}{effect.checks.length > 0 && ` (${plural(effect.checks.length, "check")})`}</span>
        </p>
      )}
      <Ticks of={effect.checks} />
    </>
  );
}

/** None of these sends anything: a look, or what a person found out. */
function Answers({ of: effect }: { of: Effect }) {
  const asking = useSignal<"happened" | "not_happened" | null>(null);
  const off = !canDecide.value || sending.value !== null;
  return (
    <div class="answers">
      {effect.can.includes("check_again") && (
        <button type="button" class="button" disabled={off} onClick={() => void answer(effect.grant_id, { answer: "check_again", note: "" })}>
          <Icon name={sending.value === "check_again" ? "refresh" : "seen"} spin={sending.value === "check_again"} /> Look again
        </button>
      )}
      {effect.can.includes("happened") && <button type="button" class="button" disabled={off} onClick={() => (asking.value = "happened")}>It happened</button>}
      {effect.can.includes("not_happened") && <button type="button" class="button" disabled={off} onClick={() => (asking.value = "not_happened")}>It did not</button>}
      {asking.value && <NoteDialog grant={effect.grant_id} about={asking.value} onClose={() => (asking.value = null)} />}
    </div>
  );
}
