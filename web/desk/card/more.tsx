import type { Card } from "../../shared/api";
import { Icon, type IconName } from "../../shared/ui/icon";
import type { KeyName } from "../../shared/keys";
import { KeyCap } from "../../shared/ui/parts";
import type { Claim } from "../claim";
import type { Act } from "./acts";

interface Props {
  card: Card;
  claim: Claim;
  off: boolean;
  onAct: (act: Act) => void;
}

/** What a person does with it beside answering: in a menu, so that the answers stand out. */
export function More({ card, claim, off, onAct }: Props) {
  const one = (icon: IconName, says: string, act: () => void, key?: KeyName) => (
    <button type="button" class="button plain" popovertarget="more" popovertargetaction="hide" disabled={off} onClick={act}>
      <Icon name={icon} /> {says} {key && <KeyCap of={key} />}
    </button>
  );
  return (
    <>
      <button type="button" class="button square more-button" popovertarget="more" aria-label="More" title="More">
        <Icon name="more" />
      </button>
      <div id="more" popover="auto" class="menu more-menu" role="group" aria-label="More">
        {card.can.includes("ask") && one("question", "Ask the customer …", () => onAct("ask"))}
        {card.can.includes("take_over") && one("hand", "Take the case over …", () => onAct("take-over"), "takeOver")}
        {one("give", "Give to somebody …", () => onAct("give"))}
        {one("aside", "Put aside …", () => onAct("aside"), "aside")}
        {claim.other === null && one(claim.mine ? "hidden" : "seen", claim.mine ? "Leave it to others" : "Say that I read it", () => void claim.toggle(), "claim")}
      </div>
    </>
  );
}
