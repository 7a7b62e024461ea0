import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { FlipItem, Replayed } from "../api";
import { announce } from "../announce";
import { resource } from "../resource";
import { dated, money, plural } from "../text";
import { Icon } from "../ui/icon";
import { Note } from "../ui/parts";
import { Line } from "../ui/words";
import { flips } from "./places";

const spans = [7, 30, 90, 365] as const;
const shownFirst = 8;

interface Props {
  ask: (days: number, stop: AbortSignal) => Promise<Replayed>;
  /** At once, else when somebody wants it. */
  auto?: boolean;
}

/** What a policy would have said to what was proposed before. */
export function Replay({ ask, auto = false }: Props) {
  const days = useSignal<number>(30);
  const begun = useSignal(auto);
  const found = useMemo(() => resource<Replayed>((stop) => ask(days.peek(), stop)), []);
  const load = async (): Promise<void> => {
    begun.value = true;
    await found.load();
    const now = found.value.peek();
    if (now !== null && !auto) announce(summary(now), { urgent: true });
  };
  useEffect(() => {
    if (auto) void load();
  }, []);
  const span = (
    <label class="replay-span small muted">
      The last{" "}
      <select
        class="input"
        value={String(days.value)}
        onChange={(event) => {
          days.value = Number(event.currentTarget.value);
          if (begun.peek()) void load();
        }}
      >
        {spans.map((each) => <option key={each} value={String(each)}>{each} days</option>)}
      </select>
    </label>
  );
  return (
    <div class="replay">
      <div class="replay-head">
        {span}
        {!begun.value && (
          <button type="button" class="button" onClick={() => void load()}>
            <Icon name="try" /> What would it have done?
          </button>
        )}
      </div>
      {found.loading.value && (
        <div class="replay-asking">
          <progress aria-label="Ruling again on what was proposed" />
          <p class="muted small">Ruling again on what was proposed in the last {days.value} days. Nothing is written.</p>
        </div>
      )}
      {found.failure.value !== null && !found.loading.value && (
        <Note tone="warn" icon="alert">
          <p>It could not be worked out: {found.failure.value.message}</p>
          <button type="button" class="button small" onClick={() => void load()}>
            <Icon name="refresh" /> Try again
          </button>
        </Note>
      )}
      {found.value.value !== null && !found.loading.value && <Flips of={found.value.value} />}
    </div>
  );
}

function summary(of: Replayed): string {
  if (of.proposals === 0) return `Nothing was proposed in the last ${of.days} days, so there is nothing to compare.`;
  const otherwise = of.proposals - of.unchanged;
  return otherwise === 0 ? `All of ${plural(of.proposals, "proposal")} would have come out as they did.` : `${otherwise} of ${plural(of.proposals, "proposal")} would have come out otherwise.`;
}

function Flips({ of }: { of: Replayed }) {
  const all = useSignal(false);
  const items = all.value ? of.items : of.items.slice(0, shownFirst);
  return (
    <>
      <p class="strong">{summary(of)}</p>
      {of.flips.length > 0 && (
        <ul class="flips">
          {of.flips.map((each) => (
            <li key={each.how} class={flips[each.how]?.tone}>
              <span>
                <strong>{each.count}</strong> {flips[each.how]?.says ?? each.how}
              </span>
              <svg class="flips-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class="flips-ground" width={100} height={8} rx={2} />
                <rect width={Math.max(1.5, (100 * each.count) / of.proposals)} height={8} rx={2} />
              </svg>
              <span class="muted small">
                {each.money.length > 0 && <>{each.money.map(money).join(", ")} · </>}
                {plural(each.customers, "customer")}
              </span>
            </li>
          ))}
        </ul>
      )}
      {items.length > 0 && (
        <ul class="flipped">
          {items.map((each) => <Flipped key={each.id} of={each} />)}
        </ul>
      )}
      {items.length < of.items.length && (
        <button type="button" class="button" onClick={() => (all.value = true)}>
          <Icon name="down" /> Show all {of.items.length}
        </button>
      )}
    </>
  );
}

function Flipped({ of }: { of: FlipItem }) {
  return (
    <li>
      <p>
        <a href={`/desk/queue/${encodeURIComponent(of.id)}`}><Line text={of.title} /></a> <span class="muted">· <Line text={of.customer} />, {dated(of.at)}</span>
      </p>
      <p class="muted small">
        <Line text={of.was} /> <Icon name="arrow" /> <strong><Line text={of.would} /></strong>. <Line text={of.sentence} />
      </p>
    </li>
  );
}
