import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { newKey, Refused } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain } from "../../shared/resource";
import { go } from "../../shared/router";
import { Title } from "../../shared/shell/title";
import { Copy } from "../../shared/ui/copied";
import { AreaField, TextField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { Empty, KeyCap, Note } from "../../shared/ui/parts";
import { list, one } from "../places";
import { bodyOf, empty, idOf, missingIn, serverSays, type NewForm, type WrongFields } from "./adding";
import { SignsIn } from "./add-sign-in";
import { Back } from "./one";
import { addConnection, page } from "./store";

/** Connects a system: its server is asked, each tool gets a proposal, and nothing can be used before its review. */
export function AddConnection() {
  useEffect(() => {
    document.title = "Connect a system · Studio";
    if (page.value.peek() === null) void page.load();
  }, []);
  const may = page.value.value?.can_add;
  return (
    <div class="room-body narrow">
      <Back />
      {may === false ? (
        <Empty icon="lock" title="Only an admin connects systems" main>
          <p>You can look at all that is connected.</p>
        </Empty>
      ) : (
        <>
          <header class="room-head">
            <div>
              <Title>Connect a system</Title>
              <p class="muted">Its server is asked what it offers. We propose what each tool is, and nothing can be used before you have reviewed it.</p>
            </div>
          </header>
          <NewConnectionForm />
        </>
      )}
    </div>
  );
}

function NewConnectionForm() {
  const form = useSignal<NewForm>(empty);
  const wrong = useSignal<WrongFields>({});
  const busy = useSignal(false);
  const key = useRef(newKey());
  const box = useRef<HTMLFormElement>(null);
  const write = (next: Partial<NewForm>): void => void (form.value = { ...form.value, ...next });
  const fail = (found: WrongFields): void => {
    wrong.value = found;
    announce(Object.values(found)[0] ?? "", { urgent: true });
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy.value) return;
    const found = missingIn(form.value, page.value.value?.items.map((row) => row.id) ?? []);
    if (Object.keys(found).length > 0) return fail(found);
    wrong.value = {};
    busy.value = true;
    announce("Asking the server what it offers", { urgent: true });
    try {
      const made = await addConnection(bodyOf(form.value), key.current);
      announce(`${made.row.title} is connected. Nothing can be used before its review.`, { urgent: true });
      go(one(made.row.id), { replace: true });
    } catch (error) {
      key.current = newKey();
      fail(error instanceof Refused ? serverSays(error.problem, form.value.by) : { "": explain(error).message });
    } finally {
      busy.value = false;
    }
  };
  const { value: of } = form;
  const given = { of, write, wrong: wrong.value };
  return (
    <form ref={box} class="form" autocomplete="off" onSubmit={(event) => void submit(event)} onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && void submit(event)}>
      <div class="pair">
        <TextField label="Its name for people" placeholder="Support desk" value={of.title} write={(title) => write({ title })} wrong={wrong.value.title} />
        <TextField label="Its id" class="input code" hint="Tools are called id.tool everywhere. It stays." placeholder="supportdesk" value={idOf(of)} write={(id) => write({ id })} wrong={wrong.value.id} />
      </div>
      <TextField label="Address" type="url" inputMode="url" class="input code" hint="Where it serves MCP over HTTP." placeholder="https://mcp.example.com/mcp" value={of.url} write={(url) => write({ url })} wrong={wrong.value.url} />
      <SignsIn {...given} />
      <AreaField label="Hosts that may be private" class="input code one-line" hint="Addresses of this machine and of your own network are refused, unless their host stands here." placeholder="crm.internal" value={of.hosts} write={(hosts) => write({ hosts })} wrong={wrong.value.hosts} />
      <details class="more" open={Boolean(wrong.value.missing ?? wrong.value.wholeFor)}>
        <summary>
          <Icon name="chevron" /> What is particular about it
        </summary>
        <div class="form">
          <TextField label="Codes that mean: no such record" class="input code" hint="The words before the colon of its errors. Any other error is a failure." placeholder="order_not_found customer_not_found" value={of.missing} write={(missing) => write({ missing })} wrong={wrong.value.missing} />
          <TextField label="All of it belongs to one customer" class="input code" hint="For a system that names no owners: that customer’s id in it." value={of.wholeFor} write={(wholeFor) => write({ wholeFor })} wrong={wrong.value.wholeFor} />
        </div>
      </details>
      <div role="alert">
        {wrong.value[""] && (
          <Note tone="bad" icon="alert">
            {wrong.value[""]}
          </Note>
        )}
      </div>
      {busy.value && (
        <div class="asking">
          <progress aria-label="Asking the server" />
          <p class="muted small">Asking the server what it offers. Nothing is kept unless it answers.</p>
        </div>
      )}
      <div class="form-end">
        <a class="button" href={list}>
          Cancel
        </a>
        <button type="submit" class="button primary" aria-disabled={busy.value}>
          <Icon name={busy.value ? "refresh" : "connection"} spin={busy.value} /> Connect <KeyCap of="confirm" />
        </button>
      </div>
      <p class="muted small by-command">
        A system that a command starts is connected on the machine itself: <code>missiondesk connections add {idOf(of) || "ID"} --command "…"</code> <Copy name="the command" text={`missiondesk connections add ${idOf(of) || "ID"} --command "…"`} bare />
      </p>
    </form>
  );
}
