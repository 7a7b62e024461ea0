import type { Card, CardDecision } from "../../shared/api";

/** The person's own answer that can still be taken back. */
export const takeable = (card: Card): CardDecision | undefined => card.decisions.find((each) => each.can.includes("take_back"));
export const counting = (card: Card, kind: CardDecision["kind"]): CardDecision[] => card.decisions.filter((each) => each.kind === kind && each.standing === "counts");
