import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { get, newKey, NoAnswer, post, Refused, remove, type Argument, type Attention, type Card, type NewAnswer, type NewDecision } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain, resource } from "../../shared/resource";
import { tell } from "../attention";
import { backToList } from "../focus";
import { canDecide, explainMission, hear } from "../live";
import { withPassword } from "../step-up";
import { undoFor } from "../undo-for";
import { slow, toldToWait } from "./pace";
import { takeable } from "./undo";

const id = signal<string | null>(null);
export const card = resource<Card>((stop) => get<Card>(`/api/desk/proposals/${encodeURIComponent(id.peek() ?? "")}`, stop));

/** What was done beside deciding; or what went other than asked: somebody was first, the card moved, no answer came. */
export const notice = signal<{ tone: "ok" | "warn" | "bad"; text: string; inCase?: string } | null>(null);
export const sending = signal<NewDecision["kind"] | NewAnswer["answer"] | InHand | "take_back" | null>(null);
export type InHand = "ask" | "take-over";
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

/** Whether it waits for somebody, and this person may be the one: the server says what they can do. */
export const mayAttend = (of: Card): boolean => of.can.includes("take_over") || of.actions.some((each) => (each.effect?.can.length ?? 0) > 0);

/** Why Approve is off, in words; `null` when it is on. */
export const approveOff = computed(() => {
  if (!canDecide.value) return "Reconnecting. Nothing can be decided until then.";
  if (slow.value > 0) return `You approved many in a short time. This one can be approved in ${slow.value} s; rejecting is not slowed.`;
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

/** Sends the person's answer with the digest they saw; whether it was taken. */
export async function decide(kind: NewDecision["kind"], reason: string | null = null): Promise<boolean> {
  const seen = card.value.peek();
  if (seen === null || sending.peek() !== null || !canDecide.peek()) return false;
  if (kind === "approve" && approveOff.peek() !== null) return false;
  const body: NewDecision = { kind, digest: seen.digest, reason, undo: undoFor.peek() };
  const key = keyFor(`${kind} ${seen.digest} ${reason}`);
  return send(kind, () => withPassword(() => post<Card>(`/api/desk/proposals/${encodeURIComponent(seen.id)}/decisions`, body, key)));
}

/** Takes the person's own answer back, as long as it does not count. */
export async function takeBack(): Promise<void> {
  const held = card.value.peek() && takeable(card.value.peek()!);
  if (!held || sending.peek() !== null || !canDecide.peek()) return;
  keys.clear(); // the same answer again is a new one
  await send("take_back", () => remove<Card>(`/api/desk/decisions/${encodeURIComponent(held.id)}`));
}

const handled: Record<InHand, { says: string; word: string }> = {
  ask: { says: "The customer was asked, in your name. The worker goes on from the answer.", word: "asked the customer" },
  "take-over": { says: "You answer the customer from now on.", word: "taken over" },
};

/** Asks the customer first, or takes the case over: the proposal is taken back. */
export async function inHand(act: InHand, body: { question?: string }): Promise<void> {
  const seen = card.value.peek();
  if (seen === null || sending.peek() !== null || !canDecide.peek()) return;
  const { says, word } = handled[act];
  const done = await send(act, () => post<Card>(`/api/desk/proposals/${encodeURIComponent(seen.id)}/${act}`, body, keyFor(`${act} ${body.question}`)));
  if (!done || card.value.peek()?.test) return;
  tell(seen.id, word);
  notice.value = { tone: "ok", text: says, ...(act === "take-over" && { inCase: seen.case_id }) };
  backToList(seen.id);
}

/** What was done with who looks at it; `seen` is how that stands now. */
export function attended(seen: Attention | null, says: string): void {
  const now = card.value.peek();
  if (now === null) return;
  card.put({ ...now, attention: seen });
  notice.value = { tone: "ok", text: says };
  announce(says, { urgent: true });
  backToList(now.id);
}

/** Answers what became of an effect that nobody is sure about. None of the answers sends anything. */
export async function answer(grant: string, body: NewAnswer): Promise<void> {
  if (sending.peek() !== null || !canDecide.peek()) return;
  await send(body.answer, () => post<Card>(`/api/desk/effects/${encodeURIComponent(grant)}/answers`, body, newKey()));
}

/** Whether it was done, and its card is still open. */
async function send(kind: NonNullable<typeof sending.value>, ask: () => Promise<Card>): Promise<boolean> {
  const asked = id.peek();
  let done = false;
  batch(() => {
    clear();
    sending.value = kind;
  });
  try {
    const now = await ask();
    if (id.peek() !== asked) return false;
    card.put(now);
    announce(outcome(kind, now), { urgent: true });
    done = true;
  } catch (error) {
    if (id.peek() === asked) complain(error);
  } finally {
    if (id.peek() === asked) sending.value = null;
  }
  // What became true while we were sending was not fetched then.
  void refresh();
  return done;
}

function outcome(kind: NonNullable<typeof sending.value>, now: Card): string {
  if (now.test) return now.test.sentence;
  const held = takeable(now)?.held;
  const until = held ? ` It can be taken back for ${Math.ceil(held.seconds)} seconds.` : "";
  if (kind === "approve") return held || now.state !== "open" ? `Approved.${until}` : "Signed. Somebody else must sign too.";
  if (kind === "reject") return `Rejected.${until}`;
  if (kind === "respond") return `Sent back to the worker.${until}`;
  if (kind === "ask" || kind === "take-over") return handled[kind].says;
  return kind === "take_back" ? "Taken back. Nothing was sent." : "Saved.";
}

function complain(error: unknown): void {
  if (error instanceof NoAnswer) {
    notice.value = { tone: "bad", text: "No answer came: it is not known if this was saved. The card shows what the server knows." };
    return;
  }
  if (toldToWait(error)) return announce(approveOff.value ?? "", { urgent: true });
  const conflict = error instanceof Refused && error.problem.status === 409 ? error.problem : null;
  if (conflict?.current) card.put(conflict.current as unknown as Card);
  const { message } = explain(error);
  const unsaid = error instanceof Refused && error.problem.nothing_sent && conflict === null && !/nothing (was|is) sent/i.test(message);
  notice.value = { tone: conflict ? "warn" : "bad", text: unsaid ? `${message} Nothing was sent.` : message };
}
