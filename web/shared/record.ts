import { day, money, whole } from "./text";
import type { Money } from "./api";

type Fields = Record<string, unknown>;

/** A record that was read, laid out for people: its `heads` side by side, one line for each thing that matters. */
export interface LaidOut {
  heads: readonly string[];
  lines: readonly { name: string; cells: readonly string[] }[];
  /** What is alike in all of them and matters less. */
  alike: readonly { name: string; text: string }[];
}

const isFields = (value: unknown): value is Fields => value !== null && typeof value === "object" && !Array.isArray(value);

export const isMoney = (value: unknown): value is Money =>
  isFields(value) && Object.keys(value).length === 2 && typeof value["minor"] === "number" && typeof value["currency"] === "string" && /^[A-Z]{3}$/.test(value["currency"]);

const isTime = (value: unknown): value is string => typeof value === "string" && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value) && !Number.isNaN(Date.parse(value));

/** One value in words: money as money, times and days in the reader's way. */
export function inWords(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (isMoney(value)) return money(value);
  if (isTime(value)) return whole(value);
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return day(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(inWords).join("; ");
  if (isFields(value)) return shownFields(value).map(([name, inner]) => (isMoney(inner) || /name|title/.test(name) ? inWords(inner) : `${spaced(name)} ${inWords(inner)}`)).join(", ");
  return String(value);
}

const spaced = (name: string): string => name.replaceAll("_", " ");
const shownFields = (of: Fields): [string, unknown][] => Object.entries(of).filter(([name, value]) => name !== "customer_id" && value !== null);

/** `null`: not a shape that can be laid out; show its words instead. */
export function laidOut(value: unknown): LaidOut | null {
  const inner = kernel(value);
  const records = Array.isArray(inner) ? inner : [inner];
  if (records.length === 0 || records.length > 12 || !records.every(isFields)) return null;
  const names = [...new Set(records.flatMap((record) => shownFields(record).map(([name]) => name)))];
  if (names.length === 0) return null;
  const own = records.length > 1 ? names.find((name) => name.endsWith("id") && new Set(records.map((record) => record[name])).size === records.length) : undefined;
  const all = names
    .filter((name) => name !== own)
    .map((name) => ({ name, cells: records.map((record) => inWords(record[name])), weight: weight(name, records.map((record) => record[name])) }))
    .sort((one, other) => one.weight - other.weight);
  const times = new Set<string>();
  const lines = all.filter(({ cells, weight: of }) => {
    if (of !== 2) return true;
    const same = times.has(cells.join());
    times.add(cells.join());
    return !same; // "created" and "captured" in the same second say it twice
  });
  const minor = (of: (typeof lines)[number]): boolean => records.length > 1 && of.weight === 4;
  return {
    heads: records.length > 1 ? records.map((record, at) => (own === undefined ? String(at + 1) : inWords(record[own]))) : [],
    lines: lines.filter((line) => !minor(line)).map(({ name, cells }) => ({ name: spaced(name), cells })),
    alike: lines.filter(minor).map(({ name, cells }) => ({ name: spaced(name), text: cells[0] ?? "" })),
  };
}

/** Down to what the answer is about: `{customer_id, payments: [...]}` is its payments. */
function kernel(value: unknown): unknown {
  if (!isFields(value)) return value;
  const [only, ...rest] = shownFields(value);
  return only !== undefined && rest.length === 0 && typeof only[1] === "object" && !isMoney(only[1]) ? kernel(only[1]) : value;
}

/** What matters most comes first: money, state, times, what differs; last what is alike in all. */
function weight(name: string, values: readonly unknown[]): number {
  if (values.some(isMoney)) return 0;
  if (/status|state/.test(name)) return 1;
  if (values.some(isTime)) return 2;
  return new Set(values.map(inWords)).size > 1 ? 3 : 4;
}
