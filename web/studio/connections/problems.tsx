import type { Connection, ConnectionTool } from "../../shared/api";
import { moment, plural, whole } from "../../shared/text";
import { Copy } from "../../shared/ui/copied";
import { Diff } from "../../shared/ui/diff";
import { Icon } from "../../shared/ui/icon";
import { Note } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { review, tool as toolAt } from "../places";
import { shown } from "./store";

/** What is wrong, before anything else; and where a connection of a file is changed. */
export function Problems({ of }: { of: Connection }) {
  const changed = of.tools.filter((tool) => tool.state === "changed");
  const gone = of.tools.filter((tool) => tool.state === "gone");
  return (
    <div class="problems">
      <Away of={of} />
      {of.misfits.length > 0 && (
        <Note tone="warn" icon="alert">
          <strong>What was decided does not fit what the server offers</strong>
          <ul class="misfits">
            {of.misfits.map((each) => (
              <li key={each}>
                <Line text={each} />
              </li>
            ))}
          </ul>
        </Note>
      )}
      {changed.map((tool) => (
        <Changed key={tool.name} of={of} tool={tool} />
      ))}
      {gone.length > 0 && (
        <Note tone="warn" icon="unknown">
          <strong>{plural(gone.length, "tool")} gone.</strong> The server no longer has <Line text={few(gone)} />. What waited for {gone.length === 1 ? "it" : "them"} will not be sent.
        </Note>
      )}
      <NothingYet of={of} />
      {of.kept_by !== null && <InAFile id={of.row.id} file={of.kept_by} />}
    </div>
  );
}

function few(tools: readonly ConnectionTool[]): string {
  const [names, more] = [tools.slice(0, 6).map((tool) => tool.name).join(", "), tools.length - 6];
  return more > 0 ? `${names} and ${more} more` : names;
}

/** Right after it was connected. */
function NothingYet({ of }: { of: Connection }) {
  if (!of.can_change || of.row.reads + of.row.writes > 0 || of.away !== null || of.tools.length === 0 || of.tools.some((tool) => tool.state === "reviewed" || tool.state === "changed")) return null;
  return (
    <Note icon="info">
      <strong>Nothing can be used yet.</strong> Open each tool, see what we propose and decide: read, write or off. Then review what was decided, and workers may use it.
    </Note>
  );
}

function Away({ of: { row, away } }: { of: Connection }) {
  if (away === null && row.health?.state !== "away") return null;
  const since = row.health?.state === "away" ? row.health.since : null;
  return (
    <Note tone={away === null ? "warn" : "bad"} icon="away">
      <p>
        <strong>{away === null ? `Calls to ${row.title} failed` : `${row.title} does not answer`}</strong>
        {since && <> since <time dateTime={since} title={whole(since)}>{moment(since)}</time></>}. {away === null && "It answers again now. "}Missions that need it wait and go on by themselves.
      </p>
      <p class="small">
        <Line text={away ?? row.health?.why ?? ""} />
      </p>
      <button type="button" class="button" aria-disabled={shown.loading.value} onClick={() => shown.loading.value || void shown.load()}>
        <Icon name="refresh" spin={shown.loading.value} /> Ask it again
      </button>
    </Note>
  );
}

const named: Record<string, string> = { title: "Title", description: "Description", inputSchema: "Arguments", outputSchema: "Result", annotations: "What it says of its effects", name: "Name" };

function Changed({ of, tool }: { of: Connection; tool: ConnectionTool }) {
  return (
    <section class="changed" aria-label={`Changed: ${tool.name}`}>
      <div class="changed-head">
        <Icon name="alert" />
        <div>
          <h2>
            <code>
              <Line text={tool.name} />
            </code>{" "}
            is not what was reviewed
          </h2>
          <p class="small">It was taken away, no worker sees it, and what waited for it will not be sent, until somebody has read it again.</p>
        </div>
        {of.can_change && (
          <a class="button" href={review(of.row.id)}>
            Review it<span class="sr"> {tool.name}</span>
          </a>
        )}
      </div>
      <Changes of={tool} />
      {tool.changes.length === 0 && (
        <p class="small muted">
          The server says now what was reviewed. It stays away until it is reviewed again. <a href={toolAt(of.row.id, tool.name)}>See the tool</a>
        </p>
      )}
    </section>
  );
}

/** Field by field, what the server said and what it says now. */
export function Changes({ of }: { of: Pick<ConnectionTool, "name" | "changes"> }) {
  return (
    <>
      {of.changes.map((change) => (
        <div key={change.field} class="changed-field">
          <h3>
            {named[change.field] ?? change.field}
            {change.before === null && <span class="muted"> · new</span>}
            {change.after === null && <span class="muted"> · taken out</span>}
          </h3>
          <Diff lines={change.lines} label={`${named[change.field] ?? change.field} of ${of.name}, before and after`} />
        </div>
      ))}
    </>
  );
}

function InAFile({ id, file }: { id: string; file: string }) {
  return (
    <Note icon="file">
      <p>
        Kept in <code>{file}</code> of the installation’s folder. It is changed there; then, on the machine itself:
      </p>
      {["check", "review"].map((verb) => (
        <p key={verb} class="command">
          <code>missiondesk connections {verb} {id}</code> <Copy name={`the command to ${verb}`} text={`missiondesk connections ${verb} ${id}`} bare />
        </p>
      ))}
    </Note>
  );
}
