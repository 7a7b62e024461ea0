import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { announce } from "../shared/announce";
import { explain } from "../shared/resource";

export interface Acting {
  busy: boolean;
  /** Why it was not done, in words. */
  wrong: string | null;
  /** `done` is what a screen reader is told afterwards. */
  act: (what: () => Promise<void>, done: string) => Promise<void>;
}

/** Does something once at a time, says that it is done, and closes. */
export function useAct(onDone: () => void): Acting {
  const busy = useSignal(false);
  const wrong = useSignal<string | null>(null);
  const there = useRef(true);
  useEffect(() => () => void (there.current = false), []);
  const act = async (what: () => Promise<void>, done: string): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    wrong.value = null;
    try {
      await what();
      announce(done, { urgent: true });
      if (there.current) onDone();
    } catch (error) {
      wrong.value = explain(error).message;
    } finally {
      busy.value = false;
    }
  };
  return { busy: busy.value, wrong: wrong.value, act };
}
