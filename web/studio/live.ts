import { computed, effect, signal, untracked } from "@preact/signals";
import { signedOut, type DeskEvent } from "../shared/api";
import { follow, type Live } from "../shared/stream";

/** How many items wait in the Decision Queue. */
export const waiting = signal<number | null>(null);
const stream = signal<Live | null>(null);
export const state = computed(() => stream.value?.state.value ?? "connecting");
export const heardAt = computed(() => stream.value?.heardAt.value ?? 0);

const hearers = new Set<() => void>();

/** Called when a connection, one of its tools or its health may have changed. */
export function hear(listener: () => void): () => void {
  hearers.add(listener);
  return () => hearers.delete(listener);
}

const ofChanges = new Set<() => void>();

/** Called when a change of the configuration may have been asked for, answered or adopted. */
export function hearChanges(listener: () => void): () => void {
  ofChanges.add(listener);
  return () => ofChanges.delete(listener);
}

function tellAll(): void {
  for (const listener of [...hearers, ...ofChanges]) listener();
}

function receive(events: DeskEvent[]): void {
  for (const event of events) {
    if (event.waiting !== null && event.waiting !== undefined) waiting.value = event.waiting;
    if (event.type === "bye") signedOut.value = true;
  }
  if (events.some((event) => event.type === "hello" || event.type === "connections")) tellAll();
  else if (events.some((event) => event.changed.some((each) => each.startsWith("change-")))) for (const listener of ofChanges) listener();
}

/** Follows what happens for as long as somebody is signed in. */
export function begin(): () => void {
  const live = follow<DeskEvent>({ url: () => "/api/desk/stream", take: receive, flooded: tellAll });
  stream.value = live;
  const stop = effect(() => {
    if (!signedOut.value && untracked(() => live.state.value) === "stopped") live.restart();
  });
  return () => {
    stop();
    live.close();
    stream.value = null;
  };
}
