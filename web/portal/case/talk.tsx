import { useRef } from "preact/hooks";
import type { CustomerCase } from "../../shared/api";
import { Composer } from "../../shared/ui/composer";
import { Icon } from "../../shared/ui/icon";
import { Conversation } from "./conversation";
import { useReading } from "./reading";
import { write } from "./store";

const hints: Partial<Record<CustomerCase["state"], string>> = {
  closed: "Something else?",
  your_answer: "Write your answer …",
};

/** The conversation over the field to write in; what comes in meanwhile is never left behind that field. */
export function Talk({ of, assistant }: { of: CustomerCase; assistant: string }) {
  const log = useRef<HTMLDivElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  const { unseen, toEnd } = useReading(log, foot, of.messages);
  return (
    <div class="case-talk">
      <Conversation of={of} assistant={assistant} box={log} />
      <div class="case-write" ref={foot}>
        {unseen.value && (
          <button type="button" class="button primary case-new" onClick={toEnd}>
            <Icon name="down" /> New message
          </button>
        )}
        {of.state === "your_answer" && (
          <p class="case-asked small">
            <Icon name="question" /> We are waiting for your answer
          </p>
        )}
        {of.can.includes("write") && <Composer name={`case-${of.id}`} label="Write a message" placeholder={hints[of.state] ?? "Write a message …"} button="Send" send={write} />}
      </div>
    </div>
  );
}
