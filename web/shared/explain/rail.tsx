import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { Check } from "../api";
import type { LiveState } from "../stream";
import { outcomeLook } from "../outcomes";
import { Icon } from "../ui/icon";
import { Empty, Failed, LiveMark, Note, Skeleton } from "../ui/parts";
import { Ticks } from "../ui/ticks";
import { Line } from "../ui/words";
import { Item } from "./item";
import { Running } from "./running";
import { ending, failure, fetchMore, last, lit, mission, observations, running, seal } from "./store";

/** The Explain rail: everything seen, thought, asked, decided and done in a mission, in order, as it happens. */
export function Rail({ state, heardAt, heading }: { state: LiveState; heardAt: number; heading: boolean }) {
  return (
    <>
      <header class="rail-head">
        {heading && <h2>Explain</h2>}
        {mission.value !== null && observations.value.length > 0 && <span class="muted small">{observations.value.length} steps</span>}
        <LiveMark state={state} heardAt={heardAt} />
      </header>
      <Broken />
      <Steps />
      <Foot />
    </>
  );
}

function Steps() {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const seenTo = useSignal(0);
  const shownMission = mission.value;
  useEffect(() => {
    atEnd.current = true;
    seenTo.value = 0;
  }, [shownMission]);
  useLayoutEffect(() => {
    if (!atEnd.current || lit.value !== null) return;
    seenTo.value = last.value;
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [last.value, running.value.length]);
  const scrolled = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = box.current!;
    atEnd.current = scrollHeight - scrollTop - clientHeight < 32;
    if (atEnd.current) seenTo.value = last.value;
  };
  const unseen = seenTo.value === 0 ? 0 : observations.value.filter((each) => each.n > seenTo.value).length;
  const toEnd = (): void => {
    lit.value = null;
    box.current?.scrollTo({ top: box.current.scrollHeight, behavior: "smooth" });
  };
  return (
    <div class="rail-steps" ref={box} onScroll={scrolled} tabIndex={0} role="region" aria-label="Steps of this mission">
      {shownMission === null ? (
        <Empty icon="trace" title="Nothing to explain yet">
          <p>Open a decision or a case: each step of its mission stands here.</p>
        </Empty>
      ) : failure.value !== null ? (
        <Failed failure={failure.value} what="The trace" retry={() => void fetchMore()} />
      ) : seal.value === null ? (
        <Skeleton lines={9} label="Loading the trace" />
      ) : (
        <ol class="steps-seen">{observations.value.map((each) => <Item key={each.n} of={each} />)}</ol>
      )}
      <Running />
      <Verdict />
      {unseen > 0 && (
        <button type="button" class="button primary rail-new" onClick={toEnd}>
          <Icon name="down" /> {unseen} new
        </button>
      )}
    </div>
  );
}

const isCheck = (proof: unknown): proof is Check =>
  proof !== null && typeof proof === "object" && "says" in proof && typeof proof.says === "string" && "held" in proof;

/** How the mission ended and what proves it. */
function Verdict() {
  const end = ending.value;
  if (end === null) return null;
  const proof = end.detail["proof"];
  const outcome = end.kind === "concluded" ? end.detail["outcome"] : end.kind;
  const look = outcomeLook(String(outcome));
  return (
    <section class={`verdict ${look.tone}`} aria-label="Verdict">
      <h3>
        <Icon name={look.icon} /> Verdict
        <span class="muted"> · {look.words}</span>
      </h3>
      <p>
        <Line text={typeof end.detail["text"] === "string" ? end.detail["text"] : end.line} />
      </p>
      {Array.isArray(proof) && <Ticks of={proof.filter(isCheck)} />}
    </section>
  );
}

function Broken() {
  if (seal.value === null || seal.value.verified) return null;
  return (
    <div class="rail-broken" role="alert">
      <Note tone="bad" icon="alert">
        <strong>This trace does not hold together.</strong> {seal.value.broken} Do not decide on it; tell an auditor.
      </Note>
    </div>
  );
}

function Foot() {
  if (seal.value === null || mission.value === null) return null;
  return (
    <footer class={`rail-foot small ${seal.value.verified ? "" : "bad"}`}>
      <Icon name={seal.value.verified ? "proved" : "alert"} />
      {seal.value.verified ? `Verified to #${seal.value.verified_to}` : `Holds only to #${seal.value.verified_to}`}
    </footer>
  );
}
