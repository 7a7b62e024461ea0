import type { Card } from "../../shared/api";
import { Icon, type IconName } from "../../shared/ui/icon";
import { KeyCap } from "../../shared/ui/parts";
import { keys, type KeyName } from "../../shared/keys";
import type { Claim } from "../claim";
import type { Act } from "./acts";
import { UndoSetting } from "./held";
import { More } from "./more";
import { approveOff, confirming, mayAttend, sending } from "./store";

interface Props {
  card: Card;
  claim: Claim;
  off: boolean;
  approve: () => void;
  edit: () => void;
  begins: (act: Act) => void;
}

/** The answers side by side, and a menu for the rest. */
export function Buttons({ card, claim, off, approve, edit, begins }: Props) {
  const why = approveOff.value;
  const busy = sending.value;
  const one = (act: "edit" | "reject" | "respond", icon: IconName, says: string, does: () => void) =>
    card.can.includes(act) && (
      <button type="button" class={act === "reject" ? "button danger" : "button"} disabled={off} aria-keyshortcuts={shortcut(act)} onClick={does}>
        <Icon name={busy === act ? "refresh" : icon} spin={busy === act} /> {says} <KeyCap of={act} />
      </button>
    );
  return (
    <div class="bar-buttons">
      {card.can.includes("approve") && (
        <button type="button" class="button primary" aria-disabled={why !== null || busy !== null} aria-describedby={why ? "approve-why" : undefined} aria-keyshortcuts={shortcut("approve")} onClick={approve}>
          <Icon name={busy === "approve" ? "refresh" : "check"} spin={busy === "approve"} />
          {approveVerb(card)} <KeyCap of="approve" />
        </button>
      )}
      {one("edit", "pen", "Edit", edit)}
      {one("reject", "close", "Reject", () => begins("reject"))}
      {one("respond", "respond", "Respond", () => begins("respond"))}
      {mayAttend(card) && <More card={card} claim={claim} off={off} onAct={begins} />}
      {(card.can.includes("approve") || card.can.includes("reject")) && <UndoSetting />}
    </div>
  );
}

const shortcut = (key: KeyName): string => keys[key].on[0];

/** Where two must sign, the button says whether this signature sends. */
function approveVerb(card: Card): string {
  const needed = card.ruling?.needed ?? 1;
  const { signed } = card;
  if (needed < 2) return "Approve";
  return signed + 1 < needed ? `Sign, ${signed + 1} of ${needed}` : "Sign and send";
}

/** What is risky is asked twice. */
export function Confirm({ card, onYes }: { card: Card; onYes: () => void }) {
  const verb = approveVerb(card);
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
