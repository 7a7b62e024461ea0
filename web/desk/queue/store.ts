import { batch, computed, signal } from "@preact/signals";
import { get, type QueueItem, type QueuePage } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain, type Failure } from "../../shared/resource";
import { plural } from "../../shared/text";
import { became } from "../attention";
import { hear, waiting } from "../live";

export type View = "open" | "mine" | "late" | "aside" | "decided";
export interface Wanted {
  view: View;
  words: string;
  brief: string;
  risk: string;
}
/** What is looked for; an empty text is anything. */
export const wanted = signal<Wanted>({ view: "open", words: "", brief: "", risk: "" });
export const narrowed = computed(() => wanted.value.view !== "decided" && [wanted.value.words.trim(), wanted.value.brief, wanted.value.risk].some((each) => each !== ""));
/** The rows on the screen. They change in place, and move only when a person asks for it. */
export const rows = signal<QueueItem[] | null>(null);
/** Where the rows after these begin; `null`: these are all. */
export const next = signal<string | null>(null);
export const failure = signal<Failure | null>(null);
export const counts = signal<Pick<QueuePage, "waiting" | "mine" | "late" | "aside" | "briefs"> | null>(null);
const newest = signal<QueueItem[]>([]);

const ids = (items: readonly QueueItem[] | null): Set<string> => new Set(items?.map((each) => each.id));
/** Rows the server has and the screen does not; what only comes after the page that is shown is no news. */
export const fresh = computed(() => {
  const shown = ids(rows.value);
  const reach = next.value === null ? newest.value.length : newest.value.findLastIndex((each) => shown.has(each.id)) + 1;
  return newest.value.slice(0, reach).filter((each) => !shown.has(each.id)).length;
});
const still = computed(() => ids(newest.value));
/** Rows that are here no longer but stay until the person moves on. */
export const isOver = (item: QueueItem): boolean => wanted.value.view !== "decided" && !still.value.has(item.id);
export const over = computed(() => rows.value?.filter(isOver).length ?? 0);

const pageSize = 50;
const most = 200; // that the server gives at once
const address = (after: string | null, limit: number): string => {
  const { view, words, brief, risk } = wanted.peek();
  const asked = { view, words: words.trim(), brief, risk, after: after ?? "", limit: String(limit) };
  return `/api/desk/proposals?${new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ""))}`;
};

/** The first so many rows, in as many pages as that takes. */
async function first(upTo: number): Promise<QueuePage> {
  let page = await get<QueuePage>(address(null, Math.min(upTo, most)));
  const items = [...page.items];
  while (page.next !== null && items.length < upTo) {
    page = await get<QueuePage>(address(page.next, Math.min(upTo - items.length, most)));
    items.push(...page.items);
  }
  return { ...page, items };
}

let asked = 0;
let toMove = false; // something else is looked for: the rows on the screen are an answer to another question

export async function load({ moving = false } = {}): Promise<void> {
  const mine = ++asked;
  toMove ||= moving;
  const shown = rows.peek()?.length ?? 0;
  const anew = toMove || shown === 0;
  // A page more than is shown: so many news can come in before a row that still waits is out of sight.
  const upTo = anew ? Math.max(pageSize, Math.ceil(shown / pageSize) * pageSize) : shown + pageSize;
  try {
    const page = await first(upTo);
    if (mine !== asked) return;
    batch(() => {
      failure.value = null;
      waiting.value = page.waiting;
      counts.value = page;
      newest.value = page.items;
      if (anew) [rows.value, next.value, toMove] = [page.items, page.next, false];
      else update(page.items);
    });
    if (fresh.peek() > 0) announce(`${plural(fresh.peek(), "new item")} in the queue`);
  } catch (error) {
    if (mine === asked) failure.value = explain(error);
  }
}

function update(items: readonly QueueItem[]): void {
  const found = new Map(items.map((each) => [each.id, each]));
  rows.value = rows.peek()?.map((each) => found.get(each.id) ?? each) ?? null;
}

export const loadingMore = signal(false);
/** The next page, below what is shown. */
export async function more(): Promise<void> {
  const from = next.peek();
  const question = wanted.peek();
  if (from === null || loadingMore.peek()) return;
  loadingMore.value = true;
  try {
    const page = await get<QueuePage>(address(from, pageSize));
    if (question !== wanted.peek() || from !== next.peek()) return;
    const known = ids(rows.peek());
    const found = page.items.filter((each) => !known.has(each.id));
    batch(() => {
      rows.value = [...(rows.peek() ?? []), ...found];
      newest.value = [...newest.peek(), ...found.filter((each) => !still.peek().has(each.id))];
      next.value = page.next;
    });
    announce(`${plural(found.length, "more item")}`, { urgent: true });
  } catch (error) {
    failure.value = explain(error);
  } finally {
    loadingMore.value = false;
  }
}

/** Lets the news in: the one moment at which rows may move. */
export const letIn = (): Promise<void> => load({ moving: true });

/** Another view: its rows come anew. */
export async function show(view: View): Promise<void> {
  batch(() => {
    wanted.value = { ...wanted.peek(), view };
    rows.value = null;
    next.value = null;
    newest.value = [];
    became.value = {};
  });
  await load({ moving: true });
}

let typing: ReturnType<typeof setTimeout> | undefined;
/** Looks for something else in this view, a little after the last key. The rows stay until the answer is there. */
export function look(change: Partial<Wanted>, after = 0): void {
  wanted.value = { ...wanted.peek(), ...change };
  toMove = true;
  clearTimeout(typing);
  typing = setTimeout(() => void load({ moving: true }).then(() => announce(plural(rows.peek()?.length ?? 0, "item"))), after);
}

/** Keeps the rows true for as long as the Desk is open. */
export function keep(): () => void {
  return hear((event) => {
    if (event.type === "hello" || event.type === "queue") void load();
  });
}
