import { effect, signal, untracked } from "@preact/signals";
import { get, post, type DeskCase, type DeskCasePage } from "../../shared/api";
import { resource } from "../../shared/resource";
import { explainMission, hear } from "../live";

export const cases = resource<DeskCasePage>((stop) => get<DeskCasePage>("/api/desk/cases", stop));

const id = signal<string | null>(null);
const address = (of: string): string => `/api/desk/cases/${encodeURIComponent(of)}`;
export const shown = resource<DeskCase>((stop) => get<DeskCase>(address(id.peek() ?? ""), stop));
/** The mission that the person picked; otherwise the newest is on the rail. */
export const picked = signal<string | null>(null);

export async function open(next: string | null): Promise<void> {
  if (next === id.peek()) return;
  id.value = next;
  picked.value = null;
  shown.put(null);
  if (next !== null) await shown.load();
}

export async function reply(text: string, key: string): Promise<void> {
  shown.put(await post<DeskCase>(`${address(id.peek() ?? "")}/messages`, { text }, key));
}

export async function close(text: string, key: string): Promise<void> {
  shown.put(await post<DeskCase>(`${address(id.peek() ?? "")}/close`, { text }, key));
}

/** Keeps the case that is open true. */
export function keep(): () => void {
  const deaf = hear((event) => {
    const mine = event.type === "case" && (event.case_id == null || event.case_id === id.peek());
    const told = event.type === "observation" && shown.value.peek()?.missions.some((each) => each.id === event.observation?.mission_id);
    if (id.peek() !== null && (event.type === "hello" || mine || told)) void shown.load();
  });
  const still = effect(() => {
    const mission = picked.value ?? shown.value.value?.missions.at(-1)?.id;
    if (mission !== undefined) untracked(() => void explainMission(mission));
  });
  return () => (deaf(), still());
}

/** Keeps the list true. */
export function keepList(): () => void {
  return hear((event) => {
    if (["hello", "case", "queue"].includes(event.type)) void cases.load();
  });
}
