import type { PlaceView } from "../api";
import { Chip } from "../ui/parts";
import { Diff } from "../ui/diff";
import { Line } from "../ui/words";
import { grouped } from "./places";

/** What would be otherwise, by rule or tool and line by line: sign, words and colour say the same. */
export function Difference({ of }: { of: readonly PlaceView[] }) {
  if (of.length === 0) return <p class="muted">Nothing. What it says is what is in force.</p>;
  return (
    <div class="difference">
      {grouped(of).map(({ title, whole, lines }) => (
        <section key={title} aria-label={title}>
          <h3>
            <Line text={title} /> {whole !== null && <Chip tone={whole === "new" ? "ok" : "bad"} icon={whole === "new" ? "plus" : "remove"}>{whole === "new" ? "new" : "taken out"}</Chip>}
          </h3>
          <Diff lines={lines} label={`${title}: before and after`} />
        </section>
      ))}
    </div>
  );
}
