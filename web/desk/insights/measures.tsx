import type { ComponentChildren } from "preact";
import type { Measures } from "../../shared/api";
import { plural } from "../../shared/text";
import { Days, Share } from "./pictures";
import { long } from "./store";

const says: Record<Measures["kinds"][number]["kind"], string> = { approve: "approved", edit: "edited", reject: "rejected", respond: "sent back" };

/** One person's way of deciding, or everybody's. */
export function MeasuresOf({ of, name, heading }: { of: Measures; name: ComponentChildren; heading: string }) {
  const answers = of.by_day.reduce((sum, each) => sum + each, 0);
  return (
    <section class="measures" aria-label={heading}>
      <div class="measures-head">
        <h2>{name}</h2>
        <p class="muted small">{plural(answers, "answer")}{answers > 0 && <>, at most {Math.max(...of.by_day)} in a day</>}</p>
        <Days of={of.by_day} />
      </div>
      <dl class="measures-list">
        <One says="Decided" means={of.batched > 0 ? `${of.batched} more in batches` : undefined}>
          {of.kinds.length === 0 ? <span class="muted">nothing yet</span> : of.kinds.map((each) => `${each.count} ${says[each.kind]}`).join(", ")}
        </One>
        <One says="Time to decide" means={of.p90 === null ? undefined : `nine of ten within ${long(of.p90)}${of.opened < of.single ? `; ${of.single - of.opened} counted since it waited` : ""}`}>
          {of.median === null ? <span class="muted">none yet</span> : <>{long(of.median)} in the middle</>}
        </One>
        <One says="Evidence opened"><Share some={of.looked} of={of.single} /></One>
        <One says="Others said the same" means={of.reversed > 0 ? `${plural(of.reversed, "approval")} did not stand` : undefined}>
          <Share some={of.agreed} of={of.compared} />
        </One>
        <One says="Tests noticed"><Share some={of.caught} of={of.caught + of.missed} /></One>
      </dl>
    </section>
  );
}

function One({ says, means, children }: { says: string; means?: string | undefined; children: ComponentChildren }) {
  return (
    <div>
      <dt>{says}</dt>
      <dd>
        {children}
        {means && <span class="muted small measures-means">{means}</span>}
      </dd>
    </div>
  );
}
