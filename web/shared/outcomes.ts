import type { IconName } from "./ui/icon";

/** How a mission can end: only what was solved is good news; a refusal is no success and an answer is neutral. */
const looks: Record<string, { icon: IconName; tone: "ok" | "warn" | ""; words: string }> = {
  resolved: { icon: "done", tone: "ok", words: "resolved" },
  explained: { icon: "info", tone: "", words: "explained, nothing had to change" },
  declined: { icon: "declined", tone: "warn", words: "declined" },
  handed_off: { icon: "hand", tone: "warn", words: "handed off" },
  withdrawn: { icon: "takenBack", tone: "", words: "withdrawn" },
  failed: { icon: "failed", tone: "warn", words: "failed" },
};

export const outcomeLook = (outcome: string): (typeof looks)[string] => looks[outcome] ?? { icon: "circle", tone: "", words: outcome.replaceAll("_", " ") };
