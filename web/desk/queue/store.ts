import { batch, computed, signal } from "@preact/signals";
import { get, type QueueItem, type QueuePage } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain, type Failure } from "../../shared/resource";
import { plural } from "../../shared/text";
import { hear, waiting } from "../live";

export type View = "open" | "decided";
export const view = signal<View>("open");
/** The rows on the screen. They change in place, and move only when a person asks for it. */
export const rows = signal<QueueItem[] | null>(null);
export const failure = signal<Failure | null>(null);
const newest = signal<QueueItem[]>([]);

const ids = (items: readonly QueueItem[] | null): Set<string> => new Set(items?.map((each) => each.id));
/** Rows the server has and the screen does not. */
export const fresh = computed(() => {
  const shown = ids(rows.value);
  return newest.value.filter((each) => !shown.has(each.id)).length;
});
const still = computed(() => ids(newest.value));
/** Rows that no longer wait but stay until the person moves on. */
export const over = computed(() => rows.value?.filter((each) => !still.value.has(each.id)).length ?? 0);
export const isOver = (item: QueueItem): boolean => view.value === "open" && !still.value.has(item.id);

let asked = 0;

export async function load({ moving = false } = {}): Promise<void> {
  const mine = ++asked;
  const wanted = view.peek();
  try {
    const page = await get<QueuePage>(`/api/desk/proposals?view=${wanted}`);
    if (mine !== asked) return;
    batch(() => {
      failure.value = null;
      waiting.value = page.waiting;
      newest.value = page.items;
      if (moving || rows.value === null || rows.value.length === 0) rows.value = page.items;
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

/** Lets the news in: the one moment at which rows may move. */
export function letIn(): void {
  rows.value = newest.value;
}

export async function show(next: View): Promise<void> {
  batch(() => {
    view.value = next;
    rows.value = null;
    newest.value = [];
  });
  await load();
}

/** Keeps the rows true for as long as the Desk is open. */
export function keep(): () => void {
  return hear((event) => {
    if (event.type === "hello" || event.type === "queue") void load();
  });
}
