import { signal } from "@preact/signals";
import { Refused } from "../../shared/api";

/** Seconds until this person's next approval is taken, after many in a short time; the server says how many. */
export const slow = signal(0);
let ticking: ReturnType<typeof setInterval> | undefined;

/** Whether the server asked to wait: then the time runs down where Approve stands. */
export function toldToWait(error: unknown): boolean {
  if (!(error instanceof Refused) || error.problem.code !== "slow_down") return false;
  const end = performance.now() + Number(error.problem.current?.["seconds"] ?? 1) * 1_000;
  const tick = (): void => {
    slow.value = Math.max(0, Math.ceil((end - performance.now()) / 1_000));
    if (slow.value === 0) clearInterval(ticking);
  };
  clearInterval(ticking);
  ticking = setInterval(tick, 250);
  tick();
  return true;
}
