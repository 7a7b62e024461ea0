// Takes addresses (of sponsors, of registries) out of the two lock files: pins and hashes are all that `npm ci` needs.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
for (const name of ["../package-lock.json", "package-lock.json"]) {
  const path = join(here, name);
  const lock = JSON.parse(readFileSync(path, "utf8"));
  for (const entry of Object.values(lock.packages)) {
    delete entry.funding;
    delete entry.resolved;
  }
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log("lock: two files, no address");
