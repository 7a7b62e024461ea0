type Fields = Record<string, unknown>;

/** One argument or field of a schema, as people read it; `path` is `order.items[].sku`. */
export interface Field {
  path: string;
  /** How deep it lies in others. */
  depth: number;
  kind: string;
  required: boolean;
  about: string | null;
  /** The values it may have, where they are counted. */
  choices: readonly unknown[];
  /** The schema of this field itself. */
  schema: Fields;
}

const deepest = 6;
const most = 400;
const isFields = (value: unknown): value is Fields => value !== null && typeof value === "object" && !Array.isArray(value);

/** Everything that a schema names, from the outside in; nothing that leads elsewhere is followed. */
export function fieldsOf(schema: unknown): Field[] {
  const found: Field[] = [];
  if (isFields(schema)) walk(schema, "", 0, schema, found);
  return found;
}

/** The arguments of a tool themselves, without what lies in them. */
export const argumentsOf = (schema: unknown): Field[] => fieldsOf(schema).filter((field) => field.depth === 0);

/** "one of "open", "closed"", or just its kind. */
export const kindAndChoices = ({ kind, choices }: Field): string => (choices.length > 0 ? `${kind} ${choices.map((each) => JSON.stringify(each)).join(", ")}` : kind);

function walk(schema: Fields, under: string, depth: number, root: Fields, found: Field[]): void {
  const { core } = resolved(schema, root);
  const inside = isFields(core["properties"]) ? core["properties"] : {};
  const required = Array.isArray(core["required"]) ? core["required"] : [];
  for (const [name, inner] of Object.entries(inside)) {
    if (!isFields(inner) || found.length >= most) continue;
    const path = under === "" ? name : `${under}.${name}`;
    const one = resolved(inner, root);
    found.push({ path, depth, kind: kindOf(inner, root), required: required.includes(name), about: told(inner) ?? told(one.core), choices: choicesOf(one.core), schema: one.core });
    const many = isFields(one.core["items"]) ? one.core["items"] : null;
    if (depth < deepest) walk(many ?? one.core, many ? `${path}[]` : path, depth + 1, root, found);
  }
}

const told = (schema: Fields): string | null => (typeof schema["description"] === "string" ? schema["description"] : null);
const choicesOf = (schema: Fields): readonly unknown[] => ("const" in schema ? [schema["const"]] : Array.isArray(schema["enum"]) ? schema["enum"] : []);

/** What a schema says once references inside it are followed and "or nothing" is taken off. */
function resolved(schema: Fields, root: Fields): { core: Fields; nothing: boolean } {
  let core = schema;
  let nothing = false;
  for (let steps = 0; steps < 10; steps++) {
    const to = core["$ref"];
    const of = core["anyOf"] ?? core["oneOf"];
    if (typeof to === "string" && to.startsWith("#/")) core = at(root, to) ?? {};
    else if (Array.isArray(of) && of.filter((each) => !isNothing(each)).length === 1) {
      nothing ||= of.some(isNothing);
      core = of.find((each) => !isNothing(each)) as Fields;
    } else break;
  }
  return { core, nothing };
}

const isNothing = (schema: unknown): boolean => isFields(schema) && schema["type"] === "null";

function at(root: Fields, reference: string): Fields | null {
  let now: unknown = root;
  for (const part of reference.slice(2).split("/")) now = isFields(now) ? now[part.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  return isFields(now) ? now : null;
}

const formats: Record<string, string> = { "date-time": "time", date: "day", uri: "address of the web", url: "address of the web", email: "e-mail address", uuid: "id" };
const kinds: Record<string, string> = { string: "text", integer: "whole number", number: "number", boolean: "yes or no", object: "fields", null: "nothing" };

/** In words: "text", "list of whole numbers", "one of …". */
export function kindOf(schema: Fields, root: Fields = schema, depth = 0): string {
  const { core, nothing } = resolved(schema, root);
  return nothing ? `${bare(core, root, depth)} or nothing` : bare(core, root, depth);
}

function bare(schema: Fields, root: Fields, depth: number): string {
  if ("const" in schema) return "always";
  if (Array.isArray(schema["enum"])) return "one of";
  const several = schema["anyOf"] ?? schema["oneOf"];
  if (depth > deepest) return "anything";
  if (Array.isArray(several)) return several.filter(isFields).map((each) => kindOf(each, root, depth + 1)).join(" or ");
  const type = schema["type"];
  if (Array.isArray(type)) return type.map((each) => kinds[String(each)] ?? String(each)).join(" or ");
  if (type === "array") return isFields(schema["items"]) ? `list of ${kindOf(schema["items"], root, depth + 1)}` : "list";
  if (type === "string" && typeof schema["format"] === "string") return formats[schema["format"]] ?? "text";
  return typeof type === "string" ? (kinds[type] ?? type) : isFields(schema["properties"]) ? "fields" : "anything";
}
