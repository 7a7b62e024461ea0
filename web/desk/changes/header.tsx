import type { ChangeCard } from "../../shared/api";
import { ago, moment, whole } from "../../shared/text";
import { Chip, Note } from "../../shared/ui/parts";
import { Line, Words } from "../../shared/ui/words";
import { notice } from "./store";
import { askedBy, kinds, missing, states } from "./words";

/** What is asked, by whom, why, and what it starts from. */
export function Header({ of }: { of: ChangeCard }) {
  const { row } = of;
  const over = states[row.state];
  return (
    <header class="card-head">
      <h1 tabIndex={-1}>
        <Line text={row.title} />
      </h1>
      <p class="chips">
        <Chip icon={kinds[row.kind].icon}>{kinds[row.kind].says}</Chip>
        {row.state === "open" ? (
          <Chip icon="pen" tone={row.needed === 0 ? "ok" : ""}>{missing(row)}</Chip>
        ) : (
          <Chip icon={over.icon} tone={over.tone}>{row.state}</Chip>
        )}
        {row.one_hand && <Chip icon="alert" tone="warn">by one hand</Chip>}
        <Chip icon="clock" title={whole(row.asked_at)}>{ago(row.asked_at)}</Chip>
      </p>
      <blockquote class="change-why"><Words text={row.why} /></blockquote>
      <dl class="facts">
        <div>
          <dt>Asked by</dt>
          <dd>
            <Line text={askedBy(row)} /> <time class="muted" dateTime={row.asked_at}>· {moment(row.asked_at)}</time>
          </dd>
        </div>
        <div>
          <dt>Starts from</dt>
          <dd>
            <code><Line text={of.base} /></code>
            {row.state === "open" && of.base === of.stands && <span class="muted"> · in force now</span>}
          </dd>
        </div>
      </dl>
    </header>
  );
}

/** What became of it, and what came between. */
export function Told({ of }: { of: ChangeCard }) {
  const { row } = of;
  return (
    <div id="outcome" class="change-told" tabIndex={-1}>
      {notice.value && (notice.value.tone === "warn" || row.state === "open") && (
        <div role={notice.value.tone === "ok" ? undefined : "alert"}>
          <Note tone={notice.value.tone} icon={notice.value.tone === "ok" ? "check" : "alert"}>
            <Line text={notice.value.text} />
          </Note>
        </div>
      )}
      {row.state === "open" && of.base !== of.stands && (
        <Note tone="warn" icon="alert">
          Another one came into force since this was asked for (<code><Line text={of.stands} /></code>), so it cannot be adopted any more. Ask for it anew, or reject it.
        </Note>
      )}
      {row.state !== "open" && (
        <Note tone={states[row.state].tone} icon={states[row.state].icon}>
          <p>
            <strong>{row.state === "adopted" ? "In force" : row.state.charAt(0).toUpperCase() + row.state.slice(1)}</strong>
            {row.closed_by && <> by <Line text={row.closed_by} /></>}
            {row.closed_at && <>, <time dateTime={row.closed_at} title={whole(row.closed_at)}>{moment(row.closed_at)}</time></>}.
            {row.one_hand && " Nobody was second: there were no two people then."}
          </p>
          {row.closed_why && <p><Line text={row.closed_why} /></p>}
        </Note>
      )}
    </div>
  );
}
