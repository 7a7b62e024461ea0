import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { get, type Attention, type QueueItem, type QueuePage } from "../shared/api";
import { announce } from "../shared/announce";
import { useKeys } from "../shared/keys";
import { resource } from "../shared/resource";
import { Icon } from "../shared/ui/icon";
import { Empty, Failed, KeyCap, Skeleton } from "../shared/ui/parts";
import { Aside } from "./aside";
import { Attending } from "./attending";
import { tell } from "./attention";
import { Case } from "./case/case";
import { shown } from "./case/store";
import { useClaim } from "./claim";
import { backToList } from "./focus";
import { GiveTo } from "./give";
import { canDecide } from "./live";
import { load } from "./queue/store";

/** A case that a person is asked for: who looks at it stands above the case. */
export function Handoff({ item }: { item: QueueItem }) {
  const act = useSignal<"give" | "aside" | null>(null);
  const told = useSignal<Attention | null>(item.attention ?? null);
  useEffect(() => void (told.value = item.attention ?? null), [item.attention]);
  const may = shown.value.value?.id === item.case_id && shown.value.value.can.includes("reply");
  const claim = useClaim(item.id, told.value, may, () => load());
  const done = (seen: Attention | null, says: string): void => {
    told.value = seen;
    announce(says, { urgent: true });
    backToList(item.id);
  };
  const away = (seen: Attention | null, says: string): void => {
    done(seen, says);
    void claim.leave();
  };
  useKeys({
    claim: () => (claim.other === null ? may && void claim.toggle() : document.getElementById("take-it")?.focus()),
    aside: () => void (may && (act.value = "aside")),
  });
  return (
    <>
      <div class="handoff">
        <Attending item={item.id} seen={told.value} claim={claim} onDone={done} />
        {may && (
          <div class="handoff-acts">
            <button type="button" class="button plain" disabled={!canDecide.value} onClick={() => (act.value = "give")}>
              <Icon name="give" /> Give to somebody …
            </button>
            <button type="button" class="button plain" disabled={!canDecide.value} onClick={() => (act.value = "aside")}>
              <Icon name="aside" /> Put aside … <KeyCap of="aside" />
            </button>
          </div>
        )}
      </div>
      <Case id={item.case_id} decision={null} />
      {act.value === "give" && <GiveTo item={item.id} onDone={away} onClose={() => (act.value = null)} />}
      {act.value === "aside" && (
        <Aside
          item={item.id}
          onDone={(seen, says) => {
            tell(item.id, "put aside");
            away(seen, says);
          }}
          onClose={() => (act.value = null)}
        />
      )}
    </>
  );
}

/** One that is not among the rows on the screen: further down, or in another view. */
export function FindHandoff({ id }: { id: string }) {
  const found = useMemo(() => resource((stop) => get<QueuePage>("/api/desk/proposals?kind=handoff&limit=200", stop)), []);
  useEffect(() => void found.load(), []);
  const item = found.value.value?.items.find((each) => each.id === id);
  if (item !== undefined) return <Handoff item={item} />;
  if (found.failure.value !== null) return <Failed failure={found.failure.value} main what="This case" retry={() => void found.load()} />;
  if (found.value.value === null) return <Skeleton lines={10} label="Loading the case" />;
  return (
    <Empty icon="hand" title="It does not wait any more" main>
      <p>Somebody has answered, or it is put aside.</p>
      <a class="button" href="/desk/cases">Cases</a>
    </Empty>
  );
}
