import type { Field } from "./schema";

/** What was typed into a form of arguments: as JSON, or what is wrong with it, by argument. */
export type Typed = { values: Record<string, unknown>; wrong: Record<string, string> };

/** An empty field is an argument that is not given. */
export function typed(fields: readonly Field[], texts: Readonly<Record<string, string>>): Typed {
  const found: Typed = { values: {}, wrong: {} };
  for (const field of fields) {
    const text = (texts[field.path] ?? "").trim();
    if (text === "") {
      if (field.required) found.wrong[field.path] = "This is needed.";
      continue;
    }
    try {
      found.values[field.path] = valueOf(text, field);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      found.wrong[field.path] = error.message;
    }
  }
  return found;
}

/** How an argument is typed. */
export type Entry = "line" | "number" | "choice" | "json";

export function entryOf({ choices, schema }: Field): Entry {
  if (choices.length > 0 || schema["type"] === "boolean") return "choice";
  if (schema["type"] === "integer" || schema["type"] === "number") return "number";
  return schema["type"] === "string" ? "line" : "json";
}

/** The choices of an argument as they are written in the form. */
export const offered = (field: Field): string[] => (field.choices.length > 0 ? field.choices.map(written) : ["true", "false"]);
const written = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

class Wrong extends Error {}

function valueOf(text: string, field: Field): unknown {
  switch (entryOf(field)) {
    case "line":
      return text;
    case "choice":
      return field.choices.length > 0 ? field.choices.find((each) => written(each) === text) : text === "true";
    case "number":
      return numberOf(text, field.schema["type"] === "integer");
    case "json":
      return json(text);
  }
}

function numberOf(text: string, whole: boolean): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Wrong("This is not a number.");
  if (whole && !Number.isInteger(value)) throw new Wrong("This is not a whole number.");
  return value;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Wrong('This is not JSON. Text stands in quotes: "like this".');
  }
}
