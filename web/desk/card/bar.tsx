import { useSignal } from "@preact/signals";
import type { Card } from "../../shared/api";
import { useKeys } from "../../shared/keys";
import { Icon } from "../../shared/ui/icon";
import { KeyCap } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import type { Claim } from "../claim";
import { canDecide } from "../live";
import { ActDialog, type Act } from "./acts";
import { begin } from "./edit";
import { Held, UndoSetting } from "./held";
import { More } from "./more";
import { approveOff, confirming, decide, mayAttend, sending, takeBack } from "./store";
import { counting, takeable } from "./undo";

/** Approve, Edit, Reject, Respond, and more. The focus never begins on Approve; what is risky is asked twice. */
export function Bar({ card, claim }: { card: Card; claim: Claim }) {
  const act = useSignal<Act | null>(null);
  const can = { approve: card.can.includes("approve"), reject: card.can.includes("reject"), edit: card.can.includes("edit"), respond: card.can.includes("respond") };
  const any = can.approve || can.reject || can.edit || can.respond;
  const attends = mayAttend(card);
  const off = !canDecide.value || sending.value !== null;
  const decideNow = async (): Promise<void> => {
    await decide("approve");
    document.getElementById("outcome")?.focus();
  };
  const approve = (): void => {
    if (!can.approve || approveOff.value !== null || sending.value !== null) return;
    if (card.risk === "high") confirming.value = true;
    else void decideNow();
  };
  const begins = (next: Act, may: boolean): void => {
    if (may && !off) act.value = next;
  };
  const edit = (): void => {
    if (can.edit && !off) void begin(card);
  };
  const undo = async (): Promise<void> => {
    await takeBack();
    document.getElementById("outcome")?.focus();
  };
  const read = (): void => {
    if (claim.other !== null) document.getElementById("take-it")?.focus();
    else if (attends) void claim.toggle();
  };
  useKeys({
    approve,
    edit,
    reject: () => begins("reject", can.reject),
    respond: () => begins("respond", can.respond),
    takeOver: () => begins("take-over", card.can.includes("take_over")),
    aside: () => begins("aside", attends),
    claim: read,
    takeBack: () => void undo(),
    ...(confirming.value && { confirm: () => void decideNow(), out: () => (confirming.value = false) }),
  });
  const cannot = takeable(card) ? null : card.cannot;
  const dialog = act.value && <ActDialog act={act.value} card={card} claim={claim} onClose={() => (act.value = null)} />;
  // What somebody types stays, whatever becomes of the card meanwhile.
  if (!any && !attends && cannot === null && card.decisions.every((each) => each.held === null)) return dialog;
  const why = can.approve ? approveOff.value : null;
  const verb = approveVerb(card);
  return (
    <div class="bar">
      <Held card={card} onTakeBack={() => void undo()} />
      {cannot && (
        <p class="bar-why small">
          <Icon name="lock" /> <span><Line text={cannot} /></span>
        </p>
      )}
      {why && (
        <p class="bar-why small" id="approve-why">
          <Icon name="info" /> {why}
        </p>
      )}
      {confirming.value ? (
        <Confirm verb={verb} onYes={() => void decideNow()} />
      ) : (any || attends) && (
        <div class="bar-buttons">
          {can.approve && (
            <button type="button" class="button primary" aria-disabled={why !== null || sending.value !== null} aria-describedby={why ? "approve-why" : undefined} aria-keyshortcuts="a" onClick={approve}>
              <Icon name={sending.value === "approve" ? "refresh" : "check"} spin={sending.value === "approve"} />
              {verb} <KeyCap of="approve" />
            </button>
          )}
          {can.edit && (
            <button type="button" class="button" disabled={off} aria-keyshortcuts="e" onClick={edit}>
              <Icon name="pen" /> Edit <KeyCap of="edit" />
            </button>
          )}
          {can.reject && (
            <button type="button" class="button danger" disabled={off} aria-keyshortcuts="r" onClick={() => begins("reject", true)}>
              <Icon name={sending.value === "reject" ? "refresh" : "close"} spin={sending.value === "reject"} /> Reject <KeyCap of="reject" />
            </button>
          )}
          {can.respond && (
            <button type="button" class="button" disabled={off} aria-keyshortcuts="m" onClick={() => begins("respond", true)}>
              <Icon name={sending.value === "respond" ? "refresh" : "respond"} spin={sending.value === "respond"} /> Respond <KeyCap of="respond" />
            </button>
          )}
          {attends && <More card={card} claim={claim} off={off} onAct={(next) => begins(next, true)} />}
          {(can.approve || can.reject) && <UndoSetting />}
        </div>
      )}
      {dialog}
    </div>
  );
}

/** Where two must sign, the button says whether this signature sends. */
function approveVerb(card: Card): string {
  const needed = card.ruling?.needed ?? 1;
  const signed = counting(card, "approve").length;
  if (needed < 2) return "Approve";
  return signed + 1 < needed ? `Sign, ${signed + 1} of ${needed}` : "Sign and send";
}

function Confirm({ verb, onYes }: { verb: string; onYes: () => void }) {
  return (
    <div class="bar-buttons" role="group" aria-label="Confirm">
      <p class="strong" role="alert">High risk. {verb === "Approve" ? "Approve it?" : "Sign it?"}</p>
      <button type="button" class="button primary" onClick={onYes} aria-disabled={approveOff.value !== null}>
        <Icon name="check" /> {verb} <KeyCap of="confirm" />
      </button>
      <button type="button" class="button" onClick={() => (confirming.value = false)}>
        Not yet <KeyCap of="out" />
      </button>
    </div>
  );
}
