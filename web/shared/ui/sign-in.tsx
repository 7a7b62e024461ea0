import { useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { newKey, post, signedOut, type SignIn } from "../api";
import { explain } from "../resource";
import { Icon } from "./icon";
import { Note } from "./parts";

/** E-mail and password; `portal` for customers. The session's cookie is set by the server. */
export function SignInForm({ portal, onDone }: { portal: string | null; onDone: () => Promise<void> | void }) {
  const key = useRef(newKey());
  const wrong = useSignal<string | null>(null);
  const busy = useSignal(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const typed = new FormData(form);
    const body: SignIn = { email: String(typed.get("email")), password: String(typed.get("password")), portal };
    busy.value = true;
    wrong.value = null;
    try {
      await post("/api/sessions", body, key.current);
      signedOut.value = false;
      await onDone();
    } catch (error) {
      wrong.value = explain(error).message;
      form.querySelector<HTMLInputElement>("[name=password]")?.select();
    } finally {
      key.current = newKey();
      busy.value = false;
    }
  };
  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      <div class="field">
        <label for="email">E-mail</label>
        <input class="input" id="email" name="email" type="email" autocomplete="username" required autofocus />
      </div>
      <div class="field">
        <label for="password">Password</label>
        <input class="input" id="password" name="password" type="password" autocomplete="current-password" required aria-invalid={wrong.value !== null} aria-describedby="sign-in-wrong" />
      </div>
      <div id="sign-in-wrong" role="alert">
        {wrong.value && (
          <Note tone="bad" icon="alert">
            {wrong.value}
          </Note>
        )}
      </div>
      <button class="button primary tall" type="submit" disabled={busy.value}>
        {busy.value && <Icon name="refresh" spin />} Sign in
      </button>
    </form>
  );
}
