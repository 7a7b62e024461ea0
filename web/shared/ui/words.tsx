import type { ComponentChildren } from "preact";
import { pieces } from "../text";

/** One line from outside, as text: nothing in it is markup, and what would hide is shown. */
export function Line({ text }: { text: string }) {
  return (
    <bdi>
      {pieces(text).map((piece, at) =>
        piece.hidden ? (
          <span key={at} class="ghost" title="An invisible character">
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
    </bdi>
  );
}

/** Paragraphs, lists, bold and code; no links and no pictures, whoever wrote it. */
export function Words({ text }: { text: string }) {
  const blocks = text.replace(/\r\n?/g, "\n").trim().split(/\n{2,}/);
  return (
    <div class="words" dir="auto">
      {blocks.map((block, at) => {
        const lines = block.split("\n");
        if (lines.every((line) => /^\s*[-*•] /.test(line)))
          return <ul key={at}>{lines.map((line, each) => <li key={each}>{inline(line.replace(/^\s*[-*•] /, ""))}</li>)}</ul>;
        return <p key={at}>{inline(block)}</p>;
      })}
    </div>
  );
}

function inline(text: string): ComponentChildren {
  return text.split(/(\*\*[^*\n]+\*\*|`[^`\n]+`)/).map((part, at) => {
    if (/^\*\*.+\*\*$/.test(part)) return <strong key={at}><Line text={part.slice(2, -2)} /></strong>;
    if (/^`.+`$/.test(part)) return <code key={at}><Line text={part.slice(1, -1)} /></code>;
    return part === "" ? null : <Line key={at} text={part} />;
  });
}
