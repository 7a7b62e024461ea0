import { useEffect } from "preact/hooks";
import type { CaseSummary, Customer } from "../../shared/api";
import { go } from "../../shared/router";
import { moment } from "../../shared/text";
import { Composer } from "../../shared/ui/composer";
import { Icon } from "../../shared/ui/icon";
import { Chip, Empty, Failed, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { home, portalId } from "../session";
import { states } from "../states";
import { cases, openCase } from "./store";

const question = "What can we help you with?";

/** Where a customer writes, and finds what they wrote before. */
export function Home({ customer }: { customer: Customer }) {
  useEffect(() => {
    document.title = customer.portal.name;
    void cases.load();
  }, []);
  const send = async (text: string, key: string): Promise<void> => {
    const id = await openCase(text, key);
    go(`${home}/cases/${encodeURIComponent(id)}`);
  };
  return (
    <main class="column home">
      <div class="hello">
        <h1>
          Hello <Line text={customer.name.split(" ")[0] ?? customer.name} />
        </h1>
        {customer.portal.greeting !== question && <p class="muted">{customer.portal.greeting}</p>}
      </div>
      <Composer name={`portal-${portalId}`} label={question} placeholder="Tell us what happened. An order number helps." button="Send" send={send} headed />
      <section class="own">
        <h2>Your cases</h2>
        <List />
      </section>
    </main>
  );
}

function List() {
  const page = cases.value.value;
  if (page === null) {
    if (cases.failure.value !== null) return <Failed failure={cases.failure.value} what="Your cases" retry={() => void cases.load()} />;
    return <Skeleton lines={4} label="Loading your cases" />;
  }
  if (page.items.length === 0)
    return (
      <Empty icon="mail" title="No cases yet">
        <p>What you write to us stands here, with each step we take.</p>
      </Empty>
    );
  return <ul class="own-list">{page.items.map((each) => <Row key={each.id} of={each} />)}</ul>;
}

function Row({ of }: { of: CaseSummary }) {
  const state = states[of.state];
  return (
    <li>
      <a href={`${home}/cases/${encodeURIComponent(of.id)}`}>
        <span class="own-subject">
          <Line text={of.subject} />
        </span>
        <span class="muted small own-when">{moment(of.updated_at)}</span>
        <span class="own-state">
          <Chip icon={state.icon} tone={state.tone}>
            {state.words}
          </Chip>
        </span>
        <Icon name="chevron" />
      </a>
    </li>
  );
}
