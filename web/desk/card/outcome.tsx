import { useSignal } from "@preact/signals";
import type { Action, Card, Effect } from "../../shared/api";
import { plural, whole } from "../../shared/text";
import { Id } from "../../shared/ui/copied";
import { Icon, type IconName } from "../../shared/ui/icon";
import { asChanges, Before } from "../../shared/ui/before";
import { Note } from "../../shared/ui/parts";
import { Ticks } from "../../shared/ui/ticks";
import { Line } from "../../shared/ui/words";
import { NoteDialog } from "./note-dialog";
import { Settled } from "./settled";
import { answer, sending } from "./store";
import { changedBefore } from "./tense";
import { canDecide } from "../live";

/** What became of it after the decision; and what had changed, where it was not sent for that. */
export function Outcome({ card }: { card: Card }) {
  return (
    <div class="outcomes" id="outcome" tabIndex={-1}>
      <Settled card={card} />
      {card.stale && <Stale of={card.stale} open={card.state === "open"} />}
      {card.actions.map((action, at) => (
        <EffectNote key={action.digest} action={action} number={card.actions.length > 1 ? at + 1 : null} approved={card.state === "approved"} />
      ))}
    </div>
  );
}

function Stale({ of: stale, open }: { of: NonNullable<Card["stale"]>; open: boolean }) {
  return (
    <Note tone={open ? "warn" : ""} icon="refresh">
      <p class="strong">
        {!open && "Before this proposal: "}
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
          <span class="mono muted small" title="Digest of the approved action"> {effect.digest.slice(0, 12)}</span>
        </p>
        {effect.why && <p><Line text={effect.why} /></p>}
        {effect.state === "unknown" && <Doubt of={effect} />}
        {effect.state === "stale" && <Changed grant={effect.grant_id} />}
        <Proof of={effect} />
        {effect.can.length > 0 && <Answers of={effect} />}
      </div>
    </div>
  );
}

/** What a person needs to find out for themselves: when it was sent, and the reference that went with it. */
function Doubt({ of: effect }: { of: Effect }) {
  return (
    <dl class="facts small">
      {effect.sent_at && <div><dt>Sent</dt><dd>{whole(effect.sent_at)}</dd></div>}
      <div><dt>Our reference</dt><dd><Id name="our reference" text={effect.key} /></dd></div>
      <div><dt>Asked last</dt><dd>{whole(effect.at)}</dd></div>
    </dl>
  );
}

/** The facts as they were proposed on, and as they were when it was about to be sent. */
function Changed({ grant }: { grant: string }) {
  const changes = asChanges(changedBefore(grant));
  return changes === null ? null : <Before changes={changes} label="What had changed" />;
}

function Proof({ of: effect }: { of: Effect }) {
  if (effect.state !== "done" && effect.checks.length === 0) return null;
  return (
    <>
      {effect.proved === null && effect.state === "done" && <p class="muted small">Reading it back in the system of record …</p>}
      {effect.proved !== null && effect.checks.length === 0 && <p class="muted small">The system says so. Nothing was read back: its manifest names no proof.</p>}
      {effect.proved !== null && effect.checks.length > 0 && (
        <p class="with-icon">
          <Icon name={effect.proved ? "proved" : "alert"} />
          <span>{effect.proved ? "Read back and proved" : "Read back, and it is not as it should be"} ({plural(effect.checks.length, "check")})</span>
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
