import type { Action, Card } from "../../shared/api";
import { ago, whole } from "../../shared/text";
import { Id } from "../../shared/ui/copied";
import { Chip } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { due } from "../due";
import { counting } from "./undo";

const risks = { low: { tone: "ok", icon: "riskLow" }, medium: { tone: "warn", icon: "riskMedium" }, high: { tone: "bad", icon: "riskHigh" } } as const;
const classes: Record<Action["effect_class"], string> = {
  keyed: "sent exactly once, by key",
  queryable: "can be looked up afterwards",
  neither: "cannot be looked up afterwards",
};

/** The ask in one sentence, and what a person weighs first. */
export function Header({ card }: { card: Card }) {
  const only = card.actions.length === 1 ? card.actions[0] : undefined;
  const signed = counting(card, "approve");
  const risk = risks[card.risk];
  const soon = card.state === "open" ? due(card.since, card.due_at) : null;
  return (
    <header class="card-head">
      <h1 tabIndex={-1}>
        <Line text={only?.sentence ?? card.title} />
      </h1>
      <p class="chips">
        <Chip tone={risk.tone} icon={risk.icon}>
          {card.risk} risk
        </Chip>
        {only && <Chip icon="effect">{classes[only.effect_class]}</Chip>}
        {card.ruling && card.ruling.needed > 0 && (card.state === "open" || signed.length > 0) && (
          <Chip icon="pen" tone={card.signed >= card.ruling.needed ? "ok" : ""}>
            {card.signed} of {card.ruling.needed} signed{signed.length > 0 && <>: <Line text={signed.map((each) => each.by).join(", ")} /></>}
          </Chip>
        )}
        <Chip icon="clock" title={whole(card.since)}>
          {ago(card.since)}
        </Chip>
        {soon && card.due_at && (
          <Chip icon="late" tone={soon.late ? "warn" : soon.half ? "accent" : ""} title={`An answer is due ${whole(card.due_at)}`}>
            {soon.says}
          </Chip>
        )}
      </p>
      <dl class="facts">
        <div>
          <dt>Customer</dt>
          <dd>
            <Line text={card.customer} /> <span class="muted">· <Line text={card.identity} /></span>
          </dd>
        </div>
        <div>
          <dt>Case</dt>
          <dd>
            <a href={`/desk/cases/${encodeURIComponent(card.case_id)}`}>Open the case</a> <Id name="the case’s id" text={card.case_id} />
            {card.brief && <span class="muted"> · {card.brief}</span>} <span class="muted">· <Line text={card.worker} /></span>
          </dd>
        </div>
      </dl>
    </header>
  );
}
