import { now, since } from "../shared/text";

export interface Due {
  late: boolean;
  /** Half of its time is over. */
  half: boolean;
  says: string;
}

/** "late by 12 min"; in the last hour, or when half of its time is over, "12 min left"; `null`: there is time. */
export function due(from: string, at: string | null | undefined): Due | null {
  if (!at) return null;
  const left = new Date(at).getTime() - now.value;
  if (left <= 0) return { late: true, half: true, says: since(at) === "just now" ? "late" : `late by ${since(at)}` };
  const minutes = Math.floor(left / 60_000);
  const half = left * 2 <= new Date(at).getTime() - new Date(from).getTime();
  if (minutes >= 60) return half ? { late: false, half, says: `${Math.floor(minutes / 60)} h left` } : null;
  return { late: false, half, says: minutes < 1 ? "a minute left" : `${minutes} min left` };
}
