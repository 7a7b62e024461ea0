import type { Attention } from "../shared/api";
import { explain } from "../shared/resource";
import { moment, now } from "../shared/text";
import { Icon } from "../shared/ui/icon";
import { Note } from "../shared/ui/parts";
import { Line } from "../shared/ui/words";
import { ownerOf, putAside } from "./attention";
import type { Claim } from "./claim";

interface Props {
  item: string;
  seen: Attention | null;
  claim: Claim;
  /** After it was shown again. */
  onDone: (seen: Attention | null, says: string) => void;
}

/** Who else looks at it: calm, as it keeps nobody from deciding. */
export function Attending({ item, seen, claim, onDone }: Props) {
  const owner = ownerOf(seen);
  const aside = seen?.aside_until && new Date(seen.aside_until).getTime() > now.value ? seen.aside_until : null;
  const showAgain = async (): Promise<void> => {
    try {
      onDone(await putAside(item, null), "It is shown again.");
    } catch (error) {
      onDone(seen, explain(error).message);
    }
  };
  return (
    <div class="attending">
      {claim.other !== null && (
        <div class="note accent">
          <Icon name="seen" />
          <div class="attending-one">
            <p>
              <span class="strong"><Line text={claim.other} /> reads this just now.</span> <span class="muted">You can still decide.</span>
            </p>
            <button type="button" class="button" id="take-it" onClick={() => void claim.take()}>
              Take it over
            </button>
          </div>
        </div>
      )}
      {owner !== null && (
        <Note icon="customer">
          <p>
            <span class="strong">For <Line text={owner} /></span>
            {seen?.given_by && <span class="muted">, by <Line text={seen.given_by} /></span>}
          </p>
          {seen?.note && <p><Line text={seen.note} /></p>}
        </Note>
      )}
      {aside !== null && (
        <div class="note">
          <Icon name="aside" />
          <div class="attending-one">
            <p>Put aside until {moment(aside)}{seen?.aside_by && <> by <Line text={seen.aside_by} /></>}.</p>
            <button type="button" class="button" onClick={() => void showAgain()}>
              Show it again
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
