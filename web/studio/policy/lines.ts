/** Where in the text an error is, counted from 1: at the line that it names, else in its rule; `null`: nobody knows. */
export function lineOf(text: string, error: { rule: string | null; place: string | null; sentence: string }): number | null {
  const lines = text.split("\n");
  if (error.rule === null) {
    const told = /\bline (\d+)/.exec(error.sentence);
    return told ? Math.min(Number(told[1]), lines.length) : null;
  }
  const head = lines.findIndex((line) => isHead(line, error.rule ?? ""));
  if (head < 0) return null;
  const rest = lines.slice(head + 1);
  const next = rest.findIndex((line) => /^\s*\[(?!\[)/.test(line) && !line.includes(`.${error.rule}.`));
  const name = error.place?.split(" ")[0];
  const own = next < 0 ? rest : rest.slice(0, next);
  const at = name ? own.findIndex((line) => new RegExp(`^\\s*"?${name.replace(/\W/g, "")}"?\\s*=`).test(line)) : -1;
  return at < 0 ? head + 1 : head + 2 + at;
}

const isHead = (line: string, rule: string): boolean => /^\s*\[\s*rule\s*\./.test(line) && line.replace(/["'\s]/g, "").startsWith(`[rule.${rule}]`);
