import { useSignal } from "@preact/signals";
import { Dialog } from "../shared/ui/dialog";
import { Icon } from "../shared/ui/icon";
import { KeyCap, Note } from "../shared/ui/parts";
import { give, waits } from "./step-up";

/** The password again, for an answer that the policy asks it for. */
export function StepUpDialog() {
  const wrong = useSignal<string | null>(null);
  const busy = useSignal(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy.value) return;
    const field = (event.currentTarget as HTMLFormElement).querySelector<HTMLInputElement>("[name=password]");
    busy.value = true;
    wrong.value = await give(field?.value ?? "");
    busy.value = false;
    field?.select();
  };
  return (
    <Dialog title="Your password, please" onClose={() => waits.value?.(false)}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <p id="step-up-why">The policy asks for it before this is approved. It is good for five minutes; nothing was decided yet.</p>
        <div class="field">
          <label for="step-up-password">Password</label>
          <input class="input" id="step-up-password" name="password" type="password" autocomplete="current-password" required autofocus aria-describedby="step-up-why step-up-wrong" aria-invalid={wrong.value !== null} />
        </div>
        <div id="step-up-wrong" role="alert">
          {wrong.value && (
            <Note tone="bad" icon="alert">
              {wrong.value}
            </Note>
          )}
        </div>
        <div class="form-end">
          <button type="button" class="button" onClick={() => waits.value?.(false)}>
            Not now <KeyCap of="out" />
          </button>
          <button type="submit" class="button primary" aria-disabled={busy.value}>
            <Icon name={busy.value ? "refresh" : "check"} spin={busy.value} /> Go on
          </button>
        </div>
      </form>
    </Dialog>
  );
}
