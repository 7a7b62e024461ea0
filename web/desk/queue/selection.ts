import { computed, signal } from "@preact/signals";
import type { Money, QueueItem } from "../../shared/api";
import { isOver, rows } from "./store";

const picked = signal<ReadonlySet<string>>(new Set());
let last: string | null = null; // from where a range reaches

/** Only what can be approved with others: a proposal that waits. */
export const selectable = (item: QueueItem): boolean => item.kind === "proposal" && !item.decided && !!item.digest && !isOver(item);
/** What is selected and still waits, in the order of the list. */
export const selection = computed(() => rows.value?.filter((each) => picked.value.has(each.id) && selectable(each)) ?? []);
export const isSelected = (id: string): boolean => picked.value.has(id);

export function select(id: string, on = !picked.peek().has(id)): void {
  const now = new Set(picked.peek());
  if (on) now.add(id);
  else now.delete(id);
  picked.value = now;
  last = id;
}

/** From the last one selected to this one. */
export function selectTo(id: string): void {
  const all = rows.peek() ?? [];
  const ends = [last ?? id, id].map((each) => all.findIndex((row) => row.id === each));
  const reach = ends.includes(-1) ? [] : all.slice(Math.min(...ends), Math.max(...ends) + 1);
  picked.value = new Set([...picked.peek(), id, ...reach.filter(selectable).map((each) => each.id)]);
  last = id;
}

export function selectNone(): void {
  picked.value = new Set();
  last = null;
}

/** What they come to, by currency. */
export function sums(items: readonly QueueItem[]): Money[] {
  const found = new Map<string, number>();
  for (const { amount } of items) if (amount) found.set(amount.currency, (found.get(amount.currency) ?? 0) + amount.minor);
  return [...found].map(([currency, minor]) => ({ currency, minor }));
}
