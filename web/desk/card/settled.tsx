import type { Card, CardDecision } from "../../shared/api";
import { moment } from "../../shared/text";
import { Icon, type IconName } from "../../shared/ui/icon";
import { Note } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { Revealed } from "./revealed";
import { successor, takenBack, tense, toldAt } from "./tense";
import { counting } from "./undo";

/** Who decided what and when, plainly if nothing was sent for it, and the way to what came next. */
export function Settled({ card }: { card: Card }) {
  if (card.test) return <Revealed of={card.test} />;
  if (card.state === "open" || card.state === "test") return null;
  const next = successor(card);
  return (
    <Note icon={icons[card.state]}>
      <p class="strong">
        <Sentence card={card} />
        {card.state !== "approved" && tense(card) === "dropped" && " Nothing was sent."}
      </p>
      <Reason card={card} />
      {next !== null && (
        <p>
          <a class="with-icon what-next" href={`/desk/queue/${encodeURIComponent(next)}`}>
            <Icon name="arrow" /> See what comes next
          </a>
        </p>
      )}
    </Note>
  );
}

const icons: Record<Exclude<Card["state"], "open" | "test">, IconName> = {
  approved: "decided",
  done: "decided",
  rejected: "declined",
  responded: "respond",
  edited: "pen",
  superseded: "takenBack",
  withdrawn: "takenBack",
};

function Sentence({ card }: { card: Card }) {
  const back = takenBack(card);
  const when = back === null ? "" : `, ${moment(back.at)}`;
  switch (card.state) {
    case "rejected":
      return <>Rejected<By card={card} kind="reject" />.</>;
    case "responded":
      return <>Sent back to the worker<By card={card} kind="respond" />.</>;
    case "edited":
      return <>Edited<By card={card} kind="edit" />; a new proposal took its place.</>;
    case "superseded":
      return <>{back === null ? "Replaced by a newer proposal." : `Taken back${when}.`}</>;
    case "withdrawn":
      return <>Taken back{when}.</>;
    default:
      return <>Approved<By card={card} kind="approve" />.</>;
  }
}

/** " by Sara Lindqvist, 10:02, and Samir Haddad, 10:04": everybody who answered so. */
function By({ card, kind }: { card: Card; kind: CardDecision["kind"] }) {
  const of = counting(card, kind);
  return (
    <>
      {of.map((each, at) => (
        <span key={each.id}>
          {at === 0 ? " by " : ", and "}
          <Line text={each.by} />, {moment(each.at)}
        </span>
      ))}
    </>
  );
}

function Reason({ card }: { card: Card }) {
  const answer = card.state === "rejected" ? "reject" : card.state === "responded" ? "respond" : null;
  const why = answer === null ? takenBack(card)?.why : counting(card, answer).at(-1)?.reason;
  if (why) return <p><Line text={why} /></p>;
  if (card.actions.length > 0 || card.message === null) return null;
  const at = toldAt(card);
  if (at !== null) return <p>The customer was told, {moment(at)}.</p>;
  return tense(card) === "dropped" ? null : <p>The customer is about to be told.</p>;
}
