import type { ChangeCard, ChangeRow } from "../../shared/api";
import { plural } from "../../shared/text";
import type { IconName } from "../../shared/ui/icon";

export const kinds: Record<ChangeRow["kind"], { says: string; icon: IconName }> = {
  policy: { says: "policy", icon: "ruled" },
  connection: { says: "connection", icon: "connection" },
  role: { says: "account", icon: "customer" },
};

/** How a change ended. `open` waits; the others are for good. */
export const states: Record<ChangeRow["state"], { says: string; icon: IconName; tone: "ok" | "warn" | "" }> = {
  open: { says: "waits", icon: "clock", tone: "" },
  adopted: { says: "in force since then", icon: "check", tone: "ok" },
  rejected: { says: "rejected", icon: "declined", tone: "warn" },
  withdrawn: { says: "withdrawn", icon: "takenBack", tone: "" },
  replaced: { says: "replaced", icon: "takenBack", tone: "" },
};

export const missing = (row: ChangeRow): string => (row.needed === 0 ? "nobody is missing" : `${plural(row.needed, "person", "people")} missing`);

/** Who asked, as people say it: a file and a suggestion are nobody. */
export function askedBy(row: ChangeRow): string {
  if (row.source === "file") return `the file ${row.asked_by}`;
  return row.source === "suggestion" ? `a suggestion: ${row.asked_by}` : row.asked_by;
}

/** What a change of an account means for that person. */
export function ofAccount({ difference, row }: ChangeCard): string {
  const at = (place: string) => difference.find((each) => each.place === place);
  const [role, active] = [at("role"), at("active")];
  if (active?.after === "false") return "Nobody signs in by this account any more, and who is signed in by it is signed out.";
  if (role?.before === null) return `A new account: ${at("name")?.after ?? row.subject} signs in by ${row.subject}, as ${role.after}.`;
  return role ? `From their next request on they are ${role.after}; today they are ${role.before}.` : row.title;
}
