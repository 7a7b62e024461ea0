// Our own rules for the pages: words from outside are text nodes, surfaces and features are strangers, files stay small.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const surfaces = ["desk", "portal", "studio", "widget"];
const longest = 150; // lines of a component
const banned = [
  [/\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|createContextualFragment|srcdoc)\b/, "words from outside are text nodes"],
  [/\bdocument\.write(ln)?\b/, "words from outside are text nodes"],
  [/\beval\s*\(|\bnew Function\b|\bset(Timeout|Interval)\s*\(\s*["'`]/, "no code is made from text"],
  [/\bstyle\s*=\s*"/, "the page rules block inline styles"],
  [/@ts-(ignore|nocheck)/, "types are not switched off"],
];

/** What is wrong with one file; `path` is relative to web/. */
export function problems(path, source) {
  const found = [];
  source.split("\n").forEach((line, at) => {
    for (const [pattern, why] of banned) if (pattern.test(line)) found.push(`${path}:${at + 1} ${line.trim()} (${why})`);
  });
  if (path.endsWith(".tsx") && source.trimEnd().split("\n").length > longest) found.push(`${path} is longer than ${longest} lines: it is two components`);
  for (const [, target] of source.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
    const why = stranger(path, relative(".", join(dirname(path), target)));
    if (why !== null) found.push(`${path} imports ${target} (${why})`);
  }
  return found;
}

function stranger(from, to) {
  const [surface, feature] = from.split(sep);
  const [other, room] = to.split(sep);
  if (other !== "shared" && other !== surface) return `${surface}/ imports only shared/ and itself`;
  const inFeature = surfaces.includes(surface) && from.split(sep).length > 2;
  if (inFeature && other === surface && to.split(sep).length > 2 && room !== feature) return "features are strangers; share it one level up";
  return null;
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));
  const files = ["shared", "desk", "portal", "studio"]
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
    .filter((path) => /\.(ts|tsx|js|html)$/.test(path) && !path.endsWith(".gen.ts"));
  const found = files.flatMap((path) => problems(path, readFileSync(path, "utf8")));
  for (const lock of ["package-lock.json", "tools/package-lock.json"]) {
    if (/https?:/.test(readFileSync(lock, "utf8"))) found.push(`${lock} holds an address; run \`npm run lock\``);
  }
  for (const each of found) console.error(`lint: ${each}`);
  console.log(`lint: ${files.length} files, ${found.length} problems`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
