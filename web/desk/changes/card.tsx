import { useEffect } from "preact/hooks";
import type { ChangeCard } from "../../shared/api";
import { Difference } from "../../shared/change/difference";
import { Findings } from "../../shared/change/findings";
import { Replay } from "../../shared/change/replay";
import { visible } from "../../shared/text";
import { Copy } from "../../shared/ui/copied";
import { Icon } from "../../shared/ui/icon";
import { Empty, Failed, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { Section } from "../../shared/ui/section";
import { ChangeBar } from "./bar";
import { Answers } from "./answers";
import { Header, Told } from "./header";
import { open, replayOf, show, shown } from "./store";
import { ofAccount } from "./words";

/** One change with all that a person needs to answer it. */
export function ChangePage({ id }: { id: string | null }) {
  useEffect(() => {
    void show(id);
  }, [id]);
  useEffect(() => () => void show(null), []);
  const card = shown.value.value;
  useEffect(() => {
    if (card) document.title = `${visible(card.row.title)} · Desk`;
  }, [card?.row.title]);
  if (id === null) return <Nothing />;
  if (card === null || card.row.id !== id) {
    if (shown.failure.value !== null) return <Failed failure={shown.failure.value} main what="This change" retry={() => void shown.load()} />;
    return <Skeleton lines={12} label="Loading the change" />;
  }
  return (
    <article class="card" aria-label="Change">
      <div class="card-body">
        <Header of={card} />
        <Told of={card} />
        <Matter key={card.row.id} of={card} />
        <Answers of={card} />
        <Sealed of={card} />
      </div>
      <ChangeBar key={card.row.id} of={card} />
    </article>
  );
}

function Nothing() {
  return (
    <Empty icon="ruled" title={open.value.value?.items.length === 0 ? "Nothing to answer" : "Pick a change"}>
      <p>What it would change, and who stands behind it, stands here.</p>
    </Empty>
  );
}

/** What would be otherwise; of a policy also what is found in it, and what it would have done. */
function Matter({ of }: { of: ChangeCard }) {
  const { id, kind, state } = of.row;
  const waits = state === "open";
  return (
    <>
      <Section title={waits ? "What would change" : state === "adopted" ? "What changed" : "What would have changed"} aside="before and after">
        {kind === "role" ? <p><Line text={ofAccount(of)} /></p> : <Difference of={of.difference} />}
      </Section>
      {kind === "policy" && waits && (
        <>
          <Section title="What is found in it">
            <Findings of={of.findings} />
          </Section>
          <Section title="What it would have done">
            <Replay auto ask={(days, stop) => replayOf(id, days, stop)} />
          </Section>
        </>
      )}
    </>
  );
}

function Sealed({ of }: { of: ChangeCard }) {
  return (
    <details class="raw part">
      <summary>
        <Icon name="chevron" /> <span>{of.text === null ? "Digest" : "The whole policy"}</span> <span class="mono muted small">{of.digest.slice(0, 12)}</span>
      </summary>
      <div class="copied">
        <p class="small muted">Digest of the change (SHA-256)</p>
        <Copy name="Digest of the change (SHA-256)" text={of.digest} />
        <pre tabIndex={0} role="region" aria-label="Digest of the change">{of.digest}</pre>
      </div>
      {of.text !== null && (
        <div class="copied">
          <p class="small muted">The policy it would be</p>
          <Copy name="The policy it would be" text={of.text} />
          <pre tabIndex={0} role="region" aria-label="The policy it would be"><Line text={of.text} /></pre>
        </div>
      )}
    </details>
  );
}
