import type { CustomerCase, Remedy } from "../../shared/api";
import { dated, money } from "../../shared/text";
import { Icon, type IconName } from "../../shared/ui/icon";
import { Line, Words } from "../../shared/ui/words";

const looks: Record<Remedy["state"], { icon: IconName; tone: string; head: string; help: string }> = {
  waiting: { icon: "person", tone: "", head: "Proposed, not decided yet", help: "A person looks at it before anything happens." },
  carrying_out: { icon: "refresh", tone: "", head: "Being carried out", help: "This takes a moment. You need not stay here." },
  done: { icon: "checkCircle", tone: "ok", head: "Done", help: "" },
  being_checked: { icon: "clock", tone: "warn", head: "Being checked", help: "We are making sure whether it went through. Please do not try it elsewhere meanwhile." },
  not_possible: { icon: "close", tone: "", head: "Not possible", help: "" },
};

/** What is proposed for the customer, or was done. */
export function Remedies({ of: remedies }: { of: readonly Remedy[] }) {
  return (
    <>
      {remedies.map((remedy, at) => (
        <Card key={at} of={remedy} />
      ))}
    </>
  );
}

function Card({ of: remedy }: { of: Remedy }) {
  const look = looks[remedy.state];
  return (
    <section class={`remedy ${look.tone}`} aria-label={look.head}>
      <h2>
        <Icon name={look.icon} spin={remedy.state === "carrying_out"} /> {look.head}
      </h2>
      <p class="remedy-title">
        <Line text={remedy.title} />
      </p>
      {look.help !== "" && <p class="muted small">{look.help}</p>}
      {remedy.state === "done" && (
        <dl class="remedy-facts small">
          {remedy.amount && <div><dt>Amount</dt><dd>{money(remedy.amount)}</dd></div>}
          <div><dt>Date</dt><dd>{dated(remedy.at)}</dd></div>
          {remedy.reference && <div><dt>Reference</dt><dd class="mono"><Line text={remedy.reference} /></dd></div>}
        </dl>
      )}
    </section>
  );
}

const endings: Record<NonNullable<CustomerCase["closing"]>["outcome"], { head: string; icon: IconName }> = {
  resolved: { head: "Solved", icon: "done" },
  explained: { head: "Answered", icon: "info" },
  declined: { head: "Not possible this time", icon: "declined" },
  handed_off: { head: "With a person now", icon: "person" },
  withdrawn: { head: "Withdrawn", icon: "takenBack" },
  failed: { head: "With a person now", icon: "person" },
};

/** How the matter ended. */
export function Closing({ of: closing }: { of: CustomerCase["closing"] }) {
  if (closing === null) return null;
  return (
    <section class="remedy closing" aria-label="How it ended">
      <h2>
        <Icon name={endings[closing.outcome].icon} /> {endings[closing.outcome].head}
      </h2>
      <Words text={closing.text} />
      <p class="muted small">{dated(closing.at)}</p>
    </section>
  );
}
