import { useSignal } from "@preact/signals";
import type { ChangeCard } from "../../shared/api";
import { useKeys } from "../../shared/keys";
import { Dialog } from "../../shared/ui/dialog";
import { Icon } from "../../shared/ui/icon";
import { KeyCap } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { WordsDialog } from "../words-dialog";
import { canDecide } from "../live";
import { act, sending, type Act } from "./store";

/** Approve, Reject, Withdraw, as far as this person may. The focus never begins on Approve. */
export function ChangeBar({ of }: { of: ChangeCard }) {
  const asking = useSignal<Act | null>(null);
  if (of.row.state !== "open") return null;
  return <Waiting of={of} asking={asking.value} ask={(next) => (asking.value = next)} />;
}

function Waiting({ of, asking, ask }: { of: ChangeCard; asking: Act | null; ask: (next: Act | null) => void }) {
  const off = !canDecide.value || sending.value !== null;
  const stale = of.base !== of.stands;
  const does = async (what: Act, note = ""): Promise<void> => {
    ask(null);
    await act(what, note);
    requestAnimationFrame(() => document.getElementById("outcome")?.focus()); // its row moves to the closed ones
  };
  const begins = (what: Act): void => {
    const may = what === "withdraw" ? of.may_withdraw : of.may_answer;
    if (may && !off && !(stale && what === "approve")) ask(what);
  };
  useKeys({
    approve: () => begins("approve"),
    reject: () => begins("reject"),
    confirm: () => asking === "approve" && !off && void does("approve"),
    ...(asking === "approve" && { out: () => ask(null) }),
  });
  return (
    <div class="bar">
      {of.cannot && (
        <p class="bar-why small">
          <Icon name="lock" /> <span><Line text={of.cannot} /></span>
        </p>
      )}
      {!canDecide.value && (
        <p class="bar-why small" id="change-why">
          <Icon name="info" /> Reconnecting. Nothing can be answered until we know how things stand.
        </p>
      )}
      {asking === "approve" ? (
        <div class="bar-buttons" role="group" aria-label="Confirm">
          <p class="strong" role="alert">{of.row.needed <= 1 ? "It is in force at once, for everybody." : "One more person is needed after you."} Approve it?</p>
          <button type="button" class="button primary" aria-disabled={off} onClick={() => !off && void does("approve")}>
            <Icon name="check" /> Approve <KeyCap of="confirm" />
          </button>
          <button type="button" class="button" onClick={() => ask(null)}>
            Not yet <KeyCap of="out" />
          </button>
        </div>
      ) : (
        (of.may_answer || of.may_withdraw) && (
          <div class="bar-buttons">
            {of.may_answer && (
              <>
                <button type="button" class="button primary" aria-disabled={off || stale} aria-keyshortcuts="a" aria-describedby={canDecide.value ? undefined : "change-why"} onClick={() => begins("approve")}>
                  <Icon name={sending.value === "approve" ? "refresh" : "check"} spin={sending.value === "approve"} /> Approve <KeyCap of="approve" />
                </button>
                <button type="button" class="button danger" disabled={off} aria-keyshortcuts="r" onClick={() => begins("reject")}>
                  <Icon name="close" /> Reject <KeyCap of="reject" />
                </button>
              </>
            )}
            {of.may_withdraw && (
              <button type="button" class="button" disabled={off} onClick={() => begins("withdraw")}>
                <Icon name="takenBack" /> Withdraw
              </button>
            )}
          </div>
        )
      )}
      {asking === "reject" && (
        <WordsDialog title="Reject" label="Why not?" help="What is in force stays. Who asked reads this, and can ask for something else." button="Reject" longest={2_000} send={(words) => does("reject", words)} onClose={() => ask(null)} />
      )}
      {asking === "withdraw" && <Withdraw onYes={() => void does("withdraw")} onClose={() => ask(null)} />}
    </div>
  );
}

function Withdraw({ onYes, onClose }: { onYes: () => void; onClose: () => void }) {
  return (
    <Dialog title="Withdraw this?" onClose={onClose}>
      <div class="form">
        <p>What is in force stays. You can ask for it again.</p>
        <div class="form-end">
          <button type="button" class="button" onClick={onClose}>Keep it</button>
          <button type="button" class="button primary" autofocus onClick={onYes}>Withdraw</button>
        </div>
      </div>
    </Dialog>
  );
}
