import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ChangeCard, PeoplePage as Page, PersonRow } from "../../shared/api";
import { Title } from "../../shared/shell/title";
import { day, plural } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Chip, Failed, LiveMark, Note, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { heardAt, hearChanges, state } from "../live";
import { OneHand } from "../one-hand";
import { Asked } from "../waits";
import { AddPerson, CloseAccount, OtherRole } from "./dialogs";
import { page } from "./store";

type Doing = { what: "add" } | { what: "role" | "close"; who: PersonRow };

/** The accounts of staff with their roles, and changes of them. */
export function PeoplePage() {
  const doing = useSignal<Doing | null>(null);
  const asked = useSignal<ChangeCard | null>(null);
  useEffect(() => {
    document.title = "People · Studio";
    void page.load();
    return hearChanges(() => void page.load());
  }, []);
  const of = page.value.value;
  const close = (): void => void (doing.value = null);
  const done = (made: ChangeCard): void => {
    asked.value = made;
    close();
  };
  return (
    <div class="room-body">
      <header class="room-head">
        <div>
          <Title>People</Title>
          <p class="muted">{of === null ? "Who signs in, and what they may do." : plural(of.items.filter((each) => each.active).length, "account")}</p>
        </div>
        <LiveMark state={state.value} heardAt={heardAt.value} />
        {of?.may_change && (
          <button type="button" class="button primary" onClick={() => (doing.value = { what: "add" })}>
            <Icon name="plus" /> Add a person
          </button>
        )}
      </header>
      {asked.value && <Asked of={asked.value} />}
      <OneHand kind="role" />
      {of === null ? <Missing /> : <All of={of} begin={(next) => (doing.value = next)} />}
      {of !== null && <Words of={of} />}
      {doing.value?.what === "add" && <AddPerson onDone={done} onClose={close} />}
      {doing.value?.what === "role" && <OtherRole who={doing.value.who} onDone={done} onClose={close} />}
      {doing.value?.what === "close" && <CloseAccount who={doing.value.who} onDone={done} onClose={close} />}
    </div>
  );
}

function Missing() {
  if (page.failure.value !== null) return <Failed failure={page.failure.value} what="The accounts" retry={() => void page.load()} />;
  return <Skeleton lines={8} label="Loading the accounts" />;
}

function Words({ of }: { of: Page }) {
  if (!of.may_change) return <p class="muted small look-only">You can look at everything here. Only an admin changes accounts.</p>;
  return <p class="muted small look-only">{of.setup ? "You are the only admin, so what you change here is in force at once." : "What you change here waits for a second admin."}</p>;
}

function All({ of, begin }: { of: Page; begin: (next: Doing) => void }) {
  return (
    <>
      {page.failure.value !== null && (
        <Note tone="warn" icon="alert">
          This may be old: {page.failure.value.message}
        </Note>
      )}
      <ul class="people" aria-label="Accounts">
        {of.items.map((each) => (
          <Person key={each.id} of={each} may={of.may_change} begin={begin} />
        ))}
      </ul>
    </>
  );
}

function Person({ of, may, begin }: { of: PersonRow; may: boolean; begin: (next: Doing) => void }) {
  return (
    <li class={of.active ? undefined : "muted"}>
      <div class="person-who">
        <strong><Line text={of.name} /></strong>
        <span class="muted small"><Line text={of.email} /> · since {day(of.added_at)}</span>
      </div>
      <p class="chips">
        <Chip icon="customer">{of.role}</Chip>
        {!of.active && <Chip icon="off">closed</Chip>}
        {of.waiting !== null && (
          <a class="chip warn" href={`/desk/changes/${encodeURIComponent(of.waiting)}`}>
            <Icon name="clock" /> a change waits
          </a>
        )}
      </p>
      {may && of.active && (
        <div class="person-acts">
          <button type="button" class="button" aria-label={`Change the role of ${of.name}`} onClick={() => begin({ what: "role", who: of })}>
            <Icon name="pen" /> Role
          </button>
          <button type="button" class="button danger" aria-label={`Close the account of ${of.name}`} onClick={() => begin({ what: "close", who: of })}>
            <Icon name="off" /> Close
          </button>
        </div>
      )}
    </li>
  );
}
