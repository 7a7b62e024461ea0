import type { Action, Argument, Card } from "../../shared/api";
import { Line } from "../../shared/ui/words";
import { OriginChip } from "./origin";
import { Section } from "./section";
import { confirmed, place } from "./store";
import { tense, type Tense } from "./tense";

const titles: Record<Tense, string> = {
  ahead: "Exactly what is sent",
  under_way: "Exactly what is sent",
  done: "Exactly what was sent",
  dropped: "What would have been sent",
};

/** Exactly what is sent, value by value, with the origin of each. */
export function Arguments({ card }: { card: Card }) {
  if (card.actions.length === 0) return null;
  return (
    <Section title={titles[tense(card)]} aside="each value with its origin">
      {card.actions.map((action, at) => (
        <Table key={action.digest} action={action} at={at} open={card.can.includes("approve")} />
      ))}
    </Section>
  );
}

function Table({ action, at, open }: { action: Action; at: number; open: boolean }) {
  return (
    <div class="sent">
      <p class="small muted sent-to">
        to <code>{action.connection}</code> as <code>{action.tool}</code>
      </p>
      <table class="arguments">
        <caption class="sr">Values sent to {action.connection}</caption>
        <thead class="sr">
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
            <th scope="col">Origin</th>
          </tr>
        </thead>
        <tbody>
          {action.arguments.map((argument) => (
            <Row key={argument.name} argument={argument} at={at} open={open} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ argument, at, open }: { argument: Argument; at: number; open: boolean }) {
  const { origin } = argument;
  return (
    <tr class={origin.kind === "model" ? "made-up" : undefined}>
      <th scope="row">{argument.name.replaceAll("_", " ")}</th>
      <td>
        <span class="strong"><Line text={argument.shown} /></span>
        {origin.kind === "model" && open && <Confirm argument={argument} at={at} />}
      </td>
      <td>
        <OriginChip of={origin} />
        {origin.quote && (
          <q class="muted small">
            <Line text={origin.quote} />
          </q>
        )}
      </td>
    </tr>
  );
}

/** A value that the worker made up counts only after a person has looked at it. */
function Confirm({ argument, at }: { argument: Argument; at: number }) {
  const where = place(at, argument);
  const toggle = (on: boolean): void => {
    const next = new Set(confirmed.value);
    if (on) next.add(where);
    else next.delete(where);
    confirmed.value = next;
  };
  return (
    <label class="confirm small">
      <input type="checkbox" checked={confirmed.value.has(where)} onChange={(event) => toggle(event.currentTarget.checked)} /> I have checked this value
    </label>
  );
}
