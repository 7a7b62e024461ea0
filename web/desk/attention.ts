import { signal } from "@preact/signals";
import { get, newKey, post, remove, type Attention, type ColleaguePage, type Give } from "../shared/api";
import { resource } from "../shared/resource";
import { me } from "../shared/staff";
import { now } from "../shared/text";

/** Who reads it just now: a claim that is over is none. */
export function readerOf(of: Attention | null | undefined): { name: string; isMe: boolean } | null {
  if (!of?.claimed_by || !of.claimed_until || new Date(of.claimed_until).getTime() <= now.value) return null;
  return { name: of.claimed_by, isMe: of.claimed_by === me.value.value?.name };
}

/** Whose it is: "you", a colleague, "supervisors"; `null`: everybody's. */
export function ownerOf(of: Attention | null | undefined): string | null {
  if (!of?.given_to) return null;
  return of.given_to === me.value.value?.name ? "you" : of.given_to;
}

const path = (item: string, act: "claim" | "give" | "aside"): string => `/api/desk/queue/${encodeURIComponent(item)}/${act}`;

export const claim = (item: string, although: boolean): Promise<Attention | null> => post(path(item, "claim"), { although }, newKey());
export const release = (item: string): Promise<Attention | null> => remove(path(item, "claim"));
export const give = (item: string, body: Give): Promise<Attention | null> => post(path(item, "give"), body, newKey());
export const putAside = (item: string, until: Date | null): Promise<Attention | null> => post(path(item, "aside"), { until: until?.toISOString() ?? null }, newKey());

/** As the tab is closed: the answer is read by nobody. */
export const releaseAtOnce = (item: string): void => void fetch(path(item, "claim"), { method: "DELETE", keepalive: true, headers: { "content-type": "application/json" } }).catch(() => null);

/** Who decides, so that something can be given to them. */
export const colleagues = resource<ColleaguePage>((stop) => get<ColleaguePage>("/api/desk/colleagues", stop));

/** What became of rows that are not in the list any more, as this person's own acts tell. */
export const became = signal<Readonly<Record<string, string>>>({});
export function tell(id: string, word: string): void {
  became.value = { ...became.peek(), [id]: word };
}
