import type { RefObject } from "preact";
import type { CustomerCase, Message } from "../../shared/api";
import { moment } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Line, Words } from "../../shared/ui/words";

/** All that was said; what is new is read out. An AI is always called one. */
export function Conversation({ of, assistant, box }: { of: CustomerCase; assistant: string; box: RefObject<HTMLDivElement | null> }) {
  return (
    <div class="log">
      <div class="log-said" role="log" aria-label="Conversation" ref={box}>
        {of.messages.map((message) => (
          <Said key={message.id} of={message} assistant={assistant} />
        ))}
      </div>
      {of.state === "working" && (
        <p class="thinking muted small">
          <span class="thinking-dots" aria-hidden="true"><i /><i /><i /></span> {assistant} is looking into it
        </p>
      )}
      {of.state === "system_away" && (
        <p class="system-away muted small" role="status">
          <Icon name="clock" /> We cannot reach one of our systems just now. {assistant} goes on by itself as soon as it answers; you need not stay.
        </p>
      )}
    </div>
  );
}

function Said({ of: message, assistant }: { of: Message; assistant: string }) {
  const who = message.author === "customer" ? "You" : message.author === "assistant" ? `${assistant} · AI` : message.name;
  return (
    <article class={`bubble ${message.author}`}>
      <p class="bubble-who small muted">
        <Line text={who} /> <time dateTime={message.at}>{moment(message.at)}</time>
      </p>
      <div class="bubble-text">
        <Words text={message.text} />
      </div>
    </article>
  );
}
