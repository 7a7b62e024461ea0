import { useEffect, useRef } from "preact/hooks";
import { isMoney } from "../record";
import { money, unwrap } from "../text";
import { asChanges, Before } from "../ui/before";
import { Line } from "../ui/words";

/** What an observation holds, for people: names and values; one of them may be lit. */
export function Detail({ value, at = "", lit }: { value: unknown; at?: string; lit: string | null }) {
  if (value === null || value === undefined) return <span class="muted">nothing</span>;
  if (typeof value !== "object") return <Line text={/^passages\.\d+\.text$/.test(at) ? unwrap(String(value)) : String(value)} />;
  if (isMoney(value)) return <>{money(value)}</>;
  const changes = at === "changes" ? asChanges(value) : null;
  if (changes !== null) return <Before changes={changes} label="What changed" />;
  const entries = Object.entries(value) as [string, unknown][];
  if (entries.length === 0) return <span class="muted">nothing</span>;
  return (
    <dl class="detail">
      {entries.map(([name, inner]) => {
        const here = at === "" ? name : `${at}.${name}`;
        return <Entry key={name} name={Array.isArray(value) ? String(Number(name) + 1) : name} here={here} value={inner} lit={lit} />;
      })}
    </dl>
  );
}

function Entry({ name, here, value, lit }: { name: string; here: string; value: unknown; lit: string | null }) {
  const row = useRef<HTMLDivElement>(null);
  const shines = lit === here;
  useEffect(() => {
    if (shines) row.current?.scrollIntoView({ block: "center" });
  }, [shines]);
  const nested = value !== null && typeof value === "object" && !isMoney(value) && Object.keys(value).length > 0;
  return (
    <div ref={row} class={`${nested ? "nested" : ""} ${shines ? "lit" : ""}`} data-lit={shines || undefined}>
      <dt>
        <Line text={name.replaceAll("_", " ")} />
        {shines && <span class="sr"> (the value that you asked for)</span>}
      </dt>
      <dd>
        <Detail value={value} at={here} lit={lit} />
      </dd>
    </div>
  );
}
