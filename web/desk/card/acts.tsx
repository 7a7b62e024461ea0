import type { Attention, Card } from "../../shared/api";
import { visible } from "../../shared/text";
import { Dialog } from "../../shared/ui/dialog";
import { KeyCap } from "../../shared/ui/parts";
import { tell } from "../attention";
import { Aside } from "../aside";
import type { Claim } from "../claim";
import { backToList } from "../focus";
import { GiveTo } from "../give";
import { canDecide } from "../live";
import { Reject } from "./reject";
import { attended, decide, inHand } from "./store";
import { WordsDialog } from "../words-dialog";

export type Act = "reject" | "respond" | "ask" | "take-over" | "give" | "aside";

/** What an act needs before it is done: a reason, words, a person, a time, or a second yes. */
export function ActDialog({ act, card, claim, onClose }: { act: Act; card: Card; claim: Claim; onClose: () => void }) {
  const customer = visible(card.customer);
  const done = (seen: Attention | null, says: string): void => {
    attended(seen, says);
    void claim.leave();
  };
  switch (act) {
    case "reject":
      return <Reject onClose={onClose} />;
    case "respond":
      return (
        <WordsDialog
          title="Send it back"
          label="What should the worker do instead?"
          help="Nothing is sent to the outside. The worker reads this and looks again, or hands the case to a person."
          button="Send it back"
          longest={2_000}
          send={async (words) => (await decide("respond", words)) && backToList(card.id)}
          onClose={onClose}
        />
      );
    case "ask":
      return (
        <WordsDialog
          title="Ask the customer"
          label={`Your question to ${customer}`}
          help={`${customer} reads it in your name. The proposal is taken back, and the worker goes on from the answer.`}
          button="Ask"
          longest={10_000}
          send={(question) => inHand("ask", { question })}
          onClose={onClose}
        />
      );
    case "take-over":
      return <TakeOver customer={customer} onClose={onClose} />;
    case "give":
      return <GiveTo item={card.id} onDone={done} onClose={onClose} />;
    case "aside":
      return (
        <Aside
          item={card.id}
          onDone={(seen, says) => {
            tell(card.id, says.replace(/^Put/, "put").replace(/\.$/, ""));
            done(seen, says);
          }}
          onClose={onClose}
        />
      );
  }
}

function TakeOver({ customer, onClose }: { customer: string; onClose: () => void }) {
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!canDecide.value) return;
    onClose();
    void inHand("take-over", {});
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <Dialog title="Take the case over?" onClose={onClose}>
      <form class="form" onSubmit={submit} onKeyDown={keyed}>
        <p>The proposal is taken back, the worker stops, and {customer} reads that they are talking with you. Nothing of it is sent.</p>
        <div class="form-end">
          <button type="button" class="button" onClick={onClose}>Cancel</button>
          <button type="submit" class="button primary" autofocus disabled={!canDecide.value}>
            Take it over <KeyCap of="confirm" />
          </button>
        </div>
      </form>
    </Dialog>
  );
}
