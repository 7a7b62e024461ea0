import { money, plural } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { KeyCap } from "../../shared/ui/parts";
import { open } from "./batch";
import { selection, selectNone, sums } from "./selection";
import { fresh, letIn, over, wanted } from "./store";

/** Below the list, so that nothing in it moves: what is selected, and what came in meanwhile. */
export function Foot() {
  const chosen = selection.value;
  const news = wanted.value.view !== "decided" && (fresh.value > 0 || over.value > 0);
  if (chosen.length === 0 && !news) return null;
  return (
    <div class="list-foot">
      {chosen.length > 0 && (
        <div class="chosen" role="group" aria-label="Selected">
          <p class="small">
            <strong>{chosen.length} selected</strong>{" "}
            <span class="muted">{sums(chosen).map(money).join(" + ")}</span>
          </p>
          <button type="button" class="button primary" aria-keyshortcuts="Shift+A" onClick={() => void open()}>
            Approve<span class="sr"> {plural(chosen.length, "selected proposal")}</span> <KeyCap of="batch" />
          </button>
          <button type="button" class="button plain square" aria-label="Select none" title="Select none" onClick={selectNone}>
            <Icon name="close" />
          </button>
        </div>
      )}
      {news && (
        <button type="button" class={fresh.value > 0 ? "button news primary" : "button news"} onClick={() => void letIn()}>
          {fresh.value > 0 ? <><Icon name="down" /> {fresh.value} new</> : wanted.value.view === "open" ? `Hide decided (${over.value})` : `Hide what is gone (${over.value})`}
          <span class="sr">{fresh.value > 0 ? " in the queue, show" : ""}</span>
        </button>
      )}
    </div>
  );
}
