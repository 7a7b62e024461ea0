import { useEffect } from "preact/hooks";
import type { BatchProblem } from "../../shared/api";
import { go } from "../../shared/router";
import { money, plural, visible } from "../../shared/text";
import { Dialog } from "../../shared/ui/dialog";
import { TextField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { Failed, KeyCap, Note, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { approve, busy, failed, items, leaveOut, look, off, preview, results, trouble, typed, unfit } from "./batch";

/** Many like proposals at once: what they come to, what does not fit, and how many, typed by hand. */
export function BatchSheet({ onClose }: { onClose: () => void }) {
  const over = results.value;
  return (
    <Dialog title={over === null ? `Approve ${plural(items.value.length, "proposal")}` : `${plural(Object.keys(over).length, "proposal")} approved`} onClose={onClose} class="batch">
      {over !== null ? <Results of={over} onClose={onClose} /> : <Look onClose={onClose} />}
    </Dialog>
  );
}

function Look({ onClose }: { onClose: () => void }) {
  const ready = preview.value !== null;
  useEffect(() => document.querySelector<HTMLElement>(".batch [inputmode=numeric]")?.focus(), [ready]);
  const submit = (event: Event): void => {
    event.preventDefault();
    void approve();
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  if (failed.value !== null) return <Failed failure={failed.value} what="What it comes to" retry={() => void look()} />;
  if (preview.value === null) return <Skeleton lines={4} label="Looking at them" />;
  const blocked = off.value;
  const { sums } = preview.value;
  return (
    <form class="form" onSubmit={submit} onKeyDown={keyed}>
      <p class="batch-sum">
        <strong>{sums.length > 0 ? sums.map(money).join(" + ") : "No money"}</strong>
        <span class="muted"> in all. Each is sent by itself, and looked at once more before that.</span>
      </p>
      {trouble.value && (
        <div role="alert">
          <Note tone="warn" icon="alert"><Line text={trouble.value} /></Note>
        </div>
      )}
      {unfit.value.length > 0 && <Unfit of={unfit.value} onClose={onClose} />}
      <Items wrong={new Set(unfit.value.map((each) => each.id))} />
      <TextField label={`How many? Type ${items.value.length}`} inputMode="numeric" autocomplete="off" value={typed.value} write={(next) => (typed.value = next)} />
      <div class="form-end">
        {blocked && <p class="muted small batch-why" id="batch-why">{blocked}</p>}
        <button type="button" class="button" onClick={onClose}>Cancel</button>
        <button type="submit" class="button primary" aria-disabled={blocked !== null || busy.value} aria-describedby={blocked ? "batch-why" : undefined}>
          <Icon name={busy.value ? "refresh" : "check"} spin={busy.value} /> Approve {items.value.length} <KeyCap of="confirm" />
        </button>
      </div>
    </form>
  );
}

/** What cannot go with the others, and why: look at it by itself, or leave it out. */
function Unfit({ of: unfits, onClose }: { of: readonly BatchProblem[]; onClose: () => void }) {
  return (
    <div class="note warn">
      <Icon name="alert" />
      <div>
        <p class="strong">{unfits.length === 1 ? "One does not fit" : `${unfits.length} do not fit`}. Nothing is decided until it is left out.</p>
        <ul class="batch-unfit">
          {unfits.map((each) => (
            <li key={each.id}>
              <p>
                <Opens id={each.id} title={each.title} onClose={onClose} /> <span class="small"><Line text={each.why} /></span>
              </p>
              <button type="button" class="button" aria-label={`Leave out ${visible(each.title)}`} onClick={() => void leaveOut(each.id)}>Leave out</button>
            </li>
          ))}
        </ul>
        {unfits.length > 1 && <button type="button" class="button" onClick={() => void leaveOut(...unfits.map((each) => each.id))}>Leave out all {unfits.length}</button>}
      </div>
    </div>
  );
}

function Opens({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const open = (event: Event): void => {
    event.preventDefault();
    onClose();
    go(`/desk/queue/${encodeURIComponent(id)}`);
  };
  return <a href={`/desk/queue/${encodeURIComponent(id)}`} onClick={open}><Line text={title} /></a>;
}

function Items({ wrong }: { wrong: ReadonlySet<string> }) {
  return (
    <ul class="batch-items" aria-label="What is approved" tabIndex={0}>
      {items.value.filter((each) => !wrong.has(each.id)).map((each) => (
        <li key={each.id}>
          <span><Line text={each.title} /> <span class="muted small">· <Line text={each.customer} /></span></span>
          {each.amount && <span class="num">{money(each.amount)}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Each for itself, as it goes. */
function Results({ of: found, onClose }: { of: Readonly<Record<string, string>>; onClose: () => void }) {
  return (
    <div class="form">
      <ul class="batch-items" aria-label="What became of each" tabIndex={0}>
        {items.value.filter((each) => each.id in found).map((each) => (
          <li key={each.id}>
            <Opens id={each.id} title={each.title} onClose={onClose} />
            <span class={found[each.id]?.includes("but") || found[each.id]?.includes("not known") ? "mark warn" : found[each.id] === "approved, done" ? "mark ok" : "mark"}>
              <Icon name={found[each.id]?.includes("but") ? "alert" : found[each.id] === "approved, done" ? "checkCircle" : "clock"} /> {found[each.id]}
            </span>
          </li>
        ))}
      </ul>
      <div class="form-end">
        <button type="button" class="button primary" autofocus onClick={onClose}>Back to the list</button>
      </div>
    </div>
  );
}
