import { useSignal } from "@preact/signals";
import type { Connection } from "../../shared/api";
import { go } from "../../shared/router";
import { Dialog } from "../../shared/ui/dialog";
import { Icon } from "../../shared/ui/icon";
import { Note } from "../../shared/ui/parts";
import { list } from "../places";
import { useAct } from "../act";
import { takeOut } from "./store";

/** Takes a connection out, after asking. */
export function Remove({ of }: { of: Connection }) {
  const asking = useSignal(false);
  const { busy, wrong, act } = useAct(() => (asking.value = false));
  const leave = async (): Promise<void> => {
    if ((await takeOut()) === undefined) go(list);
  };
  return (
    <section class="part" aria-label="Take it out">
      <div class="part-head">
        <h2>Take it out</h2>
      </div>
      <div class="remove">
        <p class="muted small">Its tools go, with its secrets and its review; traces keep what they hold. What was reviewed is taken out by two people.</p>
        <button type="button" class="button danger" onClick={() => (asking.value = true)}>
          <Icon name="remove" /> Take out {of.row.title}
        </button>
      </div>
      {asking.value && (
        <Dialog title={`Take out ${of.row.title}?`} onClose={() => (asking.value = false)}>
          <div class="form">
            <p>What waits for one of its tools will not be sent. To have it again, it is connected, decided on and reviewed anew.</p>
            <div role="alert">{wrong && <Note tone="bad" icon="alert">{wrong}</Note>}</div>
            <div class="form-end">
              <button type="button" class="button" onClick={() => (asking.value = false)}>
                Keep it
              </button>
              <button type="button" class="button danger primary" aria-disabled={busy} onClick={() => void act(leave, "Done, or asked for where it takes two")}>
                <Icon name={busy ? "refresh" : "remove"} spin={busy} /> Take it out
              </button>
            </div>
          </div>
        </Dialog>
      )}
    </section>
  );
}
