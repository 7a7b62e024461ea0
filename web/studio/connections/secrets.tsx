import { useSignal } from "@preact/signals";
import type { Connection, SecretView } from "../../shared/api";
import { dated } from "../../shared/text";
import { Dialog } from "../../shared/ui/dialog";
import { TextField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { Chip, Note } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { useAct } from "../act";
import { forgetSecret, page, setSecret } from "./store";

/** The secrets that a connection uses, by name. Their values go in here and never come out. */
export function Secrets({ of }: { of: Connection }) {
  const open = useSignal<{ secret: SecretView; to: "set" | "forget" } | null>(null);
  const may = page.value.value?.can_add ?? false;
  if (of.secrets.length === 0) return null;
  return (
    <section class="part" aria-label="Secrets">
      <div class="part-head">
        <h2>Secrets</h2>
        <span class="muted small">Sealed, and shown to nobody again</span>
      </div>
      <ul class="secrets">
        {of.secrets.map((secret) => (
          <li key={`${secret.side} ${secret.name}`}>
            <span class="secret-name">
              <code>${secret.name}</code>
              <span class="muted small">{secret.side === "read" ? "to read" : "to write"}</span>
            </span>
            <span class="secret-state">{secret.set_at === null ? <NotSet /> : <IsSet by={secret.set_by ?? ""} at={secret.set_at} />}</span>
            {may && (
              <span class="secret-acts">
                <button type="button" class="button" onClick={() => (open.value = { secret, to: "set" })}>
                  {secret.set_at === null ? "Give it a value" : "Set anew"}
                  <span class="sr"> {secret.name}</span>
                </button>
                {secret.set_at !== null && (
                  <button type="button" class="button plain" onClick={() => (open.value = { secret, to: "forget" })}>
                    Forget<span class="sr"> {secret.name}</span>
                  </button>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {open.value?.to === "set" && <Give secret={open.value.secret} onClose={() => (open.value = null)} />}
      {open.value?.to === "forget" && <Forget secret={open.value.secret} onClose={() => (open.value = null)} />}
    </section>
  );
}

const NotSet = () => (
  <>
    <Chip tone="warn" icon="unknown">not set here</Chip>
    <span class="muted small">the environment may have it</span>
  </>
);

const IsSet = ({ by, at }: { by: string; at: string }) => (
  <>
    <Chip tone="ok" icon="check">set</Chip>
    <span class="muted small">
      {dated(at)} by <Line text={by} />
    </span>
  </>
);

interface Open {
  secret: SecretView;
  onClose: () => void;
}

function Give({ secret, onClose }: Open) {
  const value = useSignal("");
  const { busy, wrong, act } = useAct(onClose);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (value.value !== "") void act(() => setSecret(secret.side, secret.name, value.value), `${secret.name} is set`);
  };
  return (
    <Dialog title={`A value for $${secret.name}`} onClose={onClose}>
      <form class="form" onSubmit={submit} autocomplete="off">
        <TextField label="Value" type="password" autofocus autocomplete="new-password" hint="It is sealed at once. Nobody is shown it again, you neither." value={value.value} write={(next) => (value.value = next)} wrong={wrong} />
        <div class="form-end">
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button primary" aria-disabled={busy || value.value === ""}>
            <Icon name={busy ? "refresh" : "secret"} spin={busy} /> Seal it
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Forget({ secret, onClose }: Open) {
  const { busy, wrong, act } = useAct(onClose);
  return (
    <Dialog title={`Forget $${secret.name}?`} onClose={onClose}>
      <div class="form">
        <p>Until it has a value again, here or in the environment, this connection cannot sign in.</p>
        <div role="alert">{wrong && <Note tone="bad" icon="alert">{wrong}</Note>}</div>
        <div class="form-end">
          <button type="button" class="button" onClick={onClose}>
            Keep it
          </button>
          <button type="button" class="button danger primary" aria-disabled={busy} onClick={() => void act(() => forgetSecret(secret.side, secret.name), `${secret.name} is forgotten`)}>
            Forget it
          </button>
        </div>
      </div>
    </Dialog>
  );
}
