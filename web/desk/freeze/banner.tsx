import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { explain } from "../../shared/resource";
import { Icon } from "../../shared/ui/icon";
import { moment, whole } from "../../shared/text";
import { Line } from "../../shared/ui/words";
import { keep, lift, page } from "./store";

/** On every page of the Desk while something is frozen: who, when, why, and the way out for those who may. */
export function Frozen() {
  const wrong = useSignal<string | null>(null);
  useEffect(keep, []);
  const items = page.value.value?.items ?? [];
  if (items.length === 0) return null;
  const end = async (id: number): Promise<void> => {
    wrong.value = null;
    try {
      await lift(id);
    } catch (error) {
      wrong.value = explain(error).message;
    }
  };
  return (
    <section class="frozen" aria-label="Frozen">
      {items.map((each) => (
        <div key={each.id} class="frozen-one">
          <Icon name="frozen" />
          <p>
            <strong><Line text={each.says} /></strong>{" "}
            <span>
              Since <time dateTime={each.since} title={whole(each.since)}>{moment(each.since)}</time>. Missions go on reading; nothing of this is sent.
            </span>
          </p>
          {page.value.value?.can_lift && (
            <button type="button" class="button small" onClick={() => void end(each.id)}>
              Let effects go on
            </button>
          )}
        </div>
      ))}
      <div role="alert">{wrong.value}</div>
    </section>
  );
}
