import { Line } from "./words";

const kinds: Record<string, { class: string; says: string }> = {
  "+": { class: "diff-in", says: "Added: " },
  "-": { class: "diff-out", says: "Taken out: " },
};

/** Lines with ` `, `-` or `+` before them, and `@@` where others are left out. Sign and place tell it, not the colour alone. */
export function Diff({ lines, label }: { lines: readonly string[]; label: string }) {
  return (
    <ol class="diff" aria-label={label}>
      {lines.map((line, at) => {
        if (line.startsWith("@@")) return at === 0 ? null : <li key={at} class="diff-skip" aria-label="Lines that stayed as they were">⋯</li>;
        const kind = kinds[line.charAt(0)];
        return (
          <li key={at} class={kind?.class}>
            <span class="diff-sign" aria-hidden="true">{kind ? line.charAt(0) : ""}</span>
            <span>
              {kind && <span class="sr">{kind.says}</span>}
              <Line text={line.slice(1)} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}
