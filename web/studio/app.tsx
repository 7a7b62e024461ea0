import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { signedOut, type Staff } from "../shared/api";
import { useKeys } from "../shared/keys";
import { go, path } from "../shared/router";
import { NoSuchPage, SignInAgain, SignInPage } from "../shared/shell/gate";
import { Help } from "../shared/shell/help";
import { me } from "../shared/staff";
import { Icon } from "../shared/ui/icon";
import { Failed, Skeleton, Status } from "../shared/ui/parts";
import { begin } from "./live";
import { Page } from "./pages";
import { list, people, placeOf, policy } from "./places";

/** The Studio: signed out, a form; signed in, its pages with that form over them when the session ends. */
export function App() {
  useEffect(() => {
    void me.load();
  }, []);
  const staff = me.value.value;
  if (staff !== null) return <SignedIn staff={staff} />;
  if (signedOut.value) return <SignInPage surface="Studio" home={list} />;
  if (me.failure.value !== null) return <main><Failed failure={me.failure.value} main what="The Studio" retry={() => void me.load()} /></main>;
  return <main><Skeleton lines={3} label="Loading the Studio" /></main>;
}

function SignedIn({ staff }: { staff: Staff }) {
  const help = useSignal(false);
  useEffect(begin, []);
  useKeys({
    connections: () => go(list),
    policy: () => go(policy),
    people: () => go(people),
    changes: () => location.assign("/desk/changes"),
    queue: () => location.assign("/desk/queue"),
    cases: () => location.assign("/desk/cases"),
    help: () => (help.value = true),
  });
  const place = placeOf(path.value);
  return (
    <>
      {place === null ? <Lost /> : <Page staff={staff} place={place} onHelp={() => (help.value = true)} />}
      {help.value && <Help groups={["Move", "Go", "Help"]} onClose={() => (help.value = false)} />}
      {signedOut.value && <SignInAgain />}
      <Status />
    </>
  );
}

function Lost() {
  return (
    <NoSuchPage surface="Studio">
      <a class="button" href={list}>
        <Icon name="back" /> Connections
      </a>
    </NoSuchPage>
  );
}
