/** What the server said is wrong, and where: `at` is the way to it inside the body, empty when it is about all of it. */
export interface Wrong {
  at: readonly string[];
  says: string;
}

/** Reads "/manifest/http/url: Value error, …", as the server writes it; a name on the way may hold spaces. */
export function placed(message: string): Wrong {
  const found = /^\/(.*?): (.+)$/s.exec(message);
  if (found === null) return { at: [], says: message };
  const [, at = "", says = ""] = found;
  return { at: at.split("/"), says: sentence(says.replace(/^(Value|Assertion) error, /, "")) };
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

/** What is wrong with the field at `way`, or inside it; `null` when it is something else. */
export const about = (wrong: Wrong | null, ...way: string[]): string | null => (wrong !== null && way.every((part, at) => wrong.at[at] === part) ? wrong.says : null);
