import type { Decision } from "../../shared/api";
import type { Field } from "./schema";

export type Effect = Decision["effect"];
/** Who gives an argument its value. */
export type Filler = "worker" | "customer" | "other" | "value";

/** One argument as it is decided on: `text` is the name of another id of the customer, or the fixed value. */
export interface Filled {
  by: Filler;
  text: string;
  most: string;
  destination: boolean;
}

/** A decision while somebody writes it. All that can be mistyped is text. */
export interface Form {
  effect: Effect | null;
  title: string;
  filled: Record<string, Filled>;
  owner: "paths" | "nobody";
  paths: string;
  redact: string;
  volatile: string;
  unordered: string;
  maxAge: string;
  calls: string;
  bytes: string;
  effectClass: "keyed" | "queryable" | "neither" | null;
  keyArgument: string;
  keyMeta: boolean;
  keyHours: string;
  card: string;
  remedy: string;
  reversible: string;
  reference: string;
  notExecuted: string;
  json: Record<JsonPart, string>;
}

/** What is written as in the file, in JSON. */
export const jsonParts = ["find", "changes", "recheck", "proof"] as const;
export type JsonPart = (typeof jsonParts)[number];

const worker: Filled = { by: "worker", text: "", most: "", destination: false };
const lines = (many: readonly string[] | undefined): string => (many ?? []).join("\n");
const shown = (value: unknown): string => (value === null || value === undefined || (Array.isArray(value) && value.length === 0) ? "" : JSON.stringify(value, null, 2));

/** The form of a decision, or an empty one, over the arguments that the tool has. */
export function formOf(of: Partial<Decision> | undefined, args: readonly Field[]): Form {
  const names = new Set([...args.map((each) => each.path), ...Object.keys(of?.bind ?? {}), ...Object.keys(of?.limits?.at_most ?? {}), ...(of?.destinations ?? [])]);
  return {
    effect: of?.effect ?? null,
    title: of?.title ?? "",
    filled: Object.fromEntries([...names].map((name) => [name, filledOf(of, name)])),
    owner: of?.owner === "nobody" ? "nobody" : "paths",
    paths: Array.isArray(of?.owner) ? lines(of.owner) : "",
    redact: lines(of?.redact),
    volatile: lines(of?.volatile),
    unordered: lines(of?.unordered),
    maxAge: shortAge(of?.max_age ?? ""),
    calls: of?.limits?.calls?.toString() ?? "",
    bytes: of?.limits?.bytes?.toString() ?? "",
    effectClass: of?.effect_class ?? null,
    keyArgument: of?.key?.argument ?? "",
    keyMeta: of?.key?.meta ?? false,
    keyHours: (of?.key?.hours ?? 24).toString(),
    card: of?.card ?? "",
    remedy: of?.remedy ?? "",
    reversible: of?.reversible ?? "",
    reference: of?.reference ?? "",
    notExecuted: lines(of?.not_executed),
    json: { find: shown(of?.find), changes: shown(of?.changes), recheck: shown(of?.recheck), proof: shown(of?.proof) },
  };
}

function filledOf(of: Partial<Decision> | undefined, name: string): Filled {
  const bound = of?.bind?.[name];
  const rest = { most: of?.limits?.at_most?.[name]?.toString() ?? "", destination: of?.destinations?.includes(name) ?? false };
  if (bound === undefined) return { ...worker, ...rest };
  if (bound === "$customer") return { by: "customer", text: "", ...rest };
  if (typeof bound === "string" && bound.startsWith("$customer.")) return { by: "other", text: bound.slice("$customer.".length), ...rest };
  return { by: "value", text: String(bound), ...rest };
}

/** "900s", as the server writes every age, as people write it: "15m". */
export function shortAge(age: string): string {
  const seconds = /^(\d+)s$/.exec(age)?.[1];
  if (seconds === undefined) return age;
  const unit = ([["d", 86_400], ["h", 3_600], ["m", 60]] as const).find(([, size]) => Number(seconds) >= size && Number(seconds) % size === 0);
  return unit === undefined ? age : `${Number(seconds) / unit[1]}${unit[0]}`;
}

/** The decision that a form says, or what in it cannot be read, by field. */
export type Read = { decision: Decision; wrong: null } | { decision: null; wrong: Record<string, string> };

const many = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
const orNothing = (text: string): string | null => text.trim() || null;

