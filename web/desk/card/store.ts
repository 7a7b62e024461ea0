import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { get, newKey, NoAnswer, post, Refused, remove, type Argument, type Card, type NewAnswer, type NewDecision } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain, resource } from "../../shared/resource";
import { canDecide, explainMission, hear } from "../live";
import { takeable, undoFor } from "./undo";

const id = signal<string | null>(null);
export const card = resource<Card>((stop) => get<Card>(`/api/desk/proposals/${encodeURIComponent(id.peek() ?? "")}`, stop));

/** What went other than asked: somebody was first, the card moved, no answer came. */
export const notice = signal<{ tone: "warn" | "bad"; text: string } | null>(null);
export const sending = signal<NewDecision["kind"] | NewAnswer["answer"] | "take_back" | null>(null);
/** High risk: Approve was pressed once and waits for its confirmation. */
export const confirming = signal(false);
/** The card has just changed by itself; a key meant for the old one must not hit the new one. */
export const moved = signal(false);
/** Made-up values that the person has confirmed, by their place. */
export const confirmed = signal<ReadonlySet<string>>(new Set());

export const place = (action: number, argument: Argument): string => `${action}.${argument.name}`;
const madeUp = computed(
  () => card.value.value?.actions.flatMap((action, at) => action.arguments.filter((each) => each.origin.kind === "model").map((each) => place(at, each))) ?? [],
);

/** Why Approve is off, in words; `null` when it is on. */
export const approveOff = computed(() => {
  if (!canDecide.value) return "Reconnecting. Nothing can be decided until then.";
  if (madeUp.value.some((each) => !confirmed.value.has(each))) return "Confirm each made-up value first.";
  return moved.value ? "This card has just changed." : null;
});

let keys = new Map<string, string>();
/** One key for one act on one state of the card, through all its retries. */
function keyFor(act: string): string {
  const known = keys.get(act) ?? newKey();
  keys.set(act, known);
  return known;
}

export async function open(next: string | null): Promise<void> {
  if (next === id.peek()) return;
  batch(() => {
    id.value = next;
    card.put(null);
    clear();
    confirmed.value = new Set();
  });
  keys = new Map();
  if (next !== null) await card.load();
}

function clear(): void {
  notice.value = null;
  confirming.value = false;
  sending.value = null;
}

let settling: ReturnType<typeof setTimeout> | undefined;
const shape = (of: Card | null): string => JSON.stringify(of && [of.digest, of.state, of.decisions.map((each) => each.standing), of.can, of.stale?.at]);

async function refresh(): Promise<void> {
  const before = card.value.peek();
  if (id.peek() === null || sending.peek() !== null) return;
  await card.load();
  const after = card.value.peek();
  if (before === null || after === null || before.id !== after.id || shape(before) === shape(after)) return;
  batch(() => {
    confirming.value = false;
    moved.value = true;
    if (before.digest !== after.digest) confirmed.value = new Set();
  });
  clearTimeout(settling);
  settling = setTimeout(() => (moved.value = false), 400);
  announce("This card has changed.", { urgent: true });
}

const telling = ["decided", "granted", "effect", "proved", "told", "taken_back", "concluded", "handed_off", "failed", "proposed"];
/** Keeps the card true for as long as it is open. */
export function keep(): () => void {
  const deaf = hear((event) => {
    const mine = event.type === "queue" && ((event.changed?.length ?? 0) === 0 || event.changed?.includes(id.peek() ?? ""));
    const seen = event.observation && event.observation.mission_id === card.value.peek()?.mission_id && telling.includes(event.observation.kind);
    if (event.type === "hello" || event.type === "freeze" || mine || seen) void refresh();
  });
  const still = effect(() => {
    const mission = card.value.value?.mission_id;
    if (mission !== undefined) untracked(() => void explainMission(mission));
  });
  return () => (deaf(), still());
}

/** Sends the person's answer with the digest they saw. */
export async function decide(kind: NewDecision["kind"], reason: string | null = null): Promise<void> {
  const seen = card.value.peek();
  if (seen === null || sending.peek() !== null || !canDecide.peek()) return;
  if (kind === "approve" && approveOff.peek() !== null) return;
  const body: NewDecision = { kind, digest: seen.digest, reason, undo: undoFor.peek() };
  const key = keyFor(`${kind} ${seen.digest} ${reason}`);
  await send(kind, () => post<Card>(`/api/desk/proposals/${encodeURIComponent(seen.id)}/decisions`, body, key));
}

/** Takes the person's own answer back, as long as it does not count. */
export async function takeBack(): Promise<void> {
  const held = card.value.peek() && takeable(card.value.peek()!);
  if (!held || sending.peek() !== null || !canDecide.peek()) return;
  keys.clear(); // the same answer again is a new one
  await send("take_back", () => remove<Card>(`/api/desk/decisions/${encodeURIComponent(held.id)}`));
}

/** Answers what became of an effect that nobody is sure about. None of the answers sends anything. */
export async function answer(grant: string, body: NewAnswer): Promise<void> {
  if (sending.peek() !== null || !canDecide.peek()) return;
  await send(body.answer, () => post<Card>(`/api/desk/effects/${encodeURIComponent(grant)}/answers`, body, newKey()));
}

async function send(kind: NonNullable<typeof sending.value>, ask: () => Promise<Card>): Promise<void> {
  const asked = id.peek();
  batch(() => {
    clear();
    sending.value = kind;
  });
  try {
    const now = await ask();
    if (id.peek() !== asked) return;
    card.put(now);
    announce(outcome(kind, now), { urgent: true });
  } catch (error) {
    if (id.peek() === asked) complain(error);
  } finally {
    if (id.peek() === asked) sending.value = null;
  }
  // What became true while we were sending was not fetched then.
  void refresh();
}

function outcome(kind: NonNullable<typeof sending.value>, now: Card): string {
  const held = takeable(now)?.held;
  const until = held ? ` It can be taken back for ${Math.ceil(held.seconds)} seconds.` : "";
  if (kind === "approve") return held || now.state !== "open" ? `Approved.${until}` : "Signed. Somebody else must sign too.";
  if (kind === "reject") return `Rejected.${until}`;
  return kind === "take_back" ? "Taken back. Nothing was sent." : "Saved.";
}

function complain(error: unknown): void {
  if (error instanceof NoAnswer) {
    notice.value = { tone: "bad", text: "No answer came: it is not known if this was saved. The card shows what the server knows." };
    return;
  }
  const conflict = error instanceof Refused && error.problem.status === 409 ? error.problem : null;
  if (conflict?.current) card.put(conflict.current as unknown as Card);
  const { message } = explain(error);
  const unsaid = error instanceof Refused && error.problem.nothing_sent && conflict === null && !/nothing (was|is) sent/i.test(message);
  notice.value = { tone: conflict ? "warn" : "bad", text: unsaid ? `${message} Nothing was sent.` : message };
}
