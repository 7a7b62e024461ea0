import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { DeskCase } from "../../shared/api";
import { moment, visible } from "../../shared/text";
import { Composer } from "../../shared/ui/composer";
import { Id } from "../../shared/ui/copied";
import { Icon } from "../../shared/ui/icon";
import { Chip, Failed, Skeleton } from "../../shared/ui/parts";
import { Line, Words } from "../../shared/ui/words";
import { Close } from "./close";
import { Missions } from "./missions";
import { keep, open, reply, shown } from "./store";

/** One case: what was said, what its missions found, and a way to answer. `decision` leads to what waits for it. */
export function Case({ id, decision }: { id: string; decision: string | null }) {
  useEffect(keep, []);
  useEffect(() => {
    void open(id);
  }, [id]);
  useEffect(() => () => void open(null), []);
  const of = shown.value.value;
  useEffect(() => {
    if (of) document.title = `${visible(of.subject)} · Desk`;
  }, [of?.subject]);
  if (of === null || of.id !== id) {
    if (shown.failure.value !== null) return <Failed failure={shown.failure.value} main what="This case" retry={() => void shown.load()} />;
    return <Skeleton lines={10} label="Loading the case" />;
  }
  return (
    <article class="card case" aria-label="Case">
      <div class="card-body">
        <Header of={of} decision={decision} />
        <Missions of={of} />
        <Conversation of={of} />
      </div>
      <Answer of={of} />
    </article>
  );
}

function Header({ of, decision }: { of: DeskCase; decision: string | null }) {
  return (
    <header class="card-head">
      <h1 tabIndex={-1}>
        <Line text={of.subject} />
      </h1>
      <p class="chips">
        {of.with_person ? <Chip icon="hand" tone="accent">with a person</Chip> : <Chip icon="sparkle">with the AI Worker</Chip>}
        <Chip icon="clock">opened {moment(of.opened_at)}</Chip>
      </p>
      <dl class="facts">
        <div>
          <dt>Customer</dt>
          <dd>
            <Line text={of.customer} /> <span class="muted">· <Line text={of.customer_email} /></span>
          </dd>
        </div>
        <div>
          <dt>Case</dt>
          <dd>
            <Id name="the case’s id" text={of.id} />
          </dd>
        </div>
        <div>
          <dt>Portal</dt>
          <dd>{of.portal}</dd>
        </div>
      </dl>
      {decision && (
        <a class="button primary" href={`/desk/queue/${encodeURIComponent(decision)}`}>
          <Icon name="decided" /> A decision waits
        </a>
      )}
    </header>
  );
}

function Conversation({ of }: { of: DeskCase }) {
  return (
    <section class="part">
      <div class="part-head">
        <h2>Conversation</h2>
      </div>
      <div role="log" aria-label="Conversation">
        <ol class="desk-log">
        {of.messages.map((message, at) => (
          <li key={at} class={`said ${message.author}`}>
            <p class="small muted">
              <strong><Line text={message.name} /></strong>
              {message.author === "assistant" && " · AI"} · <time dateTime={message.at}>{moment(message.at)}</time>
            </p>
            <Words text={message.text} />
          </li>
        ))}
        </ol>
      </div>
    </section>
  );
}

function Answer({ of }: { of: DeskCase }) {
  const closing = useSignal(false);
  if (!of.can.includes("reply") && !of.can.includes("close")) return null;
  return (
    <div class="bar case-bar">
      {of.can.includes("reply") && <Composer name={`desk-${of.id}`} label={`Reply to ${visible(of.customer)}`} placeholder={`Reply to ${visible(of.customer)} …`} button="Send" send={reply} />}
      {of.can.includes("close") && (
        <button type="button" class="button" onClick={() => (closing.value = true)}>
          <Icon name="check" /> Close the case
        </button>
      )}
      {closing.value && <Close onClose={() => (closing.value = false)} />}
    </div>
  );
}