/** `wholeFor`: all of the connection belongs to this one customer, so that a read needs to name no owner. */
export function decisionOf(form: Form, args: readonly Field[], { wholeFor = null }: { wholeFor?: string | null } = {}): Read {
  const wrong: Record<string, string> = missingIn(form, wholeFor);
  const count = (field: string, text: string): number | null => {
    const value = text.trim() === "" ? null : Number(text);
    if (value !== null && !Number.isFinite(value)) wrong[field] = "This is not a number.";
    return value;
  };
  const json = <T>(part: JsonPart, empty: T): T => {
    if (form.json[part].trim() === "") return empty;
    try {
      return JSON.parse(form.json[part]) as T;
    } catch (error) {
      wrong[part] = error instanceof SyntaxError ? `This is not JSON: ${error.message}.` : "";
      return empty;
    }
  };
  if (form.effect === null) return { decision: null, wrong: { effect: "Is it a read, a write, or off?" } };
  const kinds = new Map(args.map((each) => [each.path, each.schema["type"]]));
  const atMost: Record<string, number> = {};
  for (const [name, { most }] of Object.entries(form.filled)) {
    const value = count(`limits/at_most/${name}`, most);
    if (value !== null) atMost[name] = value;
  }
  // Required: a field that the server learns and this form does not is an error of types, not a field that is lost.
  const all: Required<Decision> = {
    effect: form.effect,
    title: form.title.trim(),
    bind: Object.fromEntries(Object.entries(form.filled).flatMap(([name, one]) => (one.by === "worker" ? [] : [[name, boundOf(one, kinds.get(name))]]))),
    owner: form.owner === "nobody" ? "nobody" : many(form.paths).length > 0 ? many(form.paths) : null,
    redact: many(form.redact),
    limits: { calls: count("limits/calls", form.calls), bytes: count("limits/bytes", form.bytes), at_most: atMost },
    ...nothingOfTheOther,
  };
  if (form.effect === "read") Object.assign(all, { volatile: many(form.volatile), unordered: many(form.unordered), max_age: orNothing(form.maxAge) });
  if (form.effect === "write")
    Object.assign(all, {
      effect_class: form.effectClass,
      key: form.effectClass === "keyed" || (form.effectClass === "queryable" && (form.keyArgument !== "" || form.keyMeta)) ? { argument: orNothing(form.keyArgument), meta: form.keyMeta, hours: count("key/hours", form.keyHours) ?? 24 } : null,
      destinations: Object.keys(form.filled).filter((name) => form.filled[name]?.destination),
      card: orNothing(form.card),
      remedy: orNothing(form.remedy),
      ...(form.reversible.trim() !== "" && { reversible: form.reversible.trim() }),
      reference: orNothing(form.reference),
      not_executed: many(form.notExecuted),
      changes: json("changes", []),
      recheck: json("recheck", []),
      find: json("find", null),
      proof: json("proof", []),
    });
  return Object.keys(wrong).length > 0 ? { decision: null, wrong } : { decision: all, wrong: null };
}

/** What a read and a write cannot do without. */
function missingIn(form: Form, wholeFor: string | null): Record<string, string> {
  if (form.effect === "read") return form.owner === "paths" && many(form.paths).length === 0 && wholeFor === null ? { owner: "Name a path, or say that they are nobody’s." } : {};
  if (form.effect !== "write") return {};
  return {
    ...(form.card.trim() === "" && { card: "People decide by this sentence." }),
    ...(form.effectClass === null && { effect_class: "Which is it? If in doubt: neither." }),
    ...(form.effectClass === "keyed" && form.keyArgument === "" && !form.keyMeta && { key: "A key travels in an argument, in the meta of the call, or in both." }),
    ...(form.effectClass === "queryable" && form.json.find.trim() === "" && { find: "It is queryable only if it can be found again." }),
  };
}

/** What only a read has, and what only a write has. */
const nothingOfTheOther = {
  volatile: [],
  unordered: [],
  max_age: null,
  effect_class: null,
  key: null,
  destinations: [],
  card: null,
  remedy: null,
  reversible: "Cannot be taken back by us.",
  reference: null,
  not_executed: [],
  changes: [],
  recheck: [],
  find: null,
  proof: [],
};

function boundOf({ by, text }: Filled, kind: unknown): string | number | boolean {
  if (by === "customer") return "$customer";
  if (by === "other") return `$customer.${text.trim()}`;
  if (kind === "boolean" && /^(true|false)$/.test(text.trim())) return text.trim() === "true";
  return kind === "integer" && /^-?\d+$/.test(text.trim()) ? Number(text) : text;
}

/** The customer's ids that a tool needs, as `billing` or `retail.state_key`. */
export function recordsFor(id: string, of: Decision): string[] {
  const bound = Object.values(of.bind).flatMap((value) => (typeof value === "string" && value.startsWith("$customer") ? [id + value.slice("$customer".length)] : []));
  const needed = Array.isArray(of.owner) && of.owner.length > 0 ? [id, ...bound] : bound;
  return [...new Set(needed)].sort();
}
