import type { Suggestion } from "../../shared/api";
import { money, plural } from "../../shared/text";
import { Failed, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { look, days, suggestions } from "./store";

/** Rules that past decisions suggest. Nothing is changed here: a policy is proposed, and two people decide. */
export function Suggested() {
  const page = suggestions.value.value;
  if (page === null) {
    if (suggestions.failure.value !== null) return <Failed failure={suggestions.failure.value} what="The suggestions" retry={() => void look(days.peek(), true)} />;
    return <Skeleton lines={4} label="Reading what was decided" />;
  }
  return (
    <section class="insights-part" aria-labelledby="suggested">
      <h2 id="suggested">Suggested rules</h2>
      {page.items.length === 0 && <p class="muted">None. It takes {page.at_least} approvals of one kind of which none was changed, rejected, failed or unknown.</p>}
      {page.items.map((each) => <One key={each.name} of={each} />)}
    </section>
  );
}

function One({ of }: { of: Suggestion }) {
  const { replay } = of;
  return (
    <article class="suggestion">
      <p class="strong"><Line text={of.sentence} /></p>
      <p>
        At most {money(of.per_day)} in a day and {money(of.per_customer)} for a customer: not more than there was. Of {plural(replay.proposals, "proposal")} then, {replay.by_itself} would have gone by themselves
        {replay.money.length > 0 && <> ({replay.money.map(money).join(", ")})</>}; {replay.otherwise === 0 ? "nothing else would have changed" : `${replay.otherwise} would have come out in another way`}.
      </p>
      <details>
        <summary>The rule</summary>
        <pre tabIndex={0} aria-label="The rule, as it would stand in the policy">{of.rule}</pre>
      </details>
    </article>
  );
}
