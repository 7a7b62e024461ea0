/** Where one can be in the Studio. */
export type Place = { at: "list" | "policy" | "people" } | { at: "add" } | { at: "one" | "review" | "settings"; id: string } | { at: "tool"; id: string; tool: string };

const base = "/studio/connections";
export const list = base;
export const policy = "/studio/policy";
export const people = "/studio/people";
/** No id has a hyphen in it. */
export const add = `${base}/connect-a-system`;
export const one = (id: string): string => `${base}/${encodeURIComponent(id)}`;
export const review = (id: string): string => `${one(id)}/review`;
export const settings = (id: string): string => `${one(id)}/settings`;
/** A tool may have any name, also one with a slash in it. */
export const tool = (id: string, name: string): string => `${one(id)}/tools/${encodeURIComponent(name)}`;

/** `null`: there is no such page. */
export function placeOf(path: string): Place | null {
  if (path === "/studio" || path === base) return { at: "list" };
  if (path === policy) return { at: "policy" };
  if (path === people) return { at: "people" };
  if (path === add) return { at: "add" };
  if (!path.startsWith(`${base}/`)) return null;
  const [id, room, name, ...more] = path.slice(base.length + 1).split("/").map(decoded);
  if (id === undefined || id === null || more.length > 0) return null;
  if (room === undefined) return { at: "one", id };
  if (room === "tools" && name) return { at: "tool", id, tool: name };
  if ((room === "review" || room === "settings") && name === undefined) return { at: room, id };
  return null;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
