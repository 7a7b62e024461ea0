import { useSignal } from "@preact/signals";
import type { Card } from "../../shared/api";
import { useKeys } from "../../shared/keys";
import { Icon } from "../../shared/ui/icon";
import { KeyCap } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { canDecide } from "../live";
import { begin } from "./edit";
import { Held, UndoSetting } from "./held";
import { Reject } from "./reject";
import { approveOff, confirming, decide, sending, takeBack } from "./store";
import { counting, takeable } from "./undo";

/** Approve, Edit and Reject. The focus never begins on Approve; what is risky is asked twice. */
export function Bar({ card }: { card: Card }) {
  const rejecting = useSignal(false);
  const can = { approve: card.can.includes("approve"), reject: card.can.includes("reject"), edit: card.can.includes("edit") };
  const decideNow = async (): Promise<void> => {
    await decide("approve");
    document.getElementById("outcome")?.focus();
  };
  const approve = (): void => {
    if (!can.approve || approveOff.value !== null || sending.value !== null) return;
    if (card.risk === "high") confirming.value = true;
    else void decideNow();
  };
  const reject = (): void => {
    if (can.reject && canDecide.value && sending.value === null) rejecting.value = true;
  };
  const edit = (): void => {
    if (can.edit && canDecide.value && sending.value === null) void begin(card);
  };
  const undo = async (): Promise<void> => {
    await takeBack();
    document.getElementById("outcome")?.focus();
  };
  useKeys({ approve, edit, reject, takeBack: () => void undo(), ...(confirming.value && { confirm: () => void decideNow(), out: () => (confirming.value = false) }) });
  const cannot = takeable(card) ? null : card.cannot;
  if (!can.approve && !can.reject && !can.edit && cannot === null && card.decisions.every((each) => each.held === null)) return null;
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
      ) : (can.approve || can.reject || can.edit) && (
        <div class="bar-buttons">
          {can.approve && (
            <button type="button" class="button primary" aria-disabled={why !== null || sending.value !== null} aria-describedby={why ? "approve-why" : undefined} aria-keyshortcuts="a" onClick={approve}>
              <Icon name={sending.value === "approve" ? "refresh" : "check"} spin={sending.value === "approve"} />
              {verb} <KeyCap of="approve" />
            </button>
          )}
          {can.edit && (
            <button type="button" class="button" disabled={!canDecide.value || sending.value !== null} aria-keyshortcuts="e" onClick={edit}>
              <Icon name="pen" /> Edit <KeyCap of="edit" />
            </button>
          )}
          {can.reject && (
            <button type="button" class="button danger" disabled={!canDecide.value || sending.value !== null} aria-keyshortcuts="r" onClick={reject}>
              <Icon name={sending.value === "reject" ? "refresh" : "close"} spin={sending.value === "reject"} /> Reject <KeyCap of="reject" />
            </button>
          )}
          {(can.approve || can.reject) && <UndoSetting />}
        </div>
      )}
      {rejecting.value && <Reject onClose={() => (rejecting.value = false)} />}
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
