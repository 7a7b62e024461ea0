import { useEffect } from "preact/hooks";
import { signedOut, type CustomerCase, type Portal } from "../../shared/api";
import { visible } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Chip, Empty, Failed, LiveMark, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { home } from "../session";
import { states } from "../states";
import { AskPerson } from "./ask-person";
import { Closing, Remedies } from "./remedy";
import { Steps } from "./steps";
import { Talk } from "./talk";
import { heardAt, open, resume, shown, state } from "./store";

/** One case as its customer sees it. */
export function CasePage({ id, portal }: { id: string; portal: Portal }) {
  useEffect(() => open(id), [id]);
  useEffect(() => {
    if (!signedOut.value) resume();
  }, [signedOut.value]);
  const of = shown.value.value;
  useEffect(() => {
    if (of) document.title = `${visible(of.subject)} · ${portal.name}`;
  }, [of?.subject]);
  if (of === null || of.id !== id)
    return (
      <main class="column">
        {shown.failure.value?.gone ? <Gone /> : shown.failure.value ? <Failed failure={shown.failure.value} main what="This case" retry={() => void shown.load()} /> : <Skeleton lines={8} label="Loading your case" />}
      </main>
    );
  return (
    <main class="case-page">
      <Head of={of} />
      <div class="case-side">
        <Steps of={of.steps} asked={of.state === "your_answer"} />
        <Remedies of={of.remedies} />
        <Closing of={of.closing} />
      </div>
      <Talk of={of} assistant={portal.assistant} />
    </main>
  );
}

/** Somebody else's case and no case look the same. */
function Gone() {
  return (
    <Empty icon="unknown" title="There is no such case" main>
      <a href={home} class="button">
        <Icon name="back" /> Your cases
      </a>
    </Empty>
  );
}

function Head({ of }: { of: CustomerCase }) {
  const look = states[of.state];
  return (
    <header class="case-head">
      <a href={home} class="button plain case-back">
        <Icon name="back" /> Your cases
      </a>
      <h1>
        <Line text={of.subject} />
      </h1>
      <div class="case-state">
        <Chip icon={look.icon} tone={look.tone}>
          {look.words}
        </Chip>
        {of.state !== "closed" && <LiveMark state={state.value} heardAt={heardAt.value} />}
        <AskPerson of={of} />
      </div>
    </header>
  );
}
