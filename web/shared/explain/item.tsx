import { useSignal } from "@preact/signals";
import type { Observation } from "../api";
import { outcomeLook } from "../outcomes";
import { moment, seconds, whole } from "../text";
import { Icon, type IconName } from "../ui/icon";
import { Line } from "../ui/words";
import { Detail } from "./detail";
import { find } from "./path";
import { lit, opened, setOpen } from "./store";

const looks: Record<string, { icon: IconName; word: string }> = {
  received: { icon: "received", word: "received" },
  routed: { icon: "routed", word: "routed" },
  seen: { icon: "seen", word: "seen" },
  consulted: { icon: "article", word: "consulted" },
  thought: { icon: "thought", word: "thought" },
  asked: { icon: "question", word: "asked" },
  proposed: { icon: "proposed", word: "proposed" },
  ruled: { icon: "ruled", word: "ruled" },
  taken_back: { icon: "takenBack", word: "taken back" },
  decided: { icon: "decided", word: "decided" },
  granted: { icon: "granted", word: "granted" },
  effect: { icon: "effect", word: "effect" },
  proved: { icon: "proved", word: "proved" },
  told: { icon: "told", word: "told" },
  concluded: { icon: "done", word: "verdict" },
  handed_off: { icon: "hand", word: "handed off" },
  waiting: { icon: "checkCircle", word: "back" },
  late: { icon: "late", word: "late" },
  failed: { icon: "failed", word: "failed" },
};

/** What kind of line it is; for a system that is away, since when. */
const word = ({ kind, detail }: Observation): string =>
  kind === "waiting" && detail["state"] === "away" ? `away since ${moment(String(detail["since"]))}` : (looks[kind]?.word ?? kind.replaceAll("_", " "));

/** "38 ms", "1.9 s". */
const length = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`);

/** One observation: a line that opens to all that is known of it. */
export function Item({ of: seen }: { of: Observation }) {
  const open = opened.value.has(seen.n);
  const icon = seen.kind === "concluded" ? outcomeLook(String(seen.detail["outcome"])).icon : (looks[seen.kind]?.icon ?? "dot");
  const bad = seen.status === "failed" || seen.kind === "failed";
  return (
    <li class={`seen ${bad ? "bad" : ""}`} id={`seen-${seen.n}`}>
      <details open={open} onToggle={(event) => setOpen(seen.n, event.currentTarget.open)}>
        <summary>
          <span class="seen-icon">
            <Icon name={seen.status === "waiting" ? "clock" : icon} />
          </span>
          <span class="seen-line">
            <Line text={seen.line} />
          </span>
          <span class="seen-facts">
            <span>{word(seen)}</span>
            {seen.source && <span><Line text={seen.source} /></span>}
            {seen.took_ms !== null && <span>{length(seen.took_ms)}</span>}
            {bad && <strong>failed</strong>}
            {seen.status === "waiting" && <strong>waiting</strong>}
          </span>
          <span class="seen-n" title={whole(seen.at)}>
            #{seen.n}
          </span>
        </summary>
        {open && <Opened seen={seen} />}
      </details>
    </li>
  );
}

function Opened({ seen }: { seen: Observation }) {
  const raw = useSignal(false);
  const asked = lit.value?.n === seen.n && lit.value.path !== null ? find(seen.detail, lit.value.path) : null;
  return (
    <div class="seen-body">
      {seen.kind === "thought" && <p class="muted small">The worker’s own words, not a fact.</p>}
      {raw.value ? <pre tabIndex={0} role="region" aria-label={`Observation ${seen.n} as JSON`}><Line text={JSON.stringify(seen.detail, null, 2)} /></pre> : <Detail value={seen.detail} lit={asked} />}
      <p class="seen-end muted small">
        {seconds(seen.at)} · <span class="mono" title={seen.hash}>{seen.hash.slice(0, 12)}</span>
        <button type="button" class="button plain" aria-pressed={raw.value} onClick={() => (raw.value = !raw.value)}>
          JSON
        </button>
      </p>
    </div>
  );
}
