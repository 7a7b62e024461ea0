import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { DeadNotice } from "../../shared/api";
import { explain } from "../../shared/resource";
import { moment, visible } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Empty, Failed, Note, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { page, retry } from "../dead-notices";

/** What could not be told to anybody, why, and a way to try again. */
export function Notices() {
  useEffect(() => {
    document.title = "Not told · Desk";
    void page.load();
  }, []);
  const wrong = useSignal<string | null>(null);
  const found = page.value.value;
  if (found === null) {
    if (page.failure.value !== null) return <Failed failure={page.failure.value} main what="What could not be told" retry={() => void page.load()} />;
    return <Skeleton lines={6} label="Loading what could not be told" />;
  }
  if (found.items.length === 0)
    return (
      <Empty icon="checkCircle" title="Everything was told" main>
        <p>A notice that could not be sent after eight attempts stands here.</p>
      </Empty>
    );
  return (
    <article class="card" aria-label="Not told">
      <div class="card-body">
        <header class="card-head">
          <h1 tabIndex={-1}>Not told</h1>
          <p class="muted">These notices were given up after eight attempts. What they are about waits on the Desk all the same.</p>
        </header>
        {wrong.value && (
          <div role="alert">
            <Note tone="bad" icon="alert">
              <Line text={wrong.value} />
            </Note>
          </div>
        )}
        <ul class="notices" aria-label={`${found.items.length} given up`}>
          {found.items.map((one) => (
            <Row key={one.id} of={one} onWrong={(says) => (wrong.value = says)} />
          ))}
        </ul>
      </div>
    </article>
  );
}

function Row({ of: one, onWrong }: { of: DeadNotice; onWrong: (says: string | null) => void }) {
  const busy = useSignal(false);
  const again = async (): Promise<void> => {
    busy.value = true;
    onWrong(null);
    try {
      await retry(one.id);
    } catch (error) {
      onWrong(explain(error).message);
      void page.load();
    } finally {
      busy.value = false;
    }
  };
  return (
    <li>
      <div>
        <p class="strong">
          <a href={one.path}>
            <Line text={one.title} />
          </a>
        </p>
        {one.error && <p><Line text={one.error} /></p>}
        <p class="muted small">
          <Line text={`Route ${one.route} · ${one.attempts} attempts · ${moment(one.made_at)}`} />
        </p>
      </div>
      <button type="button" class="button" disabled={busy.value} aria-label={`Try again: ${visible(one.title)}, route ${visible(one.route)}`} onClick={() => void again()}>
        <Icon name="refresh" spin={busy.value} /> Try again
      </button>
    </li>
  );
}
