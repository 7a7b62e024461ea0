import { signal } from "@preact/signals";
import { get, newKey, post, Refused, type ChangeCard, type ChangePage, type Replayed } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain, resource } from "../../shared/resource";
import { hear } from "../live";

const base = "/api/desk/changes";
const address = (of: string): string => `${base}/${encodeURIComponent(of)}`;

export const open = resource<ChangePage>((stop) => get<ChangePage>(base, stop));
export const closed = resource<ChangePage>((stop) => get<ChangePage>(`${base}?state=closed`, stop));

const id = signal<string | null>(null);
/** The change that is open. */
export const shown = resource<ChangeCard>((stop) => get<ChangeCard>(address(id.peek() ?? ""), stop));

export type Act = "approve" | "reject" | "withdraw";
/** What is on its way to the server. */
export const sending = signal<Act | null>(null);
/** What became of the last act, above the card. */
export const notice = signal<{ tone: "ok" | "warn"; text: string } | null>(null);

export async function show(next: string | null): Promise<void> {
  if (next === id.peek()) return;
  id.value = next;
  notice.value = null;
  shown.put(null);
  if (next !== null) await shown.load();
}

export const replayOf = (of: string, days: number, stop: AbortSignal): Promise<Replayed> => get<Replayed>(`${address(of)}/replay?days=${days}`, stop);

const said: Record<Act, string> = { approve: "You approved it.", reject: "You rejected it. What is in force stays.", withdraw: "You withdrew it. What is in force stays." };

/** Answers with the digest that was shown. If somebody was faster, the card becomes what they made of it. */
export async function act(what: Act, note = ""): Promise<void> {
  const card = shown.value.peek();
  if (card === null || sending.peek() !== null) return;
  sending.value = what;
  notice.value = null;
  try {
    const [path, body] = what === "withdraw" ? ["withdrawal", {}] : ["answers", { answer: what, seen: card.digest, note }];
    const next = await post<ChangeCard>(`${address(card.row.id)}/${path}`, body, newKey());
    tell(next, "ok", next.row.state === "adopted" ? "You approved it. It is in force now." : said[what]);
  } catch (error) {
    const current = error instanceof Refused ? (error.problem.current as ChangeCard | null) : null;
    tell(current !== null && "row" in current ? current : card, "warn", explain(error).message);
  } finally {
    sending.value = null;
  }
  await refresh(); // its row is where it stays before anything gets the focus
}

function tell(card: ChangeCard, tone: "ok" | "warn", text: string): void {
  if (card.row.id === id.peek()) {
    shown.put(card);
    notice.value = { tone, text };
  }
  announce(text, { urgent: true });
}

const refresh = (): Promise<unknown> => Promise.all([open.load(), closed.load()]);

/** Keeps the lists and the open card true. */
export function keep(): () => void {
  void refresh();
  return hear((event) => {
    if (event.type !== "hello" && event.type !== "queue") return;
    if (event.type === "queue" && !event.changed.some((each) => each.startsWith("change-"))) return;
    void refresh();
    if (id.peek() !== null && sending.peek() === null) void shown.load(); // also when another one came into force
  });
}
