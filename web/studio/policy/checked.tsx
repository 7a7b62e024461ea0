import type { PolicyCheck } from "../../shared/api";
import { Difference } from "../../shared/change/difference";
import { Findings } from "../../shared/change/findings";
import { Icon } from "../../shared/ui/icon";
import { Note } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { lineOf } from "./lines";
import { checked, checkFailure, look, text } from "./store";

/** What the server says of the draft while it is written. */
export function Checked({ onLine }: { onLine: (line: number) => void }) {
  const seen = checked.value;
  const old = seen !== null && seen.text !== text.text.value;
  return (
    <div id="policy-checked" class="checked">
      <p class="muted small" aria-hidden="true">
        {seen === null || old ? (text.text.value.trim() === "" ? "Write a rule to have it checked." : "Looking at it…") : seen.found.errors.length > 0 ? "It cannot be read." : "Checked as it stands."}
      </p>
      <p class="sr" role="status">{seen !== null && !old ? said(seen.found) : ""}</p>
      {checkFailure.value !== null && (
        <Note tone="warn" icon="alert">
          <p>The draft could not be looked at: {checkFailure.value}</p>
          <button type="button" class="button small" onClick={() => look(0)}>
            <Icon name="refresh" /> Try again
          </button>
        </Note>
      )}
      {seen !== null && (seen.found.errors.length > 0 ? <Errors of={seen.found} about={seen.text} onLine={onLine} /> : <Found of={seen.found} />)}
    </div>
  );
}

const said = ({ errors, findings }: PolicyCheck): string =>
  errors.length > 0 ? `It cannot be read: ${errors[0]?.sentence}` : `It can be read. ${findings.filter((each) => each.weight === "wrong").length} found wrong.`;

function Errors({ of, about, onLine }: { of: PolicyCheck; about: string; onLine: (line: number) => void }) {
  return (
    <ul class="policy-errors">
      {of.errors.map((each, at) => {
        const line = lineOf(about, each);
        const place = [each.rule !== null && `rule ${each.rule}`, each.place].filter(Boolean).join(", ");
        return (
          <li key={at} class="note bad">
            <Icon name="alert" />
            <div>
              <p>
                {place !== "" && <strong><Line text={place} />: </strong>}
                <Line text={each.sentence} />
              </p>
              {line !== null && (
                <button type="button" class="button small" onClick={() => onLine(line)}>
                  Go to line {line}
                </button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Found({ of }: { of: PolicyCheck }) {
  return (
    <>
      <section aria-label="What is found in it">
        <h3>What is found in it</h3>
        <Findings of={of.findings} />
      </section>
      <section aria-label="Difference to what is in force">
        <h3>Difference to what is in force</h3>
        <Difference of={of.difference} />
      </section>
      {of.table.length > 0 && <Thresholds of={of.table} />}
    </>
  );
}

/** The smallest unit below, at and above each threshold. */
function Thresholds({ of }: { of: PolicyCheck["table"] }) {
  return (
    <details class="more" open={of.some((each) => each.looser)}>
      <summary>
        <Icon name="chevron" /> What it says around each threshold
      </summary>
      <div class="wide-table" tabIndex={0} role="region" aria-label="Around each threshold">
        <table class="rules">
          <thead>
            <tr>
              <th scope="col">Action</th>
              <th scope="col">Rule, when</th>
              <th scope="col">At</th>
              <th scope="col">Asks</th>
            </tr>
          </thead>
          <tbody>
            {of.map((row, at) =>
              row.outcomes.map((each, nth) => (
                <tr key={`${at} ${nth}`} class={nth > 0 ? "same-row" : undefined}>
                  {nth === 0 && (
                    <>
                      <th scope="rowgroup" rowSpan={row.outcomes.length}>
                        <code><Line text={row.action} /></code>
                      </th>
                      <td rowSpan={row.outcomes.length}>
                        <Line text={row.rule} />
                        <code><Line text={row.when} /></code>
                        {row.looser && <span class="rule-asks warn"><Icon name="alert" /> <span>more money asks for less</span></span>}
                      </td>
                    </>
                  )}
                  <td class="nowrap"><Line text={each.value} /></td>
                  <td><Line text={each.outcome} /></td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}
