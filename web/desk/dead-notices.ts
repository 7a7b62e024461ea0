import { computed } from "@preact/signals";
import { get, newKey, post, type NoticePage } from "../shared/api";
import { announce } from "../shared/announce";
import { resource } from "../shared/resource";
import { me } from "../shared/staff";
import { hear } from "./live";

/** What could not be told, for those who may see it. */
export const page = resource<NoticePage>((stop) => get<NoticePage>("/api/desk/notices", stop));
export const dead = computed(() => page.value.value?.items.length ?? 0);
const mayTell = computed(() => ["supervisor", "admin"].includes(me.value.value?.role ?? ""));

/** Keeps it true while the Desk is open. */
export function keep(): () => void {
  if (!mayTell.peek()) return () => undefined;
  void page.load();
  return hear((event) => {
    if (event.type === "hello") void page.load();
  });
}

export async function retry(id: string): Promise<void> {
  page.put(await post<NoticePage>(`/api/desk/notices/${encodeURIComponent(id)}/retry`, {}, newKey()));
  announce("It is told again within some seconds.", { urgent: true });
}
