import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Refused, type Attention } from "../shared/api";
import { announce } from "../shared/announce";
import { explain } from "../shared/resource";
import { claim, readerOf, release, releaseAtOnce } from "./attention";

const dwell = 700; // ms: who only passes by with `j` reads nothing
const renewal = 120_000; // a claim is good for five minutes

export interface Claim {
  /** Somebody else who reads it just now. */
  other: string | null;
  mine: boolean;
  /** Although somebody else reads it. */
  take: () => Promise<void>;
  /** Read it, or leave it to others. */
  toggle: () => Promise<void>;
  /** It is somebody else's from now on, or nobody's until later. */
  leave: () => Promise<void>;
}

/** Says that this person reads `item` for as long as it is open and the tab is seen. Leaving it ends that.
 *
 * `seen` is what the server last told with the item, and `reload` asks it again; nothing is claimed unless they `may`.
 */
export function useClaim(item: string, seen: Attention | null, may: boolean, reload: () => Promise<void>): Claim {
  const told = useSignal(seen);
  const wanted = useSignal(true);
  const still = useRef(may); // what waits no longer needs no release
  still.current = may;
  useEffect(() => void (told.value = seen), [seen]);
  const reader = readerOf(told.value);
  const mine = reader?.isMe === true;
  const have = useRef(mine);
  have.current = mine;
  const free = may && wanted.value && !(reader !== null && !mine);

  const ask = async (although: boolean): Promise<void> => {
    try {
      told.value = await claim(item, although);
    } catch (error) {
      explain(error); // whatever it is: reading goes on, and the next look at the server shows who has it
      if (error instanceof Refused && error.problem.status !== 401) await reload();
    }
  };
  const leave = async (): Promise<void> => {
    wanted.value = false;
    if (have.current) told.value = await release(item).catch((error: unknown) => (explain(error), null));
  };
  useEffect(() => {
    if (!free) return;
    const seenNow = (): void => void (document.visibilityState === "visible" && ask(false));
    const first = mine ? undefined : setTimeout(seenNow, dwell);
    const again = setInterval(seenNow, renewal);
    document.addEventListener("visibilitychange", seenNow);
    return () => {
      clearTimeout(first);
      clearInterval(again);
      document.removeEventListener("visibilitychange", seenNow);
    };
  }, [item, free, mine]);
  useEffect(() => {
    const closing = (): void => void (have.current && still.current && releaseAtOnce(item));
    addEventListener("pagehide", closing);
    return () => {
      removeEventListener("pagehide", closing);
      if (have.current && still.current) void release(item).catch(explain);
    };
  }, [item]);

  return {
    other: reader !== null && !mine ? reader.name : null,
    mine,
    take: async () => {
      wanted.value = true;
      await ask(true);
    },
    toggle: async () => {
      wanted.value = !mine;
      if (!mine) return ask(false).then(() => announce("You read this now.", { urgent: true }));
      await leave();
      announce("Left to others.", { urgent: true });
    },
    leave,
  };
}
