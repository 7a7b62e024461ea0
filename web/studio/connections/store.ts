import { effect, signal, untracked } from "@preact/signals";
import { get, newKey, post, put, Refused, remove, type Authorization, type ChangeCard, type Connection, type ConnectionPage, type Decision, type Manifest, type NewConnection, type TestAnswer } from "../../shared/api";
import { announce } from "../../shared/announce";
import { resource } from "../../shared/resource";
import { hear } from "../live";
import { same } from "./same";

const base = "/api/studio/connections";
const address = (of: string): string => `${base}/${encodeURIComponent(of)}`;

export const page = resource<ConnectionPage>((stop) => get<ConnectionPage>(base, stop));

const id = signal<string | null>(null);
/** The connection that is open, beside what its server says now. */
export const shown = resource<Connection>((stop) => get<Connection>(address(id.peek() ?? ""), stop));

export async function open(next: string | null): Promise<void> {
  if (next === id.peek()) return;
  id.value = next;
  shown.put(null);
  if (next !== null) await shown.load();
}

/** Keeps list and connection true. The server of the connection is asked again only when something of it changed. */
export function keep(): () => void {
  const deaf = hear(() => void page.load());
  const still = effect(() => {
    const row = page.value.value?.items.find((each) => each.id === id.value);
    untracked(() => {
      const seen = shown.value.peek();
      if (page.value.peek() === null || seen === null || seen.row.id !== id.peek() || same(seen.row, row)) return;
      if (row?.changed.some((name) => !seen.row.changed.includes(name))) announce(`A tool of ${row.title} changed and was taken away`);
      void shown.load();
    });
  });
  return () => (deaf(), still());
}

/** What a screen reader hears after a change: that it is done, or that it waits. */
export const saying = (done: string): string => (shown.value.peek()?.waiting ? "It waits for a second person; until then all stays as it is" : done);

/** After an answer of the server: what it says is the newest of the connection, and the list follows. */
function take(next: Connection): void {
  if (next.row.id === id.peek()) shown.put(next);
  void page.load();
}

export async function addConnection(body: NewConnection, key: string): Promise<Connection> {
  const made = await post<Connection>(base, body, key);
  id.value = made.row.id;
  take(made);
  return made;
}

/** `secrets`: for a new address, what reading there needs; all that were kept are forgotten. */
export async function change(manifest: Manifest, version: number, secrets: Record<string, string> = {}): Promise<void> {
  take(await put<Connection>(address(manifest.id), { manifest, version, secrets }));
}

/** Somebody decided on the same tool meanwhile; `theirs` is what they decided. */
export class DecidedMeanwhile extends Error {
  constructor(readonly theirs: Decision | undefined) {
    super("Somebody decided on this tool meanwhile.");
  }
}

/** Decides on one tool, on top of whatever happened to the others. `began`: what was decided when the form opened. */
export async function decide(name: string, began: Decision | undefined, next: Decision): Promise<void> {
  for (let tries = 0; ; tries++) {
    const view = shown.value.peek();
    if (view === null) return;
    const now = view.manifest.tool[name];
    if (!same(now, began)) throw new DecidedMeanwhile(now);
    try {
      return await change({ ...view.manifest, tool: { ...view.manifest.tool, [name]: next } }, view.row.version);
    } catch (error) {
      if (tries > 0 || !wasBehind(error)) throw error;
      await shown.load();
    }
  }
}

/** The server knows something newer than what was seen. */
export const wasBehind = (error: unknown): boolean => error instanceof Refused && error.problem.code === "not_as_seen";

export async function pin(tools: { name: string; digest: string }[], key: string): Promise<void> {
  take(await post<Connection>(`${address(id.peek() ?? "")}/reviews`, { tools }, key));
}

const secretAt = (side: string, name: string): string => `${address(id.peek() ?? "")}/secrets/${side}/${encodeURIComponent(name)}`;

export async function setSecret(side: string, name: string, value: string): Promise<void> {
  await put<void>(secretAt(side, name), { value });
  await Promise.all([shown.load(), page.load()]);
}

export async function forgetSecret(side: string, name: string): Promise<void> {
  await remove(secretAt(side, name));
  await Promise.all([shown.load(), page.load()]);
}

/** Leaves the page for the system's own; who agrees there comes back to the connection. */
export async function askForConsent(side: "read" | "write"): Promise<void> {
  const { url } = await post<Authorization>(`${address(id.peek() ?? "")}/authorizations`, { side }, newKey());
  if (!/^https?:$/.test(new URL(url).protocol)) throw new Refused({ type: "about:blank", title: "Bad Gateway", status: 502, code: "no_page", message: "The system named no page of the web to sign in at.", nothing_sent: true, current: null });
  location.assign(url);
}

export function tryRead(tool: string, args: Record<string, unknown>, records: Record<string, string>): Promise<TestAnswer> {
  return post<TestAnswer>(`${address(id.peek() ?? "")}/test-calls`, { tool, arguments: args, records }, newKey());
}

/** The change that waits for a second person, if it takes one. */
export async function takeOut(): Promise<ChangeCard | undefined> {
  const waits = await remove<ChangeCard | undefined>(address(id.peek() ?? ""));
  if (waits !== undefined) return (await shown.load(), waits);
  id.value = null;
  shown.put(null);
}
