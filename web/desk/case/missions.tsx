import type { DeskCase, Mission } from "../../shared/api";
import { mission as onRail } from "../../shared/explain/store";
import { outcomeLook } from "../../shared/outcomes";
import { moment, since } from "../../shared/text";
import { Icon, type IconName } from "../../shared/ui/icon";
import { Ticks } from "../../shared/ui/ticks";
import { Line } from "../../shared/ui/words";
import { showRail } from "../rail-sheet";
import { picked } from "./store";

/** How each mission on this case stands or ended, and what proves it. */
export function Missions({ of }: { of: DeskCase }) {
  if (of.missions.length === 0) return null;
  return (
    <section class="part">
      <div class="part-head">
        <h2>{of.missions.length === 1 ? "Mission" : "Missions"}</h2>
      </div>
      <ul class="missions">
        {of.missions.map((each) => (
          <One key={each.id} mission={each} />
        ))}
      </ul>
    </section>
  );
}

const iconOf = ({ state, outcome, away }: Mission): IconName =>
  state === "waiting" || away ? "clock" : state === "runnable" ? "sparkle" : outcomeLook(outcome ?? "").icon;

const waits: Record<string, string> = {
  customer: "Waits for the customer",
  decision: "Waits for a decision",
  effect: "Being carried out",
  unknown_effect: "Not known if it happened: waits for a person",
  connection: "Waits for a system",
};

function headline(mission: Mission): string {
  if (mission.away) return `Waits for ${mission.away.system}, which has not answered since ${moment(mission.away.since)}`;
  if (mission.state === "waiting") return waits[mission.waits_for ?? ""] ?? "Waits";
  if (mission.state === "runnable") return "The worker is on it";
  return mission.verdict ?? mission.outcome?.replaceAll("_", " ") ?? "Ended";
}

function explain(mission: string): void {
  picked.value = mission;
  showRail();
}

function One({ mission }: { mission: Mission }) {
  const explained = onRail.value === mission.id;
  return (
    <li class={mission.outcome ? outcomeLook(mission.outcome).tone : undefined}>
      <Icon name={iconOf(mission)} />
      <div>
        <p class="strong">
          <Line text={headline(mission)} />
        </p>
        {mission.away && (
          <p class="small">
            We try again, and the mission goes on by itself. <span class="muted"><Line text={mission.away.why} /></span>
          </p>
        )}
        <p class="muted small">
          {mission.outcome && `${outcomeLook(mission.outcome).words} · `}
          {mission.brief ?? "no brief yet"}
          {mission.worker && ` · ${mission.worker}`} · {mission.ended_at ? `ended ${moment(mission.ended_at)}` : `began ${since(mission.began_at) === "just now" ? "just now" : `${since(mission.began_at)} ago`}`}
        </p>
        <Ticks of={mission.proof} />
      </div>
      <button type="button" class="button plain" aria-pressed={explained} onClick={() => explain(mission.id)}>
        <Icon name="trace" /> Explain
      </button>
    </li>
  );
}
