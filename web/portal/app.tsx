import { useEffect } from "preact/hooks";
import { signedOut, type Customer, type Portal } from "../shared/api";
import { after } from "../shared/router";
import { Dialog } from "../shared/ui/dialog";
import { Icon } from "../shared/ui/icon";
import { Empty, Failed, Skeleton, Status } from "../shared/ui/parts";
import { SignInForm } from "../shared/ui/sign-in";
import { CasePage } from "./case/page";
import { Home } from "./home/page";
import { enter, home, me, portal, portalId, ready } from "./session";
import { Frame, Mark } from "./shell/frame";

export function App() {
  useEffect(() => {
    void enter();
  }, []);
  const entrance = portal.value.value;
  if (!ready.value) return <main class="column"><Skeleton lines={5} label="Loading" /></main>;
  if (entrance === null) return <main class="column">{portal.failure.value && <Failed failure={portal.failure.value} main what="This page" retry={() => void enter()} />}</main>;
  const customer = me.value.value;
  if (customer !== null) return <SignedIn portal={entrance} customer={customer} />;
  if (me.failure.value !== null && !signedOut.value) return <main class="column"><Failed failure={me.failure.value} main what="This page" retry={() => void enter()} /></main>;
  return <SignInPage portal={entrance} />;
}

function SignInPage({ portal: entrance }: { portal: Portal }) {
  useEffect(() => void (document.title = `Sign in · ${entrance.name}`), []);
  return (
    <main class="gate">
      <div class="gate-box">
        <div class="gate-head">
          <Mark name={entrance.name} />
          <h1>{entrance.name}</h1>
          <p class="muted">{entrance.greeting}</p>
        </div>
        <SignInForm portal={portalId} onDone={() => me.load()} />
      </div>
      <p class="gate-foot muted small">
        <Icon name="sparkle" /> {entrance.assistant} is an AI. A person decides on anything that changes.
      </p>
      <Status />
    </main>
  );
}

function SignedIn({ portal: entrance, customer }: { portal: Portal; customer: Customer }) {
  const inCases = after(`${home}/cases`);
  const other = after(home) !== null && inCases === null;
  return (
    <Frame portal={entrance} customer={customer}>
      {other ? (
        <Empty icon="unknown" title="There is no such page" main>
          <a href={home}>To your cases</a>
        </Empty>
      ) : inCases === null ? (
        <Home customer={customer} />
      ) : (
        <CasePage id={inCases} portal={entrance} />
      )}
      {signedOut.value && (
        <Dialog title="Please sign in again" onClose={() => undefined} firm>
          <SignInForm portal={portalId} onDone={() => me.load()} />
        </Dialog>
      )}
      <Status />
    </Frame>
  );
}
