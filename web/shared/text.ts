import { signal } from "@preact/signals";
import type { Money } from "./api";

const locale = "en-GB";
const clockFormat = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const secondsFormat = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const datedFormat = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const dateFormat = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
const wholeFormat = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });

/** Now, to the half minute, so that "6 min" grows while a page is open. */
export const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 30_000);

/** `{minor: 4990, currency: "EUR"}` as "€49.90"; the number of decimals is the currency's own. */
export function money({ minor, currency }: Money): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export const clock = (at: string | number): string => clockFormat.format(new Date(at));
export const seconds = (at: string): string => secondsFormat.format(new Date(at));
export const whole = (at: string): string => wholeFormat.format(new Date(at));

/** "14 Nov 2026, 10:02", for what is kept. */
export const dated = (at: string): string => datedFormat.format(new Date(at));
/** "2026-11-14", a day without a time, as "14 Nov 2026". */
export const day = (at: string): string => dateFormat.format(new Date(at));

/** "10:02" today, "14 Nov, 10:02" before. */
export function moment(at: string): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date(now.value).toDateString();
  return today ? clockFormat.format(date) : `${dayFormat.format(date)}, ${clockFormat.format(date)}`;
}

/** How long since: "just now", "6 min", "2 h", "3 days". */
export function since(at: string): string {
  const minutes = Math.floor((now.value - new Date(at).getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} days`;
}

export function ago(at: string): string {
  const length = since(at);
  return length === "just now" ? length : `${length} ago`;
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Joins lines that were only broken to fit a file: paragraphs end at an empty line, list items keep their own. */
export const unwrap = (text: string): string => text.replace(/\r\n?/g, "\n").replace(/([^\n])\n(?!\n|\s*(?:[-*•]|\d+\.) )[ \t]*/g, "$1 ");

// Characters that hide, or that turn the direction of what follows. A joiner inside an emoji is honest.
const hidden =
  /(?<!\p{Extended_Pictographic}\uFE0F?)\u200D|[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|[\u{E0000}-\u{E0FFF}]/gu;

export type Piece = { text: string; hidden: boolean };

/** Cuts text at invisible and direction-turning characters, each of which becomes a visible "U+202E". */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(hidden)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index), hidden: false });
    const code = match[0].codePointAt(0) ?? 0;
    found.push({ text: `U+${code.toString(16).toUpperCase().padStart(4, "0")}`, hidden: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ text: text.slice(at), hidden: false });
  return found;
}

/** The same for places that take only a string, such as the title of the window. */
export const visible = (text: string): string => pieces(text).map((piece) => (piece.hidden ? `‹${piece.text}›` : piece.text)).join("");
