import type { Change, EditField } from "../../shared/api";

/** What stands in a field: a text, or a mark; `currency` beside an amount. */
export interface Entry {
  text: string;
  currency?: string;
}

interface Read {
  /** Whether it is sent at all. */
  given: boolean;
  value: unknown;
  wrong: string | null;
}

const nothing: Read = { given: false, value: undefined, wrong: null };
const wrong = (says: string): Read => ({ ...nothing, wrong: says });
const got = (value: unknown): Read => ({ given: true, value, wrong: null });
const isMoney = (value: unknown): value is { minor: number; currency: string } => typeof value === "object" && value !== null && "minor" in value && "currency" in value;

const decimals = (currency: string): number => {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2; // no ISO code, as long as somebody types one
  }
};

/** `4990` of EUR as "49.90", digit by digit: no rounding. */
export function amountText(minor: number, currency: string): string {
  const places = decimals(currency);
  const digits = String(Math.abs(minor)).padStart(places + 1, "0");
  const cut = digits.length - places;
  return `${minor < 0 ? "-" : ""}${digits.slice(0, cut)}${places > 0 ? `.${digits.slice(cut)}` : ""}`;
}

/** "39.9" in EUR as 3990; `null` for what is no amount of this currency. */
export function minorOf(text: string, currency: string): number | null {
  const match = /^(-?)(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim());
  const places = decimals(currency);
  const rest = match?.[3] ?? "";
  if (!match || rest.length > places) return null;
  return Number(`${match[1]}${match[2]}${rest.padEnd(places, "0")}`);
}

/** Changed values that a message still names as they were: "€49.90" where €39.90 is sent. */
export const leftIn = (message: string, changes: readonly Change[]): string[] =>
  changes.filter((each) => each.before.length > 2 && each.before !== message && !each.after.includes(each.before) && message.includes(each.before)).map((each) => each.before);

/** How a field begins. */
export function begun(field: EditField): Entry {
  if (field.kind === "money" && isMoney(field.value)) return { text: amountText(field.value.minor, field.value.currency), currency: field.value.currency };
  if (field.kind === "money") return { text: "", currency: String(field.choices[0] ?? "") };
  if (field.kind === "choice" || field.kind === "boolean") return { text: field.given ? JSON.stringify(field.value) : "" };
  return { text: field.given && field.value !== null ? String(field.value) : "" };
}

/** What the person means, in the type that the tool takes. */
export function read(field: EditField, entry: Entry): Read {
  const begins = begun(field);
  if (field.locked !== null || (entry.text === begins.text && entry.currency === begins.currency)) return field.given ? got(field.value) : nothing;
  const text = entry.text.trim();
  if (text === "" && field.kind !== "text") return field.required ? wrong("This is needed.") : nothing;
  switch (field.kind) {
    case "money": {
      const minor = minorOf(text, entry.currency ?? "");
      return minor === null ? wrong(`An amount, such as ${amountText(1250, entry.currency ?? "EUR")}.`) : got({ minor, currency: entry.currency });
    }
    case "integer":
      return /^-?\d{1,15}$/.test(text) ? within(field, Number(text)) : wrong("A whole number.");
    case "number":
      return /^-?\d+(\.\d+)?$/.test(text) ? within(field, Number(text)) : wrong("A number, such as 12.5.");
    case "choice":
    case "boolean":
      return got(JSON.parse(text));
    default:
      return text === "" && !field.required ? nothing : field.longest !== null && entry.text.length > field.longest ? wrong(`At most ${field.longest} characters.`) : got(entry.text);
  }
}

function within({ minimum, maximum }: EditField, value: number): Read {
  if (minimum !== null && value < minimum) return wrong(`At least ${minimum}.`);
  return maximum !== null && value > maximum ? wrong(`At most ${maximum}.`) : got(value);
}
