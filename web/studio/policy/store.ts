import { computed, signal } from "@preact/signals";
import { get, newKey, post, Refused, type ChangeCard, type PolicyCheck, type PolicyView, type Replayed } from "../../shared/api";
import { draft } from "../../shared/draft";
import { explain, resource } from "../../shared/resource";

const base = "/api/studio/policy";
export const policy = resource<PolicyView>((stop) => get<PolicyView>(base, stop));

/** What is being written, what it started from, and why. All three outlive a reload. */
export const text = draft("policy");
export const began = draft("policy-base");
export const why = draft("policy-why");
export const editing = signal(began.text.peek() !== "");
/** Somebody else's version came into force since the draft was begun. */
export const overtaken = computed(() => editing.value && policy.value.value !== null && policy.value.value.base !== began.text.value);

const template = '# Who must approve what. A write without a rule is denied.\n\n[rule.refund]\naction = "billing.refund_payment"\nsays = "A refund needs one agent."\napprove = { count = 1, role = "agent" }\n';

export function edit(of: PolicyView): void {
  text.write(of.text ?? template);
  began.write(of.base);
  checked.value = null;
  editing.value = true;
  look(0);
}

export function discard(): void {
  for (const each of [text, began, why]) each.done();
  checked.value = null;
  editing.value = false;
}

/** The draft goes on, on top of what is in force now; the difference shows what it would take back. */
export function onTop(): void {
  const now = policy.value.peek();
  if (now !== null) began.write(now.base);
  look(0);
}

/** What the server says of the draft as it was last looked at, with the text that it was about. */
export const checked = signal<{ text: string; found: PolicyCheck } | null>(null);
export const checkFailure = signal<string | null>(null);

let typing: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

/** Looks at the draft a little after the last key. */
export function look(after = 400): void {
  clearTimeout(typing);
  typing = setTimeout(() => void check(), after);
}

async function check(): Promise<void> {
  const mine = ++asked;
  const about = text.text.peek();
  if (about.trim() === "") return;
  try {
    const found = await post<PolicyCheck>(`${base}/checks`, { text: about }, newKey());
    if (mine !== asked) return;
    checked.value = { text: about, found };
    checkFailure.value = null;
  } catch (error) {
    if (mine === asked) checkFailure.value = explain(error).message;
  }
}

export const replay = (about: string, days: number): Promise<Replayed> => post<Replayed>(`${base}/replays`, { text: about, days }, newKey());

/** The change that was asked for; the draft is done then. What another one overtook stays a draft. */
export async function propose(): Promise<ChangeCard> {
  try {
    const made = await post<ChangeCard>(`${base}/changes`, { text: text.text.peek(), why: why.text.peek().trim(), base: began.text.peek() }, text.key);
    discard();
    return made;
  } catch (error) {
    text.key = newKey();
    if (error instanceof Refused && error.problem.status === 422) look(0);
    throw error;
  } finally {
    void policy.load();
  }
}
