import { now, since } from "../shared/text";

export interface Due {
  late: boolean;
  says: string;
}

/** "late by 12 min", or in the last hour "12 min left"; `null`: there is time, or nobody said until when. */
export function due(at: string | null | undefined): Due | null {
  if (!at) return null;
  const left = new Date(at).getTime() - now.value;
  if (left <= 0) return { late: true, says: since(at) === "just now" ? "late" : `late by ${since(at)}` };
  const minutes = Math.floor(left / 60_000);
  return minutes < 60 ? { late: false, says: minutes < 1 ? "a minute left" : `${minutes} min left` } : null;
}
