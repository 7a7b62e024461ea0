import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { ChangeCard, PersonRow } from "../../shared/api";
import { Dialog } from "../../shared/ui/dialog";
import { AreaField, SelectField, TextField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { KeyCap, Note } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { useAct } from "../act";
import { add, changeRole, close, page, roles } from "./store";

interface Props {
  onDone: (made: ChangeCard) => void;
  onClose: () => void;
}

interface Asking extends Props {
  title: string;
  button: string;
  danger?: boolean;
  ready: boolean;
  send: () => Promise<ChangeCard>;
  children: ComponentChildren;
}

/** A form over the page; what the server refuses is said in it, and nothing is lost. */
function Ask({ title, button, danger = false, ready, send, onDone, onClose, children }: Asking) {
  const { busy, wrong, act } = useAct(() => undefined);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (ready) void act(async () => onDone(await send()), page.value.peek()?.setup ? "It is in force" : "It waits for a second admin");
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="form" autocomplete="off" onSubmit={submit} onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && submit(event)}>
        {children}
        <div role="alert">{wrong && <Note tone="bad" icon="alert"><Line text={wrong} /></Note>}</div>
        <div class="form-end">
          <button type="button" class="button" onClick={onClose}>Cancel</button>
          <button type="submit" class={danger ? "button danger primary" : "button primary"} aria-disabled={busy || !ready}>
            {busy && <Icon name="refresh" spin />} {button} <KeyCap of="confirm" />
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Why({ value, write, autofocus = false }: { value: string; write: (next: string) => void; autofocus?: boolean }) {
  return <AreaField autofocus={autofocus} label="Why" hint="Who answers reads it. Optional." class="input one-line" value={value} write={write} />;
}

const orNull = (text: string): string | null => text.trim() || null;

export function AddPerson(props: Props) {
  const of = useSignal({ name: "", email: "", role: "agent", password: "", why: "" });
  const { name, email, role, password, why } = of.value;
  const write = (next: Partial<typeof of.value>): void => void (of.value = { ...of.value, ...next });
  return (
    <Ask {...props} title="Add a person" button="Add" ready={[name, email, password].every((each) => each.trim() !== "")} send={() => add({ name: name.trim(), email: email.trim(), role, password, why: orNull(why) })}>
      <TextField label="Name" autofocus autocomplete="off" value={name} write={(next) => write({ name: next })} />
      <TextField label="E-mail" autocomplete="off" value={email} write={(next) => write({ email: next })} />
      <SelectField label="Role" value={role} write={(next) => write({ role: next })} options={roles} />
      <TextField label="Their first password" type="password" autocomplete="new-password" hint="Only its hash is kept, and it is never shown. Tell it to them in another way." value={password} write={(next) => write({ password: next })} />
      <Why value={why} write={(next) => write({ why: next })} />
    </Ask>
  );
}

export function OtherRole({ who, ...props }: Props & { who: PersonRow }) {
  const role = useSignal<string>(who.role);
  const why = useSignal("");
  return (
    <Ask {...props} title={`Another role for ${who.name}`} button="Change the role" ready={role.value !== who.role} send={() => changeRole(who.id, role.value, orNull(why.value))}>
      <SelectField autofocus label="Role" hint={`Today: ${who.role}. It holds from their next request on.`} value={role.value} write={(next) => (role.value = next)} options={roles} />
      <Why value={why.value} write={(next) => (why.value = next)} />
    </Ask>
  );
}

export function CloseAccount({ who, ...props }: Props & { who: PersonRow }) {
  const why = useSignal("");
  return (
    <Ask {...props} title={`Close the account of ${who.name}?`} button="Close the account" danger ready send={() => close(who.id, orNull(why.value))}>
      <p>Nobody signs in by it any more, and who is signed in by it is signed out. What they decided stays in the trace.</p>
      <Why autofocus value={why.value} write={(next) => (why.value = next)} />
    </Ask>
  );
}
