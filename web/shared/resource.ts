import { batch, signal, type ReadonlySignal } from "@preact/signals";
import { NoAnswer, Refused } from "./api";

/** Why something could not be shown; `gone` when there is no such thing (or not for this person). */
export interface Failure {
  message: string;
  gone: boolean;
}

/** Something the server keeps: its newest known state, and how asking for it went. */
export interface Resource<T> {
  value: ReadonlySignal<T | null>;
  failure: ReadonlySignal<Failure | null>;
  loading: ReadonlySignal<boolean>;
  load(): Promise<void>;
  /** What an answer to a POST says is the newest state too. */
  put(value: T | null): void;
}

/** `fetchIt` is asked again at each `load`; an older answer never overwrites a newer one. */
export function resource<T>(fetchIt: (stop: AbortSignal) => Promise<T>): Resource<T> {
  const value = signal<T | null>(null);
  const failure = signal<Failure | null>(null);
  const loading = signal(false);
  let newest = new AbortController();

  const put = (next: T | null): void => {
    newest.abort();
    batch(() => {
      value.value = next;
      failure.value = null;
      loading.value = false;
    });
  };
  const load = async (): Promise<void> => {
    newest.abort();
    newest = new AbortController();
    const mine = newest.signal;
    loading.value = true;
    try {
      const next = await fetchIt(mine);
      if (!mine.aborted) put(next);
    } catch (error) {
      if (mine.aborted) return;
      batch(() => {
        loading.value = false;
        failure.value = explain(error);
      });
    }
  };
  return { value, failure, loading, load, put };
}

/** In words; what is no answer of the server is a fault of the page and goes on to the console. */
export function explain(error: unknown): Failure {
  if (error instanceof Refused) return { message: error.problem.message, gone: error.problem.status === 404 };
  if (error instanceof NoAnswer) return { message: "The server did not answer. Check your connection.", gone: false };
  throw error;
}
