import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refused, type Connection, type Manifest } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain } from "../../shared/resource";
import { go } from "../../shared/router";
import { Title } from "../../shared/shell/title";
import { AreaField, TextField } from "../../shared/ui/field";
import { Icon } from "../../shared/ui/icon";
import { Empty, KeyCap, Note } from "../../shared/ui/parts";
import { one } from "../places";
import { listed } from "./adding";
import { Back, Missing, useShown } from "./one";
import { change, saying } from "./store";
import { about, placed, type Wrong } from "./wrong";

/** What can be changed of a connection itself. Its tools have their own pages. */
export function Settings({ id }: { id: string }) {
  const of = useShown(id);
  useEffect(() => {
    document.title = "Settings · Studio";
  }, []);
  return (
    <div class="room-body narrow">
      <Back to={one(id)}>{of?.row.title ?? "Connection"}</Back>
      {of === null ? (
        <Missing id={id} />
      ) : of.can_change ? (
        <>
          <header class="room-head">
            <Title>Settings of {of.row.title}</Title>
          </header>
          <SettingsForm of={of} />
        </>
      ) : (
        <Empty icon="lock" title="This is not changed here" main>
          <p>{of.kept_by === null ? "Only an admin changes connections." : `It is kept in ${of.kept_by}.`}</p>
        </Empty>
      )}
    </div>
  );
}

const textsOf = ({ title, server, http, missing, whole_for: whole, patience }: Manifest) => ({
  title,
  server,
  url: http?.url ?? "",
  hosts: http?.allow_private.join("\n") ?? "",
  missing: missing.join(" "),
  whole: whole ?? "",
  patience: patience?.toString() ?? "",
});

function SettingsForm({ of }: { of: Connection }) {
  const form = useSignal(textsOf(of.manifest));
  const began = useSignal(of.row.version);
  const wrong = useSignal<Wrong | null>(null);
  const busy = useSignal(false);
  const secrets = useSignal<Record<string, string>>({});
  const moves = of.manifest.http !== null && of.manifest.http !== undefined && form.value.url.trim() !== of.manifest.http.url;
  const again = moves ? of.secrets.filter((one) => one.side === "read").map((one) => one.name) : [];
  const field = (name: keyof typeof form.value) => ({ value: form.value[name], write: (next: string) => void (form.value = { ...form.value, [name]: next }) });
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy.value) return;
    const { title, server, url, hosts, missing, whole, patience } = form.value;
    const seconds = patience.trim() === "" ? null : Number(patience);
    if (seconds !== null && !Number.isFinite(seconds)) return void (wrong.value = { at: ["manifest", "patience"], says: "This is not a number." });
    busy.value = true;
    wrong.value = null;
    const http = of.manifest.http && { ...of.manifest.http, url: url.trim(), allow_private: listed(hosts) };
    try {
      await change({ ...of.manifest, title: title.trim(), server, missing: listed(missing), whole_for: whole.trim() || null, patience: seconds, ...(http && { http }) }, began.value, Object.fromEntries(again.flatMap((name) => (secrets.value[name] ? [[name, secrets.value[name]]] : []))));
      announce(saying("The settings are changed"), { urgent: true });
      go(one(of.row.id));
    } catch (error) {
      wrong.value = error instanceof Refused ? placed(error.problem.message) : { at: [], says: explain(error).message };
    } finally {
      busy.value = false;
    }
  };
  const at = (...way: string[]): string | null => about(wrong.value, "manifest", ...way);
  const elsewhere = wrong.value !== null && wrong.value.at[0] !== "secrets" && ![["title"], ["server"], ["http", "url"], ["http", "allow_private"], ["missing"], ["whole_for"], ["patience"]].some((way) => at(...way)) ? wrong.value.says : null;
  return (
    <form class="form" onSubmit={(event) => void submit(event)} onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && void submit(event)}>
      <TextField label="Its name for people" {...field("title")} wrong={at("title")} />
      <TextField label="The server’s own name" class="input code" hint={of.server === null ? "It does not answer just now." : `It calls itself ${of.server}. With another name here, none of its tools exists.`} {...field("server")} wrong={at("server")} />
      {of.manifest.http && (
        <>
          <TextField label="Address" class="input code" {...field("url")} wrong={at("http", "url")} />
          {again.map((name) => (
            <TextField
              key={name}
              label={`Value of ${name}`}
              type="password"
              autocomplete="new-password"
              hint="The address is another one: what was kept for the old one is forgotten, and not sent there."
              value={secrets.value[name] ?? ""}
              write={(next) => void (secrets.value = { ...secrets.value, [name]: next })}
              wrong={wrong.value?.at[0] === "secrets" && wrong.value.says.includes(name) ? wrong.value.says : null}
            />
          ))}
          <AreaField label="Hosts that may be private" class="input code one-line" {...field("hosts")} wrong={at("http", "allow_private")} />
        </>
      )}
      <TextField label="Codes that mean: no such record" class="input code" hint="The words before the colon of its errors." {...field("missing")} wrong={at("missing")} />
      <TextField label="All of it belongs to one customer" class="input code" hint="For a system that names no owners: that customer’s id in it." {...field("whole")} wrong={at("whole_for")} />
      <TextField label="Seconds for one call" class="input short" inputMode="decimal" placeholder="10" {...field("patience")} wrong={at("patience")} />
      <div role="alert">
        {elsewhere && (
          <Note tone="bad" icon="alert">
            <p>{elsewhere} Nothing was changed.</p>
            {began.value !== of.row.version && (
              <button type="button" class="button" onClick={() => ((form.value = textsOf(of.manifest)), (began.value = of.row.version), (wrong.value = null))}>
                Begin again with what it is now
              </button>
            )}
          </Note>
        )}
      </div>
      <div class="form-end">
        <a class="button" href={one(of.row.id)}>
          Cancel
        </a>
        <button type="submit" class="button primary" aria-disabled={busy.value}>
          <Icon name={busy.value ? "refresh" : "check"} spin={busy.value} /> Change <KeyCap of="confirm" />
        </button>
      </div>
    </form>
  );
}
