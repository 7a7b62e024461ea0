import { useKeys } from "../../shared/keys";
import { go } from "../../shared/router";
import { SelectField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { KeyCap } from "../../shared/ui/parts";
import { ChangesWait } from "../changes-wait";
import { counts, look, show, wanted, type View } from "./store";

const field = (): HTMLElement | null => document.getElementById("queue-words");

/** What of the queue is shown: whose, and what is looked for. */
export function Head() {
  useKeys({
    search: () => {
      if (field()?.checkVisibility() === true) return field()?.focus(); // at once: the next key is for it
      go("/desk/queue");
      requestAnimationFrame(() => field()?.focus());
    },
  });
  const { view } = wanted.value;
  const now = counts.value;
  return (
    <div class="list-head queue-head">
      <ChangesWait />
      <div class="tabs" role="group" aria-label="Show">
        <Tab of="open" count={now?.waiting}>Open</Tab>
        <Tab of="mine" count={now?.mine}>Mine</Tab>
        <Tab of="late" count={now?.late}>Late</Tab>
        {((now?.aside ?? 0) > 0 || view === "aside") && <Tab of="aside" count={now?.aside}>Aside</Tab>}
        <Tab of="decided">Decided</Tab>
      </div>
      {view !== "decided" && <Filters />}
    </div>
  );
}

function Tab({ of, count, children }: { of: View; count?: number | undefined; children: string }) {
  return (
    <button type="button" aria-pressed={wanted.value.view === of} onClick={() => void show(of)}>
      <span>
        {children}
        {count !== undefined && <> <span class="tab-count">{count}</span></>}
      </span>
    </button>
  );
}

const risks = [["", "Any risk"], ["low", "Low risk"], ["medium", "Medium risk"], ["high", "High risk"]] as const;

function Filters() {
  const { words, brief, risk } = wanted.value;
  const briefs = [...new Set([...(counts.value?.briefs ?? []), ...(brief === "" ? [] : [brief])])];
  return (
    <div class="filters" role="search" aria-label="Decision Queue">
      <div class="search">
        <Icon name="search" />
        <input
          class="input"
          id="queue-words"
          type="search"
          aria-label="Title, subject or customer"
          placeholder="Search"
          autocomplete="off"
          aria-keyshortcuts="/"
          maxLength={200}
          value={words}
          onInput={(event) => look({ words: event.currentTarget.value }, 250)}
        />
        {words === "" && <KeyCap of="search" />}
      </div>
      <SelectField bare label="Brief" value={brief} write={(next) => look({ brief: next })} options={[["", "Any brief"], ...briefs.map((each) => [each, each] as const)]} />
      <SelectField bare label="Risk" value={risk} write={(next) => look({ risk: next })} options={risks} />
    </div>
  );
}
