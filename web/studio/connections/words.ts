import type { ConnectionRow, ConnectionTool, Decision } from "../../shared/api";
import type { IconName } from "../../shared/ui/icon";
import { plural } from "../../shared/text";
import { shortAge } from "./decision";

type Tone = "ok" | "warn" | "bad" | "accent" | "";
type Look = { icon: IconName; tone: Tone; says: string; means: string };

/** How a tool stands, in a word and in a sentence. */
export const states: Record<ConnectionTool["state"], Look> = {
  reviewed: { icon: "check", tone: "ok", says: "reviewed", means: "It is there, exactly as it was reviewed." },
  off: { icon: "off", tone: "", says: "off", means: "It does not exist for us." },
  new: { icon: "plus", tone: "accent", says: "not decided", means: "The server has it and nobody decided on it. It cannot be used." },
  unreviewed: { icon: "seen", tone: "accent", says: "waits for a review", means: "It is decided on, and nobody has read its definition yet. It cannot be used." },
  changed: { icon: "alert", tone: "bad", says: "changed", means: "It is not what was reviewed any more, so it was taken away. What waited for it will not be sent." },
  gone: { icon: "unknown", tone: "warn", says: "gone", means: "It is decided on, and the server does not have it." },
  "held back": { icon: "lock", tone: "warn", says: "held back", means: "It is to be a read, but the server itself says that it does more than reading. It cannot be used." },
};

export const effects: Record<Decision["effect"], { icon: IconName; says: string; means: string }> = {
  read: { icon: "seen", says: "read", means: "It changes nothing, however it is called. Workers may use it freely." },
  write: { icon: "pen", says: "write", means: "It changes something. It waits for a decision and runs once." },
  off: { icon: "off", says: "off", means: "It does not exist for us." },
};

export const classes: Record<"keyed" | "queryable" | "neither", { says: string; means: string }> = {
  keyed: { says: "Keyed", means: "It honours our key: called twice with the same one, it acts once. Tested for this very system." },
  queryable: { says: "Queryable", means: "It knows no key, but a read can tell whether it happened. It is never sent again." },
  neither: { says: "Neither", means: "If the answer is lost nobody can tell. A person is asked." },
};

/** "4 reads and 2 writes", or that nothing can be used. */
export function usable({ reads, writes }: Pick<ConnectionRow, "reads" | "writes">): string {
  if (reads + writes === 0) return "nothing can be used yet";
  return [reads > 0 && plural(reads, "read"), writes > 0 && plural(writes, "write")].filter(Boolean).join(", ");
}

/** Tools that are decided on and were never read; those that changed are told apart. */
export const waiting = (row: ConnectionRow): number => Math.max(0, row.undecided - row.changed.length);

export type Told = { name: string; says: string | readonly string[]; code?: true };

/** What was decided about a tool, line by line; what was left as it always is stays out. */
export function told(of: Partial<Decision>): Told[] {
  const bound = Object.entries(of.bind ?? {}).map(([name, value]) => `${name}: ${filler(value)}`);
  const most = Object.entries(of.limits?.at_most ?? {}).map(([name, value]) => `${name} at most ${value}`);
  const limits = [of.limits?.calls && `${plural(of.limits.calls, "call")} in a mission`, of.limits?.bytes && `${of.limits.bytes.toLocaleString("en-GB")} bytes of a result`, ...most].filter((each) => typeof each === "string");
  const lines: (Told | null)[] = [
    line("For people", of.title),
    line("We fill in", bound),
    of.owner === "nobody" ? { name: "Belongs to", says: "nobody: its records are no customer's" } : line("Owner at", of.owner, true),
    line("Hidden from all", of.redact, true),
    line("May differ", of.volatile, true),
    line("Any order", of.unordered, true),
    line("Good for", of.max_age && shortAge(of.max_age)),
    line("Limits", limits),
    line("Effect class", of.effect_class && `${classes[of.effect_class].says.toLowerCase()}. ${classes[of.effect_class].means}`),
    line("Our key", of.key && `${[of.key.argument, of.key.meta && "meta of the call"].filter(Boolean).join(" and ")}, honoured ${of.key.hours ?? 24} h`),
    line("On the card", of.card),
    line("For customers", of.remedy),
    line("Taking back", of.effect === "write" ? of.reversible : null),
    line("Destinations", of.destinations),
    line("Its reference", of.reference, true),
    line("Nothing done", of.not_executed, true),
    line("Will change", of.changes?.map((each) => `${each.label}: ${each.becomes}`)),
    line("Before it runs", of.recheck?.flatMap((each) => each.require.map((one) => `${each.tool}: ${one.says}`))),
    line("Found again by", of.find && `${of.find.tool}, when there is ${of.find.there}`),
    line("Proved by", of.proof?.flatMap((each) => each.require.map((one) => `${each.tool}: ${one.says}`))),
  ];
  return lines.filter((each) => each !== null);
}

function line(name: string, says: string | readonly string[] | null | undefined, code = false): Told | null {
  if (says === null || says === undefined || says.length === 0) return null;
  return code ? { name, says, code } : { name, says };
}

/** Who fills in an argument, of a value in `bind`. */
export function filler(value: string | number | boolean): string {
  if (value === "$customer") return "the customer’s id";
  if (typeof value === "string" && value.startsWith("$customer.")) return `the customer’s ${value.slice("$customer.".length)}`;
  return `always ${String(value)}`;
}

/** What a server says of its tool by annotations. They can only make us stricter. */
export function hints(annotations: Record<string, unknown> | null): string[] {
  const says = (name: string, yes: string, no: string): string[] => (annotations?.[name] === true ? [yes] : annotations?.[name] === false ? [no] : []);
  return [
    ...says("readOnlyHint", "says it only reads", "says it changes something"),
    ...says("destructiveHint", "says it may destroy", "says it destroys nothing"),
    ...says("idempotentHint", "says twice is once", "says twice is twice"),
    ...says("openWorldHint", "says it reaches the open world", "says it stays inside its system"),
  ];
}
