import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { QueueItem, Staff } from "../shared/api";
import { Rail } from "../shared/explain/rail";
import { useKeys } from "../shared/keys";
import { isNarrow } from "../shared/narrow";
import { after, go, path } from "../shared/router";
import { Brand } from "../shared/shell/place";
import { visible } from "../shared/text";
import { You } from "../shared/shell/you";
import { Icon } from "../shared/ui/icon";
import { Empty, Skeleton } from "../shared/ui/parts";
import { DecisionCard } from "./card/card";
import { Case } from "./case/case";
import { Cases } from "./case/list";
import { ChangePage } from "./changes/card";
import { Changes } from "./changes/list";
import { Frozen } from "./freeze/banner";
import { Freeze } from "./freeze/dialog";
import { page as freezes } from "./freeze/store";
import { keep as keepNotices } from "./dead-notices";
import { FindHandoff, Handoff } from "./handoff";
import { Reviewers } from "./insights/reviewers";
import { explainMission, heardAt, state } from "./live";
import { focusRow } from "./focus";
import { isOpen as batchIsOpen } from "./queue/batch";
import { BatchSheet } from "./queue/batch-sheet";
import { Queue } from "./queue/list";
import { failure as queueFailure, keep as keepQueue, load as loadQueue, rows } from "./queue/store";
import { sheetOpen } from "./rail-sheet";
import { Notices } from "./notices/page";
import { Nav } from "./shell/nav";

/** Side, middle and rail; on phones the list or the one thing that is open. */
export function Page({ staff, onHelp }: { staff: Staff; onHelp: () => void }) {
  const inCases = path.value.startsWith("/desk/cases");
  const inChanges = path.value.startsWith("/desk/changes");
  const home = inCases ? "/desk/cases" : inChanges ? "/desk/changes" : "/desk/queue";
  const beside = /^\/desk\/(notices|reviewers)$/.exec(path.value)?.[1] ?? null; // a page of its own, beside the queue
  const id = beside ?? after(home);
  const freezing = useSignal(false);
  useEffect(() => {
    if (path.value === "/desk") go("/desk/queue", { replace: true });
    if (inCases) void loadQueue(); // a case shows the decision that waits for it
    return keepQueue();
  }, []);
  useEffect(keepNotices, []);
  useEffect(() => {
    if (beside !== null || inChanges) void explainMission(null);
    if (id === null) {
      document.title = `${lists[home]} · Desk`;
      void explainMission(null);
    }
  }, [id, home]);
  useKeys({
    out: () => (matchMedia("(max-width: 759.98px)").matches ? go(home) : focusRow(id)),
    open: () => document.querySelector<HTMLElement>(".middle h1")?.focus(),
  });
  return (
    <div class={`desk ${id === null ? "at-list" : "at-one"}${inChanges ? " no-rail" : ""}`}>
      <Frozen />
      <div class="side">
        <header class="side-head">
          <Brand home="/desk/queue" />
        </header>
        <Nav />
        {/* The role moves and not the element: the list keeps its place and its scroll. */}
        <div class="side-list" role={id === null ? "main" : undefined}>
          {id === null && <h1 class="sr">{lists[home]}</h1>}
          {inCases ? <Cases selected={id} /> : inChanges ? <Changes selected={id} /> : <Queue selected={id} />}
        </div>
        <footer class="side-foot">
          <You me={staff} home="/desk/" onHelp={onHelp} {...(freezes.value.value?.can_freeze && { onFreeze: () => (freezing.value = true) })} />
        </footer>
      </div>
      <div class="middle" role={id === null ? "region" : "main"} aria-label={id === null ? "What is open" : undefined}>
        {id !== null && <Top home={home} />}
        {beside === "notices" ? <Notices /> : beside === "reviewers" ? <Reviewers /> : inChanges ? <ChangePage id={id} /> : <Middle id={id} inCases={inCases} />}
      </div>
      {!isNarrow.value && !inChanges && (
        <aside class="rail" aria-label="Explain">
          <Rail state={state.value} heardAt={heardAt.value} heading />
        </aside>
      )}
      {batchIsOpen.value && <BatchSheet onClose={() => (batchIsOpen.value = false)} />}
      {freezing.value && <Freeze onClose={() => (freezing.value = false)} />}
    </div>
  );
}

const lists: Record<string, string> = { "/desk/queue": "Decision Queue", "/desk/cases": "Cases", "/desk/changes": "Changes" };

/** The way back, and to the rail where there is no room for it. */
function Top({ home }: { home: string }) {
  return (
    <div class="top">
      <a class="button plain top-back" href={home}>
        <Icon name="back" /> {home === "/desk/queue" ? "Queue" : lists[home]}
      </a>
      {isNarrow.value && home !== "/desk/changes" && (
        <button type="button" class="button" aria-keyshortcuts="]" onClick={() => (sheetOpen.value = true)}>
          <Icon name="trace" /> Explain
        </button>
      )}
    </div>
  );
}

function Middle({ id, inCases }: { id: string | null; inCases: boolean }) {
  if (id === null) return <Nothing inCases={inCases} />;
  if (inCases) return <Case id={id} decision={rows.value?.find((each) => each.case_id === id && each.decided === null && each.kind !== "handoff")?.id ?? null} />;
  // Only the queue knows whether this is a card or a handoff.
  if (rows.value === null && queueFailure.value === null) return <Skeleton lines={12} label="Loading" />;
  const row = rows.value?.find((each) => each.id === id);
  if (row?.kind === "handoff") return <Handoff key={row.id} item={row} />;
  if (row === undefined && id.startsWith("mission-")) return <FindHandoff key={id} id={id} />;
  if (row?.kind === "changed_tools") return <ChangedTools of={row} />;
  return <DecisionCard id={id} />;
}

/** Reviews happen in the Studio, where the difference stands. */
function ChangedTools({ of: row }: { of: QueueItem }) {
  return (
    <Empty icon="connection" title={visible(row.title)} main>
      <p>What the server says of this is not what was reviewed, so it was taken away, and proposals that would use it were taken back. An admin reads the difference and reviews it again.</p>
      <a class="button primary" href={`/studio/connections/${encodeURIComponent(row.id)}`}>
        See what changed
      </a>
    </Empty>
  );
}

function Nothing({ inCases }: { inCases: boolean }) {
  return inCases ? (
    <Empty icon="mail" title="Pick a case">
      <p>Its conversation and all that was found stand here.</p>
    </Empty>
  ) : rows.value?.length === 0 ? (
    <Empty icon="inbox" title="Nothing to decide">
      <p>A proposal opens here when you pick it from the queue.</p>
    </Empty>
  ) : (
    <Empty icon="inbox" title="Pick something to decide">
      <p>
        Press <kbd>J</kbd> for the first, <kbd>?</kbd> for all keys.
      </p>
    </Empty>
  );
}
