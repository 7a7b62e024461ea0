import { computed, signal } from "@preact/signals";
import { get, post, signedOut, type CaseEvent, type CustomerCase } from "../../shared/api";
import { resource } from "../../shared/resource";
import { follow, type Live } from "../../shared/stream";

const id = signal<string | null>(null);
const address = (): string => `/api/customer/cases/${encodeURIComponent(id.peek() ?? "")}`;
export const shown = resource<CustomerCase>((stop) => get<CustomerCase>(address(), stop));

const stream = signal<Live | null>(null);
export const state = computed(() => stream.value?.state.value ?? "connecting");
export const heardAt = computed(() => stream.value?.heardAt.value ?? 0);

/** Shows a case and follows it until the answer is called. */
export function open(next: string): () => void {
  id.value = next;
  shown.put(null);
  let live: Live | null = null;
  let left = false;
  // Only a case that is there is followed: a wrong address is not asked for again and again.
  void shown.load().then(() => {
    if (left || shown.value.peek() === null) return;
    live = follow<CaseEvent>({ url: () => `${address()}/stream`, take: receive, flooded: () => void shown.load() });
    stream.value = live;
  });
  return () => {
    left = true;
    live?.close();
    stream.value = null;
  };
}

/** After a new sign-in the stream, which had stopped, goes on. */
export function resume(): void {
  if (stream.peek()?.state.peek() === "stopped") stream.peek()?.restart();
}

function receive(events: CaseEvent[]): void {
  if (events.some((event) => event.type === "bye")) signedOut.value = true;
  const newest = events.findLast((event) => event.case !== null && event.case !== undefined)?.case;
  if (!newest || newest.id !== id.peek()) return;
  shown.put(newest); // a new message is read out by the log itself, once
}

export async function write(text: string, key: string): Promise<void> {
  shown.put(await post<CustomerCase>(`${address()}/messages`, { text }, key));
}

export async function askPerson(key: string): Promise<void> {
  shown.put(await post<CustomerCase>(`${address()}/person`, {}, key));
}
