import type { ComponentChildren } from "preact";
import type { Origin } from "../../shared/api";
import { light } from "../../shared/explain/store";
import { Icon, type IconName } from "../../shared/ui/icon";
import { Line } from "../../shared/ui/words";
import { showRail } from "../rail-sheet";

const looks: Record<Origin["kind"], { icon: IconName; tone: string }> = {
  record: { icon: "link", tone: "accent" },
  customer: { icon: "received", tone: "accent" },
  bound: { icon: "lock", tone: "" },
  rule: { icon: "rule", tone: "" },
  person: { icon: "pen", tone: "" },
  model: { icon: "alert", tone: "bad" },
};

/** Where a value came from. A record, or the customer's words, opens on the rail with that very field lit. */
export function OriginChip({ of: origin }: { of: Origin }) {
  const { icon, tone } = looks[origin.kind];
  const label = (
    <>
      <Icon name={icon} /> <Line text={origin.label} />
    </>
  );
  if (origin.made !== null) return <Made label={label} tone={tone} of={origin.made} />;
  const n = origin.observation;
  if (n === null) return <span class={`chip ${tone}`}>{label}</span>;
  return (
    <button type="button" class={`chip ${tone}`} onClick={() => toRail(n, origin.path)} title={`Show in #${n} of the trace`}>
      {label}
    </button>
  );
}

/** A value made of several fields: each of them opens on the rail. */
function Made({ label, tone, of: made }: { label: ComponentChildren; tone: string; of: NonNullable<Origin["made"]> }) {
  return (
    <>
      <span class={`chip ${tone}`}>{label}</span>
      {made.of.map((one) => (
        <button type="button" class={`chip ${tone}`} key={`${one.observation} ${one.path}`} onClick={() => toRail(one.observation, one.path)} title={`Show in #${one.observation} of the trace`}>
          <Line text={one.shown} /> #{one.observation}
        </button>
      ))}
    </>
  );
}

/** Opens observation `n` on the rail. */
export function toRail(n: number, path: string | null): void {
  showRail();
  light(n, path);
  requestAnimationFrame(() => {
    const item = document.getElementById(`seen-${n}`);
    item?.querySelector("summary")?.focus();
    (item?.querySelector("[data-lit]") ?? item)?.scrollIntoView({ block: "center" });
  });
}
