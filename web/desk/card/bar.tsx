import { useSignal } from "@preact/signals";
import type { Card } from "../../shared/api";
import { useKeys } from "../../shared/keys";
import { Icon } from "../../shared/ui/icon";
import { Line } from "../../shared/ui/words";
import type { Claim } from "../claim";
import { canDecide } from "../live";
import { ActDialog, type Act } from "./acts";
import { Buttons, Confirm } from "./buttons";
import { begin } from "./edit";
import { Held } from "./held";
import { approveOff, confirming, decide, mayAttend, sending, takeBack } from "./store";
import { takeable } from "./undo";

/** Approve, Edit, Reject, Respond, and more. The focus never begins on Approve. */
export function Bar({ card, claim }: { card: Card; claim: Claim }) {
  const act = useSignal<Act | null>(null);
  const can = (one: Card["can"][number]): boolean => card.can.includes(one);
  const attends = mayAttend(card);
  const off = !canDecide.value || sending.value !== null;
  const decideNow = async (): Promise<void> => {
    await decide("approve");
    document.getElementById("outcome")?.focus();
  };
  const approve = (): void => {
    if (!can("approve") || approveOff.value !== null || sending.value !== null) return;
    if (card.risk === "high") confirming.value = true;
    else void decideNow();
  };
  const edit = (): void => {
    if (can("edit") && !off) void begin(card);
  };
  const begins = (next: Act, may = true): void => {
    if (may && !off) act.value = next;
  };
  const undo = async (): Promise<void> => {
    await takeBack();
    document.getElementById("outcome")?.focus();
  };
  useKeys({
    approve,
    edit,
    reject: () => begins("reject", can("reject")),
    respond: () => begins("respond", can("respond")),
    takeOver: () => begins("take-over", can("take_over")),
    aside: () => begins("aside", attends),
    claim: () => (claim.other === null ? attends && void claim.toggle() : document.getElementById("take-it")?.focus()),
    takeBack: () => void undo(),
    ...(confirming.value && { confirm: () => void decideNow(), out: () => (confirming.value = false) }),
  });
  const cannot = takeable(card) ? null : card.cannot;
  const why = can("approve") ? approveOff.value : null;
  const answers = can("approve") || can("reject") || can("edit") || can("respond") || attends;
  const empty = !answers && cannot === null && card.decisions.every((each) => each.held === null);
  return (
    <>
      {!empty && (
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
          {confirming.value ? <Confirm card={card} onYes={() => void decideNow()} /> : answers && <Buttons card={card} claim={claim} off={off} approve={approve} edit={edit} begins={begins} />}
        </div>
      )}
      {/* Beside the bar: what somebody types stays, whatever becomes of the card meanwhile. */}
      {act.value && <ActDialog act={act.value} card={card} claim={claim} onClose={() => (act.value = null)} />}
    </>
  );
}
