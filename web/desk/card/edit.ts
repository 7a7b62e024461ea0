import { batch, computed, effect, signal } from "@preact/signals";
import { get, newKey, NoAnswer, post, Refused, type Card, type EditForm, type EditPreview, type NewEdit } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain, resource } from "../../shared/resource";
import { go } from "../../shared/router";
import { canDecide } from "../live";
import { begun, leftIn, read, type Entry } from "./edit-values";
import { card } from "./store";

/** The card whose form is open. */
export const editing = signal<string | null>(null);
export const form = resource<EditForm>((stop) => get<EditForm>(`${path()}`, stop));
/** What stands in the fields, by action and name; and the two texts. */
export const entries = signal<Readonly<Record<string, Entry>>>({});
export const message = signal("");
export const reason = signal("");
/** What the edit would come to, by the server; or why it cannot be. */
export const tried = signal<{ preview: EditPreview | null; wrong: string | null; busy: boolean }>({ preview: null, wrong: null, busy: false });
export const saving = signal(false);
/** What went other than asked when it was saved. */
export const trouble = signal<string | null>(null);

export const place = (at: number, name: string): string => `${at}.${name}`;
const path = (): string => `/api/desk/proposals/${encodeURIComponent(editing.peek() ?? "")}/edit`;
let key = newKey();
const typedOn = signal<string | null>(null); // the digest of the proposal that was in the form then

/** Opens the form; what was typed on this very proposal before is still there. */
export async function begin(shown: Card): Promise<void> {
  editing.value = shown.id;
  if (typedOn.peek() === shown.digest) return;
  form.put(null);
  await form.load();
  startOver();
}

export function close(): void {
  editing.value = null;
}

/** As it was proposed. */
export function startOver(): void {
  const now = form.value.peek();
  batch(() => {
    entries.value = Object.fromEntries(now?.actions.flatMap((action, at) => action.fields.map((field) => [place(at, field.name), begun(field)])) ?? []);
    message.value = now?.message ?? "";
    reason.value = "";
    trouble.value = null;
    typedOn.value = now?.digest ?? null;
  });
  key = newKey();
}

export function enter(where: string, next: Entry): void {
  entries.value = { ...entries.value, [where]: next };
}

/** Each field as a value, or what is wrong with it. */
const values = computed(() =>
  (form.value.value?.actions ?? []).map((action, at) =>
    action.fields.filter((field) => !field.bound).map((field) => ({ field, ...read(field, entries.value[place(at, field.name)] ?? begun(field)) })),
  ),
);
export const wrongAt = computed(() => Object.fromEntries(values.value.flatMap((fields, at) => fields.flatMap((each) => (each.wrong === null ? [] : [[place(at, each.field.name), each.wrong]])))));
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What was changed, as the server takes it; `null`: nothing yet. */
export const edit = computed<NewEdit | null>(() => {
  const now = form.value.value;
  if (now === null) return null;
  const actions = values.value.flatMap((fields, position) => {
    if (fields.every(({ field, given, value }) => given === field.given && same(value, field.given ? field.value : undefined))) return [];
    return [{ position, arguments: Object.fromEntries(fields.filter((each) => each.given).map((each) => [each.field.name, each.value])) }];
  });
  const words = message.value.trim() === (now.message ?? "") ? null : message.value.trim();
  return actions.length === 0 && words === null ? null : { digest: now.digest, actions, message: words };
});

/** What was changed and still stands in the message to the customer as it was. */
export const stillSaid = computed(() => leftIn(message.value, tried.value.preview?.changes ?? []));

/** Why it cannot be saved, in words. */
export const saveOff = computed(() => {
  const shown = card.value.value;
  if (!canDecide.value) return "Reconnecting. Nothing can be saved until then.";
  if (form.value.value === null) return "The form is not there yet.";
  if (shown !== null && (shown.state !== "open" || shown.digest !== typedOn.value)) return "This proposal is not open any more; what you typed was not saved.";
  if (Object.keys(wrongAt.value).length > 0) return "Look at the marked fields first.";
  if (edit.value === null) return "Nothing is changed yet.";
  if (tried.value.wrong !== null) return "It cannot be saved like this.";
  const ruling = tried.value.preview?.ruling;
  return ruling?.kind === "deny" ? `The policy does not allow this: ${ruling.sentence}` : null;
});

let asking: ReturnType<typeof setTimeout> | undefined;
let asked = 0;
/** Asks schema and policy while a person types, a little after the last key. */
export function keepTrying(): () => void {
  const still = effect(() => {
    const body = editing.value === null || Object.keys(wrongAt.value).length > 0 ? null : edit.value;
    clearTimeout(asking);
    const mine = ++asked;
    tried.value = { preview: body === null ? null : tried.peek().preview, wrong: null, busy: body !== null };
    if (body !== null) asking = setTimeout(() => void ask(body, mine), 300);
  });
  return () => (still(), clearTimeout(asking));
}

async function ask(body: NewEdit, mine: number): Promise<void> {
  const answer = await post<EditPreview>(`${path()}/preview`, body, newKey()).then(
    (preview) => ({ preview, wrong: null, busy: false }),
    (error: unknown) => ({ preview: null, wrong: explain(error).message, busy: false }),
  );
  if (mine === asked) tried.value = answer;
}

/** The edited proposal takes the place of this one. */
export async function save(): Promise<void> {
  const body = edit.peek();
  if (saving.peek() || saveOff.peek() !== null || body === null) return;
  saving.value = true;
  trouble.value = null;
  try {
    const made = await post<Card>(path(), { ...body, reason: reason.peek().trim() || null }, key);
    typedOn.value = null;
    close();
    announce(made.test ? made.test.sentence : "Saved as a new proposal. Somebody else must approve it.", { urgent: true });
    if (made.test) return card.put(made);
    go(`/desk/queue/${encodeURIComponent(made.id)}`);
  } catch (error) {
    if (error instanceof Refused && error.problem.current) card.put(error.problem.current as unknown as Card);
    if (!(error instanceof NoAnswer)) key = newKey();
    trouble.value = error instanceof NoAnswer ? "No answer came: it is not known if this was saved. Save it again, and it is saved once." : explain(error).message;
  } finally {
    saving.value = false;
  }
}
