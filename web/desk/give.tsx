import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Attention } from "../shared/api";
import { explain } from "../shared/resource";
import { me } from "../shared/staff";
import { visible } from "../shared/text";
import { Dialog } from "../shared/ui/dialog";
import { SelectField, TextField } from "../shared/ui/field";
import { Failed, Note, Skeleton } from "../shared/ui/parts";
import { colleagues, give } from "./attention";

interface Props {
  item: string;
  onDone: (seen: Attention | null, says: string) => void;
  onClose: () => void;
}

const everybody = "";

/** To a colleague, to the supervisors, or to everybody again, with a note for them. */
export function GiveTo({ item, onDone, onClose }: Props) {
  const to = useSignal<string | null>(null);
  const note = useSignal("");
  const wrong = useSignal<string | null>(null);
  useEffect(() => void colleagues.load(), []);
  const page = colleagues.value.value;
  const others = page?.items.filter((each) => each.id !== me.value.value?.id) ?? [];
  const options = [...others.map((each) => [each.id, `${visible(each.name)} (${each.role})`] as const), ["supervisor", "All supervisors"] as const, [everybody, "Everybody"] as const];
  const chosen = to.value ?? options[0]?.[0] ?? everybody;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    try {
      const seen = await give(item, { to: chosen === everybody ? null : chosen, note: note.value.trim() || null });
      onClose();
      onDone(seen, `Given to ${seen?.given_to ?? "everybody"}.`);
    } catch (error) {
      wrong.value = explain(error).message;
    }
  };
  return (
    <Dialog title="Give to somebody" onClose={onClose}>
      {page === null ? (
        colleagues.failure.value === null ? <Skeleton lines={3} label="Loading who decides" /> : <Failed failure={colleagues.failure.value} what="Your colleagues" retry={() => void colleagues.load()} />
      ) : (
        <form class="form" onSubmit={(event) => void submit(event)}>
          <SelectField label="To" value={chosen} write={(next) => (to.value = next)} options={options} hint="It stands among theirs. Whoever may decide it still can." />
          <TextField label="Note" hint="At most 500 characters. Staff read it, the customer never does." autocomplete="off" value={note.value} write={(next) => (note.value = next.slice(0, 500))} />
          <div role="alert">{wrong.value && <Note tone="bad" icon="alert">{wrong.value}</Note>}</div>
          <div class="form-end">
            <button type="button" class="button" onClick={onClose}>Cancel</button>
            <button type="submit" class="button primary">Give</button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
