import { useEffect } from "preact/hooks";
import type { Card } from "../../shared/api";
import { visible } from "../../shared/text";
import { Failed, Note, Skeleton } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { Attending } from "../attending";
import { useClaim, type Claim } from "../claim";
import { Against, Opinion } from "./against";
import { Arguments } from "./arguments";
import { Bar } from "./bar";
import { Changes } from "./changes";
import { Edit } from "./edit-form";
import { editing } from "./edit";
import { Edited } from "./edited";
import { Header } from "./header";
import { tellOfLooks } from "./looking";
import { Outcome } from "./outcome";
import { LastWord, Raw, Signatures, Talk } from "./people";
import { attended, card, keep, mayAttend, notice, open } from "./store";
import { Facts, Why } from "./why";

/** All that a person needs to decide on one thing. */
export function DecisionCard({ id }: { id: string }) {
  useEffect(keep, []);
  useEffect(tellOfLooks, []);
  useEffect(() => {
    void open(id);
  }, [id]);
  useEffect(() => () => void open(null), []);
  const shown = card.value.value;
  useEffect(() => {
    if (shown) document.title = `${visible(shown.title)} · Desk`;
  }, [shown?.title]);
  if (shown === null || shown.id !== id) {
    if (card.failure.value !== null) return <Failed failure={card.failure.value} main what="This decision" retry={() => void card.load()} />;
    return <Skeleton lines={12} label="Loading the card" />;
  }
  return (
    <article class="card" aria-label="Decision">
      <Shown key={shown.id} card={shown} />
    </article>
  );
}

function Shown({ card: shown }: { card: Card }) {
  const claim = useClaim(shown.id, shown.attention, mayAttend(shown), () => card.load());
  return editing.value === shown.id ? <Edit card={shown} /> : <Whole card={shown} claim={claim} />;
}

function Whole({ card: shown, claim }: { card: Card; claim: Claim }) {
  return (
    <>
      <div class="card-body">
        <Header card={shown} />
        <Attending item={shown.id} seen={shown.attention} claim={claim} onDone={attended} />
        {notice.value && (
          <div class="notice" role={notice.value.tone === "ok" ? "group" : "alert"} aria-label={notice.value.tone === "ok" ? "Done" : undefined}>
            <Note tone={notice.value.tone} icon={notice.value.tone === "ok" ? "check" : "alert"}>
              <Line text={notice.value.text} />
              {notice.value.inCase && <> <a href={`/desk/cases/${encodeURIComponent(notice.value.inCase)}`}>Answer in the case</a></>}
            </Note>
          </div>
        )}
        <Outcome card={shown} />
        <Edited card={shown} />
        <LastWord card={shown} />
        <Changes card={shown} />
        <Arguments card={shown} />
        <Why card={shown} />
        <Against card={shown} />
        <Opinion card={shown} />
        <Facts card={shown} />
        <Talk card={shown} />
        <Signatures card={shown} />
        <Raw card={shown} />
      </div>
      <Bar card={shown} claim={claim} />
    </>
  );
}
