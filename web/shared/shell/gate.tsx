import { useEffect } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { me } from "../staff";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { Empty, Status } from "../ui/parts";
import { SignInForm } from "../ui/sign-in";
import { Brand } from "./place";

/** Staff sign in to a surface. */
export function SignInPage({ surface, home }: { surface: string; home: string }) {
  useEffect(() => void (document.title = `Sign in · ${surface}`), []);
  return (
    <main class="gate">
      <div class="gate-box">
        <Brand home={home} />
        <h1>Sign in to the {surface}</h1>
        <SignInForm portal={null} onDone={() => me.load()} />
      </div>
      <Status />
    </main>
  );
}

/** Over the page, so that what was typed stays. */
export function SignInAgain() {
  return (
    <Dialog title="Please sign in again" onClose={() => undefined} firm>
      <p class="muted with-icon gate-again">
        <Icon name="lock" /> Your session has ended. The page behind is kept.
      </p>
      <SignInForm portal={null} onDone={() => me.load()} />
    </Dialog>
  );
}

/** `children` lead back to a page that is there. */
export function NoSuchPage({ surface, children }: { surface: string; children: ComponentChildren }) {
  useEffect(() => void (document.title = `Not found · ${surface}`), []);
  return (
    <main class="gate">
      <Empty icon="unknown" title="There is no such page" main>
        {children}
      </Empty>
    </main>
  );
}
