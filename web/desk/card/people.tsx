import type { Card, CardDecision } from "../../shared/api";
import { moment, whole } from "../../shared/text";
import { Copy } from "../../shared/ui/copied";
import { Icon } from "../../shared/ui/icon";
import { Line, Words } from "../../shared/ui/words";
import { Section } from "./section";

/** What was last said, in the customer's own words. */
export function Talk({ card }: { card: Card }) {
  if (card.messages.length === 0) return null;
  return (
    <Section title="What was said" aside={`last ${card.messages.length === 1 ? "message" : `${card.messages.length} messages`}`}>
      <ul class="talk">
        {card.messages.map((message, at) => (
          <li key={at}>
            <p class="small muted">
              <strong><Line text={message.name} /></strong>
              {message.author === "assistant" && " · AI"} · <time dateTime={message.at}>{moment(message.at)}</time>
            </p>
            <Words text={message.text} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the customer wrote after the matter had begun, so that nobody signs without having read it. */
export function LastWord({ card }: { card: Card }) {
  const said = card.messages.filter((each) => each.author === "customer");
  const last = said.at(-1);
  if (card.state !== "open" || said.length < 2 || last === undefined) return null;
  return (
    <Section title="The customer’s last message" aside={moment(last.at)}>
      <blockquote class="told last-word">
        <Words text={last.text} />
      </blockquote>
    </Section>
  );
}

const marks = { approve: { icon: "check", says: "approved" }, edit: { icon: "pen", says: "edited it into a new proposal" }, reject: { icon: "declined", says: "rejected" }, respond: { icon: "respond", says: "sent it back to the worker" } } as const;

/** What became of an answer that does not count. */
const became: Record<CardDecision["standing"], string> = {
  counts: "",
  held: "does not count yet",
  taken_back: "and took it back",
  stopped: "which is void",
  unused: "which was not needed any more",
};

/** Who answered, and who is still needed. */
export function Signatures({ card }: { card: Card }) {
  if (card.decisions.length === 0 && card.ruling === null) return null;
  const approvals = card.signed;
  const missing = card.state === "open" ? Math.max(0, (card.ruling?.needed ?? 0) - approvals) : 0;
  return (
    <Section title="Signatures">
      <ul class="signatures">
        {card.decisions.map((decision) => (
          <li key={decision.id} class={decision.standing === "counts" ? "" : "muted"}>
            <Icon name={decision.standing === "held" ? "clock" : decision.standing !== "counts" ? "takenBack" : marks[decision.kind].icon} />
            <div>
              <p>
                <strong><Line text={decision.by} /></strong> <span class="muted">({decision.role})</span> {marks[decision.kind].says} <time class="muted" dateTime={decision.at} title={whole(decision.at)}>· {moment(decision.at)}</time>
                {decision.stepped_up && <span class="muted">, with their password</span>}
                {became[decision.standing] && <span class="muted">, {became[decision.standing]}</span>}
              </p>
              {decision.why && <p class="muted"><Line text={decision.why} /></p>}
              {decision.reason && <p class="muted"><Line text={decision.reason} /></p>}
            </div>
          </li>
        ))}
        {missing > 0 && (
          <li class="muted">
            <Icon name="circle" />
            <p>
              {missing === 1 ? "One more person" : `${missing} people`} needed{card.ruling?.role && `, role ${card.ruling.role} or above`}
            </p>
          </li>
        )}
      </ul>
    </Section>
  );
}

/** The sealed bytes themselves. */
export function Raw({ card }: { card: Card }) {
  return (
    <details class="raw part">
      <summary>
        <Icon name="chevron" /> <span>Sealed bytes</span> <span class="mono muted small">{card.digest.slice(0, 12)}</span>
      </summary>
      <Copied name="Digest of the proposal (SHA-256)" text={card.digest} />
      {card.actions.map((action, at) => (
        <div key={action.digest} class="raw-action">
          <Copied name={`Action ${at + 1}, digest`} text={action.digest} />
          <Copied name={`Action ${at + 1}, canonical JSON`} text={action.canonical} />
        </div>
      ))}
    </details>
  );
}

function Copied({ name, text }: { name: string; text: string }) {
  return (
    <div class="copied">
      <p class="small muted">{name}</p>
      <Copy name={name} text={text} />
      <pre tabIndex={0} role="region" aria-label={name}>
        <Line text={text} />
      </pre>
    </div>
  );
}
