import type { CaseSummary } from "../shared/api";
import type { IconName } from "../shared/ui/icon";

/** How a case stands, in a customer's words. */
export const states: Record<CaseSummary["state"], { words: string; icon: IconName; tone: "ok" | "warn" | "accent" | "" }> = {
  working: { words: "We are looking into it", icon: "sparkle", tone: "" },
  your_answer: { words: "Your answer is needed", icon: "question", tone: "accent" },
  person_decides: { words: "A person decides", icon: "person", tone: "" },
  carrying_out: { words: "Being carried out", icon: "refresh", tone: "" },
  system_away: { words: "Waiting for one of our systems", icon: "clock", tone: "warn" },
  being_checked: { words: "Being checked", icon: "clock", tone: "warn" },
  with_person: { words: "With a person", icon: "person", tone: "accent" },
  closed: { words: "Closed", icon: "check", tone: "" },
};
