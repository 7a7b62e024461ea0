import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { signedOut, type Staff } from "../shared/api";
import { Rail } from "../shared/explain/rail";
import { useKeys } from "../shared/keys";
import { go, path } from "../shared/router";
import { Dialog } from "../shared/ui/dialog";
import { Icon } from "../shared/ui/icon";
import { Empty, Failed, Skeleton, Status } from "../shared/ui/parts";
import { SignInForm } from "../shared/ui/sign-in";
import { begin, heardAt, state } from "./live";
import { Page } from "./pages";
import { show, view } from "./queue/store";
import { isNarrow, sheetOpen } from "./rail-sheet";
import { me } from "./session";
import { Help } from "./shell/help";
import { Brand } from "./shell/nav";

/** The Desk: signed out, a form; signed in, the pages with that form over them when the session ends. */
export function App() {
  useEffect(() => {
    void me.load();
  }, []);
  const staff = me.value.value;
  if (staff !== null) return <SignedIn staff={staff} />;
  if (signedOut.value) return <SignInPage />;
  if (me.failure.value !== null) return <main><Failed failure={me.failure.value} main what="The Desk" retry={() => void me.load()} /></main>;
  return <main><Skeleton lines={3} label="Loading the Desk" /></main>;
}

function SignInPage() {
  useEffect(() => void (document.title = "Sign in · Desk"), []);
  return (
    <main class="gate">
      <div class="gate-box">
        <Brand />
        <h1>Sign in to the Desk</h1>
        <SignInForm portal={null} onDone={() => me.load()} />
      </div>
      <Status />
    </main>
  );
}

function SignedIn({ staff }: { staff: Staff }) {
  const help = useSignal(false);
  useEffect(begin, []);
  useKeys({
    queue: () => {
      go("/desk/queue");
      if (view.value !== "open") void show("open");
    },
    cases: () => go("/desk/cases"),
    help: () => (help.value = true),
    rail: () => (sheetOpen.value = isNarrow.value && !sheetOpen.value),
  });
  return (
    <>
      {/^\/desk(\/(queue|cases)(\/[^/]+)?)?$/.test(path.value) ? <Page staff={staff} onHelp={() => (help.value = true)} /> : <NoSuchPage />}
      {help.value && <Help onClose={() => (help.value = false)} />}
      {isNarrow.value && sheetOpen.value && <RailSheet />}
      {signedOut.value && <SignInAgain />}
      <Status />
    </>
  );
}

function NoSuchPage() {
  useEffect(() => void (document.title = "Not found · Desk"), []);
  return (
    <main class="gate">
      <Empty icon="unknown" title="There is no such page" main>
        <a class="button" href="/desk/queue">
          <Icon name="back" /> Decision Queue
        </a>
      </Empty>
    </main>
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

/** Over the page, so that what was typed stays. */
function SignInAgain() {
  return (
    <Dialog title="Please sign in again" onClose={() => undefined} firm>
      <p class="muted with-icon gate-again">
        <Icon name="lock" /> Your session has ended. The page behind is kept.
      </p>
      <SignInForm portal={null} onDone={() => me.load()} />
    </Dialog>
  );
}
