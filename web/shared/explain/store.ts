import { batch, computed, signal } from "@preact/signals";
import { get, type Observation, type ObservationPage, type Progress } from "../api";
import { announce } from "../announce";
import { explain, type Failure } from "../resource";

/** The mission whose trace is on the rail. */
export const mission = signal<string | null>(null);
export const observations = signal<Observation[]>([]);
export const seal = signal<Pick<ObservationPage, "verified" | "verified_to" | "broken"> | null>(null);
export const failure = signal<Failure | null>(null);
export const opened = signal<ReadonlySet<number>>(new Set());
/** The field that somebody asked to see: an observation's number and a path into its detail. */
export const lit = signal<{ n: number; path: string | null } | null>(null);

export const last = computed(() => observations.value.at(-1)?.n ?? 0);
const endings = ["concluded", "handed_off", "failed"];
/** The line that ended the mission, if it has ended. */
export const ending = computed(() => observations.value.findLast((each) => endings.includes(each.kind) && each.n === last.value) ?? null);

/** How far the reads are that run just now. It is told as it happens and stored nowhere. */
export const running = signal<readonly Progress[]>([]);
const silence = 30_000; // ms without a word, after which a read is not shown as running any more

let checking: ReturnType<typeof setTimeout> | undefined;

/** Puts a mission on the rail; the stream brings what comes later. */
export async function showMission(id: string | null): Promise<void> {
  if (id === mission.value) return;
  batch(() => {
    mission.value = id;
    observations.value = [];
    seal.value = null;
    failure.value = null;
    opened.value = new Set();
    lit.value = null;
    running.value = [];
  });
  await fetchMore();
}

/** What is stored behind the last line that is shown. */
export async function fetchMore(): Promise<void> {
  const id = mission.value;
  if (id === null) return;
  try {
    const page = await get<ObservationPage>(`/api/desk/missions/${id}/observations?after=${last.value}`);
    if (mission.value !== id) return;
    batch(() => {
      failure.value = null;
      seal.value = page;
      append(page.items);
    });
  } catch (error) {
    if (mission.value === id) failure.value = explain(error);
  }
}

/** Lines from the stream, in order. Repeats are dropped; a gap is filled from the store of the server. */
export function take(news: Observation[]): void {
  const mine = news.filter((each) => each.mission_id === mission.value && each.n > last.value);
  const first = mine[0];
  if (first === undefined) return;
  if (first.n > last.value + 1) return void fetchMore();
  append(mine);
  announce(mine.length === 1 ? first.line : `${mine.length} new steps`);
  clearTimeout(checking);
  checking = setTimeout(() => void fetchMore(), 600);
}

function append(news: readonly Observation[]): void {
  const fresh = news.filter((each) => each.n > last.value);
  if (fresh.length === 0) return;
  batch(() => {
    observations.value = [...observations.value, ...fresh];
    running.value = fresh.reduce(without, running.value);
  });
}

/** What a reader is told of running reads: the newest of each tool counts. */
export function takeProgress(news: readonly Progress[]): void {
  for (const one of news) {
    if (one.mission_id !== mission.value) continue;
    const others = running.value.filter((each) => each.tool !== one.tool);
    running.value = one.over ? others : [...others, one];
    setTimeout(() => (running.value = running.value.filter((each) => each !== one)), silence);
  }
}

/** What still runs once `seen` is known: its own read is over, and with most other lines the turn is. */
function without(still: readonly Progress[], seen: Observation): readonly Progress[] {
  if (["thought", "consulted", "received"].includes(seen.kind)) return still;
  return seen.kind === "seen" ? still.filter((each) => each.tool !== seen.detail["tool"]) : [];
}

export function setOpen(n: number, open: boolean): void {
  if (opened.value.has(n) === open) return;
  const next = new Set(opened.value);
  if (open) next.add(n);
  else next.delete(n);
  opened.value = next;
}

/** Opens an observation and lights one field of it. */
export function light(n: number, path: string | null): void {
  batch(() => {
    setOpen(n, true);
    lit.value = { n, path };
  });
}
