import type { Action, Card } from "../../shared/api";
import { observations } from "../../shared/explain/store";

/** How the card speaks: of what may come, of what is on its way, of what happened, or of what did not. */
export type Tense = "ahead" | "under_way" | "done" | "dropped";

const unsent: readonly NonNullable<Action["effect"]>["state"][] = ["failed", "stale", "skipped"];

export function tense(card: Card): Tense {
  if (card.state === "open") return "ahead";
  if (card.state === "done") return "done";
  if (card.state !== "approved") return "dropped";
  const states = card.actions.map((action) => action.effect?.state);
  return states.length > 0 && states.every((state) => state !== undefined && unsent.includes(state)) ? "dropped" : "under_way";
}

/** When the customer was told what this card says, as the trace has it; `null`: not yet, or never. */
export function toldAt(card: Card): string | null {
  return observations.value.find((seen) => seen.kind === "told" && seen.detail["proposal"] === card.id)?.at ?? null;
}

/** When and why this proposal was taken back, as the trace has it. */
export function takenBack(card: Card): { at: string; why: string } | null {
  const seen = observations.value.find((each) => each.kind === "taken_back" && each.detail["proposal"] === card.id);
  return seen === undefined ? null : { at: seen.at, why: String(seen.detail["why"] ?? "") };
}

/** The newest proposal that this mission made after this one, if it made one. */
export function successor(card: Card): string | null {
  const proposed = observations.value.filter((seen) => seen.kind === "proposed").map((seen) => seen.detail["proposal"]);
  const last = proposed.at(-1);
  return typeof last === "string" && proposed.includes(card.id) && last !== card.id ? last : null;
}

/** What had changed when this action was about to be sent, as the trace has it. */
export function changedBefore(grant: string): unknown {
  return observations.value.findLast((seen) => seen.kind === "effect" && seen.detail["state"] === "stale" && seen.detail["grant"] === grant)?.detail["changes"];
}
