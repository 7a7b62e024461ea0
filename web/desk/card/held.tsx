import { useEffect, useMemo } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { Card, CardDecision } from "../../shared/api";
import { Icon } from "../../shared/ui/icon";
import { KeyCap } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { canDecide } from "../live";
import { sending } from "./store";
import { choices, setUndo, undoFor } from "../undo-for";

/** Answers that do not count yet: whose they are, how long it takes, and for their person the way back. */
export function Held({ card, onTakeBack }: { card: Card; onTakeBack: () => void }) {
  return <>{card.decisions.map((each) => each.held && <One key={each.id} of={each} held={each.held} card={card} onTakeBack={onTakeBack} />)}</>;
}

const said: Record<CardDecision["kind"], string> = { approve: "approved", reject: "rejected", respond: "sent it back", edit: "edited it" };

function One({ of, held, card, onTakeBack }: { of: CardDecision; held: NonNullable<CardDecision["held"]>; card: Card; onTakeBack: () => void }) {
  const left = useLeft(held);
  const mine = of.can.includes("take_back");
  const whole = (new Date(held.until).getTime() - new Date(of.at).getTime()) / 1000;
  return (
    <div class="held">
      <p class="held-says">
        <Icon name="clock" />
        <span>
          {mine ? "You have " : <><Line text={of.by} /> has </>}
          {said[of.kind]}; {comes(of, card)} {left > 0 ? `in ${Math.ceil(left)} s` : "now"}.
        </span>
      </p>
      {mine && (
        <button type="button" class="button" disabled={!canDecide.value || sending.value !== null} aria-keyshortcuts="z" onClick={onTakeBack}>
          <Icon name={sending.value === "take_back" ? "refresh" : "takenBack"} spin={sending.value === "take_back"} /> Take back <KeyCap of="takeBack" />
        </button>
      )}
      <progress max={whole} value={left} aria-label={`Time in which ${mine ? "you" : of.by} can take it back`} />
    </div>
  );
}

/** What happens when the time is over. */
function comes(of: CardDecision, card: Card): string {
  if (of.kind !== "approve") return "the worker hears of it";
  const last = card.signed + 1 >= (card.ruling?.needed ?? 1);
  return last ? "it goes out" : "it counts";
}

/** Seconds that are left, by the time that the server gave: clocks of browsers differ. */
function useLeft(held: NonNullable<CardDecision["held"]>): number {
  const end = useMemo(() => performance.now() + held.seconds * 1000, [held]);
  const left = useSignal(held.seconds);
  useEffect(() => {
    const look = (): void => void (left.value = Math.max(0, (end - performance.now()) / 1000));
    look();
    const timer = setInterval(look, 200);
    return () => clearInterval(timer);
  }, [end]);
  return left.value;
}

/** A person's own setting: how long their answers can be taken back. */
export function UndoSetting() {
  return (
    <label class="undo-setting small muted">
      Undo for
      <select class="input" value={String(undoFor.value)} onChange={(event) => setUndo(Number(event.currentTarget.value))}>
        {choices.map((each) => (
          <option key={each} value={String(each)}>{each} s</option>
        ))}
      </select>
    </label>
  );
}
