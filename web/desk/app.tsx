import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { signedOut, type Staff } from "../shared/api";
import { Rail } from "../shared/explain/rail";
import { useKeys } from "../shared/keys";
import { isNarrow } from "../shared/narrow";
import { go, path } from "../shared/router";
import { NoSuchPage, SignInAgain, SignInPage } from "../shared/shell/gate";
import { Help } from "../shared/shell/help";
import { me } from "../shared/staff";
import { Dialog } from "../shared/ui/dialog";
import { Icon } from "../shared/ui/icon";
import { Failed, Skeleton, Status } from "../shared/ui/parts";
import { begin, heardAt, state } from "./live";
import { Page } from "./pages";
import { show, wanted } from "./queue/store";
import { sheetOpen } from "./rail-sheet";
import { waits as stepUpWaits } from "./step-up";
import { StepUpDialog } from "./step-up-dialog";

/** The Desk: signed out, a form; signed in, the pages with that form over them when the session ends. */
export function App() {
  useEffect(() => {
    void me.load();
  }, []);
  const staff = me.value.value;
  if (staff !== null) return <SignedIn staff={staff} />;
  if (signedOut.value) return <SignInPage surface="Desk" home="/desk/queue" />;
  if (me.failure.value !== null) return <main><Failed failure={me.failure.value} main what="The Desk" retry={() => void me.load()} /></main>;
  return <main><Skeleton lines={3} label="Loading the Desk" /></main>;
}

function SignedIn({ staff }: { staff: Staff }) {
  const help = useSignal(false);
  useEffect(begin, []);
  useKeys({
    queue: () => {
      go("/desk/queue");
      if (wanted.value.view !== "open") void show("open");
    },
    cases: () => go("/desk/cases"),
    reviewers: () => go("/desk/reviewers"),
    changes: () => go("/desk/changes"),
    policy: () => location.assign("/studio/policy"),
    people: () => location.assign("/studio/people"),
    connections: () => location.assign("/studio/connections"),
    help: () => (help.value = true),
    rail: () => (sheetOpen.value = isNarrow.value && !sheetOpen.value),
  });
  return (
    <>
      {/^\/desk(\/((queue|cases|changes)(\/[^/]+)?|notices|reviewers))?$/.test(path.value) ? <Page staff={staff} onHelp={() => (help.value = true)} /> : <Lost />}
      {help.value && <Help groups={["Move", "Decide", "Go", "Help"]} onClose={() => (help.value = false)} />}
      {isNarrow.value && sheetOpen.value && <RailSheet />}
      {stepUpWaits.value && <StepUpDialog />}
      {signedOut.value && <SignInAgain />}
      <Status />
    </>
  );
}

function Lost() {
  return (
    <NoSuchPage surface="Desk">
      <a class="button" href="/desk/queue">
        <Icon name="back" /> Decision Queue
      </a>
    </NoSuchPage>
  );
}

function RailSheet() {
  const shownAt = path.value;
  useEffect(() => () => void (sheetOpen.value = false), [shownAt]);
  return (
    <Dialog title="Explain" class="rail-sheet" onClose={() => (sheetOpen.value = false)}>
      <Rail state={state.value} heardAt={heardAt.value} heading={false} />
    </Dialog>
  );
}
