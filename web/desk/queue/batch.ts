import { computed, signal } from "@preact/signals";
import { get, newKey, NoAnswer, post, Refused, type BatchProblem, type BatchResult, type BatchView, type Card, type NewBatch, type QueueItem } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain, type Failure } from "../../shared/resource";
import { plural } from "../../shared/text";
import { tell } from "../attention";
import { canDecide } from "../live";
import { withPassword } from "../step-up";
import { undoFor } from "../undo-for";
import { select, selection, selectNone } from "./selection";

/** What is in the sheet: as it was selected, with the digests that were on the screen then. */
export const items = signal<readonly QueueItem[]>([]);
export const preview = signal<BatchView | null>(null);
export const failed = signal<Failure | null>(null);
export const typed = signal("");
export const trouble = signal<string | null>(null);
export const busy = signal(false);
/** After the approval: each with what became of it so far. */
export const results = signal<Readonly<Record<string, string>> | null>(null);
export const isOpen = signal(false);

export const unfit = computed<BatchProblem[]>(() => [...(preview.value?.problems ?? []), ...(preview.value?.outliers ?? [])]);
/** Why it cannot be approved, in words. */
export const off = computed(() => {
  if (!canDecide.value) return "Reconnecting. Nothing can be decided until then.";
  if (preview.value === null) return "Looking at them first.";
  if (unfit.value.length > 0) return "Leave out what does not fit first.";
  return typed.value.trim() === String(items.value.length) ? null : `Type ${items.value.length} to say that you mean all of them.`;
});

let key = newKey();
const body = (count: number): NewBatch => ({ items: items.peek().map((each) => ({ id: each.id, digest: each.digest ?? "" })), count, undo: undoFor.peek() });

export async function open(): Promise<void> {
  items.value = selection.peek();
  if (items.peek().length === 0) return;
  [typed.value, trouble.value, results.value, isOpen.value] = ["", null, null, true];
  await look();
}

let asked = 0;
/** What approving them would come to, by the server. */
export async function look(): Promise<void> {
  const mine = ++asked;
  [preview.value, failed.value, key] = [null, null, newKey()];
  try {
    const found = await post<BatchView>("/api/desk/batches/preview", body(0), newKey());
    if (mine === asked) preview.value = found;
  } catch (error) {
    if (mine === asked) failed.value = explain(error);
  }
}

/** Not with the others; it stays in the queue. */
export async function leaveOut(...ids: string[]): Promise<void> {
  for (const id of ids) select(id, false);
  items.value = items.peek().filter((each) => !ids.includes(each.id));
  trouble.value = null;
  if (items.peek().length === 0) isOpen.value = false;
  else await look();
}

/** All of them, or none. */
export async function approve(): Promise<void> {
  if (off.peek() !== null || busy.peek()) return;
  [busy.value, trouble.value] = [true, null];
  try {
    const { approved } = await withPassword(() => post<BatchResult>("/api/desk/batches", body(Number(typed.peek())), key));
    results.value = Object.fromEntries(approved.map((id) => [id, "approved"]));
    for (const id of approved) tell(id, "approved");
    selectNone();
    announce(`${plural(approved.length, "proposal")} approved.`, { urgent: true });
    void follow(approved);
  } catch (error) {
    if (error instanceof Refused && error.problem.current) preview.value = error.problem.current as unknown as BatchView;
    trouble.value = error instanceof NoAnswer ? "No answer came: it is not known if this was saved. Approve again, and it is approved once." : explain(error).message;
  } finally {
    busy.value = false;
  }
}

const pause = 1_000; // ms between looks
const looks = 60;

/** Looks until it is known of each what became of it, or for a minute. */
async function follow(ids: readonly string[]): Promise<void> {
  let open = [...ids];
  for (let times = 0; times < looks && open.length > 0; times++) {
    const left: string[] = [];
    for (const id of open) {
      const card = await get<Card>(`/api/desk/proposals/${encodeURIComponent(id)}`).catch((error: unknown) => (explain(error), null));
      const word = card && wordFor(card);
      if (word) {
        tell(id, word.says);
        if (results.peek() !== null && id in results.peek()!) results.value = { ...results.peek(), [id]: word.says };
      }
      if (!word?.final) left.push(id);
    }
    open = left;
    if (open.length > 0) await new Promise((done) => setTimeout(done, pause));
  }
}

const ends: Partial<Record<string, string>> = { done: "approved, done", failed: "approved, but it failed: nothing has changed", stale: "approved, but not sent: the facts had changed", skipped: "approved, but not sent", unknown: "approved, not known if it happened" };

/** What became of one of them. */
export function wordFor(card: Card): { says: string; final: boolean } {
  const held = card.decisions.find((each) => each.held)?.held;
  if (held) return { says: "approved, can still be taken back", final: false };
  if (card.state === "open") return { says: "signed, another person must sign too", final: true };
  const states = card.actions.map((each) => each.effect?.state ?? "intent");
  const worst = ["unknown", "failed", "stale", "skipped"].find((each) => (states as string[]).includes(each)) ?? (states.every((each) => each === "done") ? "done" : null);
  return worst === null ? { says: "approved, being carried out", final: false } : { says: ends[worst] ?? worst, final: true };
}
