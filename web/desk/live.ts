import { computed, effect, signal, untracked } from "@preact/signals";
import { signedOut, type DeskEvent } from "../shared/api";
import { fetchMore, last, mission, showMission, take, takeProgress } from "../shared/explain/store";
import { follow, type Live } from "../shared/stream";

/** How many items wait for a person and are not put aside, as the queue was last read. */
export const waiting = signal<number | null>(null);
/** How many changes of the configuration wait for people. */
export const changesWaiting = signal(0);
const stream = signal<Live | null>(null);
export const state = computed(() => stream.value?.state.value ?? "connecting");
export const heardAt = computed(() => stream.value?.heardAt.value ?? 0);
/** Decisions are off while we do not know how things stand; they are never queued. */
export const canDecide = computed(() => state.value === "live");

type Hear = (event: DeskEvent) => void;
const hearers = new Set<Hear>();

/** Called for each event that is not a line of the rail; `hello` means: anything may have changed, fetch again. */
export function hear(listener: Hear): () => void {
  hearers.add(listener);
  return () => hearers.delete(listener);
}

/** Puts a mission on the rail and lets the stream follow it. */
export async function explainMission(id: string | null): Promise<void> {
  if (id === mission.peek()) return;
  await showMission(id);
  if (mission.peek() === id) stream.peek()?.restart();
}

function receive(events: DeskEvent[]): void {
  take(events.flatMap((event) => event.observation ?? []));
  takeProgress(events.flatMap((event) => event.progress ?? []));
  for (const event of events) {
    if (event.changes !== null && event.changes !== undefined) changesWaiting.value = event.changes;
    if (event.type === "bye") signedOut.value = true;
    for (const listener of hearers) listener(event);
  }
}

function flooded(): void {
  void fetchMore();
  for (const listener of hearers) listener({ type: "hello", waiting: null, changes: null, changed: [], observation: null, progress: null, case_id: null });
}

/** Follows the Desk's stream for as long as somebody is signed in. */
export function begin(): () => void {
  const live = follow<DeskEvent>({
    url: () => (mission.value === null ? "/api/desk/stream" : `/api/desk/stream?mission=${mission.value}&after=${last.value}`),
    take: receive,
    flooded,
  });
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
