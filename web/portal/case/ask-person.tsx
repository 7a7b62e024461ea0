import { useMemo } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { newKey, type CustomerCase } from "../../shared/api";
import { announce } from "../../shared/announce";
import { explain } from "../../shared/resource";
import { Icon } from "../../shared/ui/icon";
import { askPerson } from "./store";

/** Always there: a person instead of the AI. */
export function AskPerson({ of }: { of: CustomerCase }) {
  const key = useMemo(newKey, [of.id]);
  const busy = useSignal(false);
  const wrong = useSignal<string | null>(null);
  const here = of.state === "with_person";
  const ask = async (): Promise<void> => {
    if (here || busy.value || !of.can.includes("ask_person")) return;
    busy.value = true;
    wrong.value = null;
    try {
      await askPerson(key);
      announce("A person takes over.", { urgent: true });
    } catch (error) {
      wrong.value = explain(error).message;
    } finally {
      busy.value = false;
    }
  };
  return (
    <div class="ask">
      <button type="button" class="button" aria-disabled={here || !of.can.includes("ask_person")} onClick={() => void ask()}>
        <Icon name={busy.value ? "refresh" : "person"} spin={busy.value} /> {here ? "A person is on it" : "Ask a person"}
      </button>
      {wrong.value && <p class="small" role="alert">{wrong.value}</p>}
    </div>
  );
}
