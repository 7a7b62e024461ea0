import { batch, signal, type ReadonlySignal } from "@preact/signals";
import { signedOut } from "./api";
import { EventReader } from "./sse";

export type LiveState = "connecting" | "live" | "reconnecting" | "stopped";

export interface Live {
  state: ReadonlySignal<LiveState>;
  /** When the server was last heard, in ms since 1970. */
  heardAt: ReadonlySignal<number>;
  /** Connects anew at once, with a fresh address. */
  restart(): void;
  close(): void;
}

export interface Follow<E> {
  /** Asked at each connection, so that it can carry the newest position. */
  url: () => string;
  /** Events in order, all of one frame at once, inside one batch. */
  take: (events: E[]) => void;
  /** More came than a page can show: fetch the whole instead. */
  flooded: () => void;
}

const silence = 45_000; // the server says something every 15 s
const healthy = 10_000;
const flood = 1_000;

/** Follows a stream of events: reconnects by itself, resumes where it was, says in `state` how it stands. */
export function follow<E>({ url, take, flooded }: Follow<E>): Live {
  const state = signal<LiveState>("connecting");
  const heardAt = signal(Date.now());
  let waiting: E[] = [];
  let scheduled = false;
  let closed = false;
  let failures = 0;
  let attempt = new AbortController();
  let wake = (): void => undefined;

  const apply = (): void => {
    scheduled = false;
    const events = waiting;
    waiting = [];
    if (closed) return;
    batch(() => (events.length > flood ? flooded() : take(events)));
  };
  const enqueue = (event: E): void => {
    waiting.push(event);
    if (scheduled) return;
    scheduled = true;
    // A hidden tab gets no frames.
    if (document.hidden) setTimeout(apply, 100);
    else requestAnimationFrame(apply);
  };

  const connect = async (stop: AbortController): Promise<number | null> => {
    const response = await fetch(url(), { headers: { accept: "text/event-stream" }, signal: stop.signal, cache: "no-store" });
    if (!response.ok || response.body === null) return response.status;
    const since = Date.now();
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    const events = new EventReader();
    let watchdog = setTimeout(() => stop.abort(), silence);
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return null;
        clearTimeout(watchdog);
        watchdog = setTimeout(() => stop.abort(), silence);
        state.value = "live";
        heardAt.value = Date.now();
        for (const event of events.push(decoder.decode(value, { stream: true }))) enqueue(JSON.parse(event.data) as E);
      }
    } finally {
      clearTimeout(watchdog);
      if (Date.now() - since > healthy) failures = 0;
    }
  };

  const pause = (ms: number): Promise<void> =>
    new Promise((done) => {
      const timer = setTimeout(done, ms);
      wake = () => (clearTimeout(timer), done());
    });

  const run = async (): Promise<void> => {
    while (!closed) {
      attempt = new AbortController();
      const mine = attempt;
      // Whatever broke the connection, the answer is the same: say so and try again.
      const status = await connect(mine).catch(() => null);
      if (closed) return;
      if (status === 401) signedOut.value = true;
      if (status !== null && [401, 403, 404, 410].includes(status)) {
        state.value = "stopped";
        await new Promise<void>((done) => (wake = done));
        continue;
      }
      if (mine.signal.reason === "restart") continue;
      state.value = "reconnecting";
      await pause(Math.min(15_000, 500 * 2 ** failures++) * (0.5 + Math.random()));
    }
  };

  const nudge = (): void => {
    if (!document.hidden && state.value === "reconnecting") wake();
  };
  // The machine says that its network is gone: a silent connection would pretend to be live until the watchdog barks.
  const drop = (): void => attempt.abort("offline");
  window.addEventListener("offline", drop);
  window.addEventListener("online", nudge);
  document.addEventListener("visibilitychange", nudge);
  void run();

  return {
    state,
    heardAt,
    restart: () => {
      failures = 0;
      attempt.abort("restart");
      wake();
    },
    close: () => {
      closed = true;
      attempt.abort();
      wake();
      window.removeEventListener("offline", drop);
      window.removeEventListener("online", nudge);
      document.removeEventListener("visibilitychange", nudge);
    },
  };
}
