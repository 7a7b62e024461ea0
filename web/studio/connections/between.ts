import type { ConnectionTool, DefinitionChange } from "../../shared/api";
import { same } from "./same";

const fields = ["title", "description", "input_schema", "output_schema", "annotations"] as const;
const largest = 400; // lines that are compared one by one

/** What a server said of a tool when it was read, beside what it says now. */
export function between(before: ConnectionTool, after: ConnectionTool | undefined): DefinitionChange[] {
  return fields.flatMap((field) => {
    const [old, now] = [before[field], after?.[field] ?? null];
    if (same(old, now)) return [];
    const [was, is] = [asText(old), asText(now)];
    return [{ field, before: was, after: is, lines: linesBetween(was, is) }];
  });
}

const asText = (value: unknown): string | null => (value === null || value === undefined ? null : typeof value === "string" ? value : JSON.stringify(value, null, 2));
const cut = (text: string | null): string[] => (text === null ? [] : text.split("\n"));

/** Line by line, each with " ", "-" or "+" before it; only what is near a change. */
export function linesBetween(before: string | null, after: string | null): string[] {
  const [old, now] = [cut(before), cut(after)];
  if (old.length > largest || now.length > largest) return [...old.map((line) => `-${line}`), ...now.map((line) => `+${line}`)];
  const all = merged(old, now);
  const near = (at: number): boolean => all.slice(Math.max(0, at - 2), at + 3).some((line) => !line.startsWith(" "));
  return all.filter((_, at) => near(at));
}

/** By the longest run of lines that both have. */
function merged(old: readonly string[], now: readonly string[]): string[] {
  const length: number[][] = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let a = old.length - 1; a >= 0; a--)
    for (let b = now.length - 1; b >= 0; b--) length[a]![b] = old[a] === now[b] ? length[a + 1]![b + 1]! + 1 : Math.max(length[a + 1]![b]!, length[a]![b + 1]!);
  const found: string[] = [];
  let [a, b] = [0, 0];
  while (a < old.length || b < now.length) {
    if (a < old.length && b < now.length && old[a] === now[b]) found.push(` ${(b++, old[a++])}`);
    else if (a < old.length && (b >= now.length || length[a + 1]![b]! >= length[a]![b + 1]!)) found.push(`-${old[a++]}`);
    else found.push(`+${now[b++]}`);
  }
  return found;
}
