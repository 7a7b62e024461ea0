import { useEffect } from "preact/hooks";
import { me } from "../../shared/staff";
import { dated } from "../../shared/text";
import { Title } from "../../shared/shell/title";
import { Icon } from "../../shared/ui/icon";
import { Empty, Failed, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { MeasuresOf } from "./measures";
import { days, look, reviewers, spans } from "./store";
import { Suggested } from "./suggested";
import type { Tested } from "../../shared/api";

/** How people decide: of everybody for those who answer for it, else of oneself. */
export function Reviewers() {
  const all = me.value.value !== null && me.value.value.role !== "agent";
  useEffect(() => void look(days.peek(), all), [all]);
  useEffect(() => void (document.title = "Reviewers · Desk"), []);
  return (
    <div class="insights">
      <div class="insights-head">
        <Title>Reviewers</Title>
        <label class="insights-span small muted">
          The last{" "}
          <select class="input" value={String(days.value)} onChange={(event) => void look(Number(event.currentTarget.value), all)}>
            {spans.map((each) => <option key={each} value={String(each)}>{each} days</option>)}
          </select>
        </label>
      </div>
      <p class="muted">
        How quickly people decide, whether they look first, and whether others agree. It is worked out from decisions and from when a card and its evidence were first opened; nothing else is kept. {!all && "You see yourself alone."}
      </p>
      <Found />
      {all && <Suggested />}
    </div>
  );
}

function Found() {
  const page = reviewers.value.value;
  if (page === null) {
    if (reviewers.failure.value !== null) return <Failed failure={reviewers.failure.value} what="The measures" retry={() => void look(days.peek(), false)} />;
    return <Skeleton lines={8} label="Reading what was decided" />;
  }
  if (page.people.length === 0 && !page.all?.by_day.some((each) => each > 0))
    return (
      <Empty icon="decided" title="Nothing was decided yet">
        <p>Once proposals were answered, how people decide stands here.</p>
      </Empty>
    );
  return (
    <>
      {page.all && <MeasuresOf of={page.all} name="Everybody" heading="Everybody" />}
      {page.people.map((each) => <MeasuresOf key={each.id} of={each.measures} heading={each.name} name={<><Line text={each.name} />{each.you && <span class="muted"> (you)</span>}</>} />)}
      {page.tests.length > 0 && (
        <section class="insights-part" aria-labelledby="tests">
          <h2 id="tests">Tests</h2>
          <ul class="tested">{page.tests.map((each) => <Test key={each.id} of={each} />)}</ul>
        </section>
      )}
    </>
  );
}

function Test({ of }: { of: Tested }) {
  return (
    <li>
      <span class={`mark ${of.caught ? "ok" : "warn"}`}>
        <Icon name={of.caught ? "checkCircle" : "info"} /> {of.caught ? "noticed" : "missed"}
      </span>
      <span>
        <a href={`/desk/queue/${encodeURIComponent(of.id)}`}><Line text={of.title} /></a>
        <span class="muted small measures-means"><Line text={of.by} />, {dated(of.at)}: <Line text={of.reveals} /></span>
      </span>
    </li>
  );
}
