import type { Change } from "../api";
import { Icon } from "./icon";
import { Line } from "./words";

const isTriple = (value: unknown): value is [string, string, string] => Array.isArray(value) && value.length === 3 && value.every((each) => typeof each === "string");

/** The trace keeps changes as `[label, before, after]`; `null`: this is something else. */
export function asChanges(value: unknown): Change[] | null {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isTriple)) return null;
  return value.map(([label, before, after]) => ({ label, before, after }));
}

/** "payments pay_1.refunded", a path, with room to break in. */
const spaced = (label: string): string => label.replace(/(\w)\.(?=[a-z_])/g, "$1 · ");

/** Facts before and after, as they were read in the outside systems. */
export function Before({ changes, label }: { changes: readonly Change[]; label: string }) {
  return (
    <table class="changes">
      <caption class="sr">{label}</caption>
      <thead class="sr">
        <tr>
          <th scope="col">What</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.label}>
            <th scope="row">
              <Line text={spaced(change.label)} />
            </th>
            <td>
              <Line text={change.before} />
            </td>
            <td>
              <Icon name="arrow" />
              <span><Line text={change.after} /></span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
