import { signal } from "@preact/signals";
import { get, type ReviewersPage, type SuggestionPage } from "../../shared/api";
import { resource } from "../../shared/resource";

export const spans = [7, 30, 90] as const;
/** How many days back everything on the page looks. */
export const days = signal<number>(30);
export const reviewers = resource<ReviewersPage>((stop) => get<ReviewersPage>(`/api/desk/reviewers?days=${days.peek()}`, stop));
export const suggestions = resource<SuggestionPage>((stop) => get<SuggestionPage>(`/api/desk/suggestions?days=${days.peek()}`, stop));

export async function look(back: number, all: boolean): Promise<void> {
  days.value = back;
  await Promise.all([reviewers.load(), ...(all ? [suggestions.load()] : [])]);
}

/** "8 s", "4 min", "2.5 h". */
export function long(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
