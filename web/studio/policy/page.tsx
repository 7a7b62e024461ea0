import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ChangeCard, PolicyView } from "../../shared/api";
import { Title } from "../../shared/shell/title";
import { dated, plural } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Failed, LiveMark, Note, Skeleton } from "../../shared/ui/parts";
import { Section } from "../../shared/ui/section";
import { Line } from "../../shared/ui/words";
import { heardAt, hearChanges, state } from "../live";
import { OneHand } from "../one-hand";
import { Asked, Waits } from "../waits";
import { Editor } from "./editor";
import { History } from "./history";
import { Rules } from "./rules";
import { edit, editing, look, policy } from "./store";

/** The policy: what is in force, what waits, and a draft of another one. */
export function PolicyPage() {
  const asked = useSignal<ChangeCard | null>(null);
  useEffect(() => {
    document.title = "Policy · Studio";
    void policy.load();
    if (editing.peek()) look(0);
    return hearChanges(() => void policy.load());
  }, []);
  const of = policy.value.value;
  return (
    <div class="room-body">
      <header class="room-head">
        <div>
          <Title>Policy</Title>
          <p class="muted">Who must approve what, and what may go by itself.</p>
        </div>
        <LiveMark state={state.value} heardAt={heardAt.value} />
        {of?.may_propose && !editing.value && (
          <button
            type="button"
            class="button primary"
            onClick={() => {
              asked.value = null;
              edit(of);
            }}
          >
            <Icon name="pen" /> Change it
          </button>
        )}
      </header>
      {of === null ? <Missing /> : <Whole of={of} asked={asked.value} onAsked={(made) => (asked.value = made)} />}
    </div>
  );
}

function Missing() {
  if (policy.failure.value !== null) return <Failed failure={policy.failure.value} what="The policy" retry={() => void policy.load()} />;
  return <Skeleton lines={10} label="Loading the policy" />;
}

function Whole({ of, asked, onAsked }: { of: PolicyView; asked: ChangeCard | null; onAsked: (made: ChangeCard) => void }) {
  return (
    <>
      {policy.failure.value !== null && (
        <Note tone="warn" icon="alert">
          This may be old: {policy.failure.value.message}
        </Note>
      )}
      {asked && <Asked of={asked} />}
      <Waits of={of.waiting.filter((each) => each.id !== asked?.row.id)} what="policy" />
      <OneHand kind="policy" />
      {editing.value && of.may_propose && <Editor of={of} onAsked={onAsked} />}
      <Section title="In force" aside={plural(of.rules.length, "rule")}>
        <p class="muted policy-since">
          <code><Line text={of.version} /></code>
          {of.since !== null && of.by !== null ? <> since {dated(of.since)}, by <Line text={of.by} /></> : <> · nobody has set a policy yet</>}
        </p>
        <Rules of={of.rules} />
      </Section>
      {of.history.length > 0 && <History of={of.history} />}
      {!of.may_propose && <p class="muted small look-only">You can look at everything here. A supervisor or an admin asks for another policy.</p>}
    </>
  );
}
