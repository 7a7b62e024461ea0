// Writes shared/api.gen.ts from openapi.json; with --check only compares.
// openapi-typescript needs TypeScript 5, the pages use 7: it has a lock file of its own beside this file.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../shared/api.gen.ts");

if (!existsSync(join(here, "node_modules/openapi-typescript"))) {
  const npm = process.env.npm_execpath;
  const install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  if (npm) execFileSync(process.execPath, [npm, ...install], { cwd: here, stdio: "inherit" });
  else execFileSync("npm", install, { cwd: here, stdio: "inherit" });
}

const { default: openapiTS, astToString } = await import("openapi-typescript");
const source = JSON.parse(readFileSync(join(here, "../openapi.json"), "utf8"));
const types = `// Generated from openapi.json by tools/types.mjs. Do not edit.\n${astToString(await openapiTS(source))}`;
const bodies = Object.keys(source.components.schemas).length;

if (!process.argv.includes("--check")) {
  writeFileSync(target, types);
  console.log(`types: wrote ${bodies} bodies to shared/api.gen.ts`);
} else if (!existsSync(target) || readFileSync(target, "utf8") !== types) {
  console.error("types: shared/api.gen.ts does not fit openapi.json. Run `npm run types` in web/ and commit it.");
  process.exit(1);
} else {
  console.log(`types: ${bodies} bodies in shared/api.gen.ts fit openapi.json`);
}
