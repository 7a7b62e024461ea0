import { laidOut, type LaidOut } from "../../shared/record";
import { observations } from "../../shared/explain/store";
import { Line } from "../../shared/ui/words";
import type { Evidence } from "../../shared/api";

/** What a read found: several things side by side, one thing as names and values, else in one line. */
export function RecordOf({ fact }: { fact: Evidence }) {
  const value = observations.value.find((seen) => seen.n === fact.observation && seen.kind === "seen")?.detail["value"];
  const found = value === undefined ? null : laidOut(value);
  if (found === null) return <p><Line text={fact.quote} /></p>;
  return (
    <>
      {found.heads.length > 0 ? <SideBySide of={found} label={fact.label} /> : <One of={found} />}
      {found.alike.length > 0 && (
        <p class="muted small record-alike">
          The same in {found.heads.length === 2 ? "both" : "all"}: {found.alike.map(({ name, text }, at) => <span key={name}>{at > 0 && " · "}{name} <Line text={text} /></span>)}
        </p>
      )}
    </>
  );
}

function One({ of: found }: { of: LaidOut }) {
  return (
    <dl class="record">
      {found.lines.map(({ name, cells }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd><Line text={cells[0] ?? ""} /></dd>
        </div>
      ))}
    </dl>
  );
}

function SideBySide({ of: found, label }: { of: LaidOut; label: string }) {
  return (
    <div class="record-wide" tabIndex={0} role="region" aria-label={`${label}, side by side`}>
      <table class="record-table">
        <thead>
          <tr>
            <td />
            {found.heads.map((head) => <th key={head} scope="col"><Line text={head} /></th>)}
          </tr>
        </thead>
        <tbody>
          {found.lines.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => <td key={at}><Line text={cell} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
