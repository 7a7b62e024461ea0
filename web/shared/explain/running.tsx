import type { Progress } from "../api";
import { Icon } from "../ui/icon";
import { Line } from "../ui/words";
import { running } from "./store";

const amount = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

/** "3 of 10"; a system may say how far it is without saying of how much. */
function far({ done, total }: Progress): string | null {
  if (total !== null && total > 0) return `${amount.format(done)} of ${amount.format(total)}`;
  return done > 0 ? `${amount.format(done)} so far` : null;
}

/** Reads that take their time, under what is seen already; each is gone once its result stands there. */
export function Running() {
  if (running.value.length === 0) return null;
  return (
    <ul class="running" aria-label="Running now">
      {running.value.map((each) => (
        <One key={each.tool} of={each} />
      ))}
    </ul>
  );
}

function One({ of }: { of: Progress }) {
  const count = far(of);
  const bounded = of.total !== null && of.total > 0 ? { value: Math.min(Math.max(of.done, 0), of.total), max: of.total } : {};
  return (
    <li>
      <span class="seen-icon">
        <Icon name="seen" />
      </span>
      <span class="seen-line">
        Reading <Line text={of.title} /> …
      </span>
      <progress {...bounded} aria-label={`Reading ${of.title}`} />
      <span class="seen-facts">
        <span>
          <Line text={of.source} />
        </span>
        {count && <span>{count}</span>}
        {of.message && (
          <span>
            <Line text={of.message} />
          </span>
        )}
      </span>
    </li>
  );
}
