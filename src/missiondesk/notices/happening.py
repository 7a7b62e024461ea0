"""What has happened that somebody may want to hear of, found in the records: each happening once."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, DateTime, Table, Text, text
from sqlalchemy.dialects.postgresql import insert

from missiondesk.decisions import proposals_by_id
from missiondesk.ids import ProposalId
from missiondesk.kit.database import Transaction, metadata
from missiondesk.kit.money import Money

Kind = Literal["proposal", "unknown_effect", "handoff", "changed_tools", "change", "freeze"]
AT_ONCE = 500  # of them in one look

happenings = Table(
    "happenings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("found_at", DateTime(timezone=True), nullable=False),
)

# An effect of unknown outcome is due at once, so it is told once and never late. What is put aside comes back by
# being late. A gift without its own time: the same person, giver and note again are the same gift.
_FIND = """
with queued as materialized (
    select w.*, concat_ws(':', w.kind, w.item, extract(epoch from w.since)) as key,
        nullif(split_part(m.brief, '@', 1), '') as of_brief, a.given_to, a.given_role, a.given_by, a.note,
        coalesce(a.aside_until > :at, false) as aside
    from waiting w join missions m on m.id = w.mission_id left join attention a on a.item = w.item
), happened (id, event, kind, item, brief, risk, amount, currency, since, role, person, scope) as (
    select 'waits:' || key, 'waits', kind, item, of_brief, risk, amount, currency, since, 'agent', null, null
    from queued where not aside
    union all
    select 'reminder:' || key, 'reminder', kind, item, of_brief, risk, amount, currency, since, 'agent', null, null
    from queued where kind <> 'unknown_effect' and not aside and due_at > :at and since + (due_at - since) / 2 <= :at
    union all
    select 'late:' || key, 'late', kind, item, of_brief, risk, amount, currency, since, 'supervisor', null, null
    from queued where kind <> 'unknown_effect' and due_at <= :at
    union all
    select concat_ws(':', 'given', key, q.given_to, q.given_role, md5(concat_ws(' ', q.given_by, q.note))), 'given',
        kind, item, of_brief, risk, amount, currency, since, q.given_role, s.email, null
    from queued q left join staff s on s.id = q.given_to
    where (q.given_to is not null or q.given_role is not null) and q.given_by <> 'its service level'
    union all
    select concat_ws(':', 'waits:changed_tools', connection_id, extract(epoch from max(found_at))), 'waits',
        'changed_tools', connection_id, null, 'medium', null, null, min(found_at), 'admin', null, null
    from changed_tools group by connection_id
    union all
    select 'freeze_began:' || id, 'freeze_began', 'freeze', null, null, null, null, null, since, null, null, scope
    from freezes where lifted_at is null
    union all
    select 'freeze_ended:' || id, 'freeze_ended', 'freeze', null, null, null, null, null, since, null, null, scope
    from freezes where lifted_at > cast(:at as timestamptz) - interval '1 day'
    union all
    select concat_ws(':', event, 'change', id), event, 'change', id, null, 'medium', null, null,
        coalesce(closed_at, asked_at), case kind when 'policy' then 'supervisor' else 'admin' end, null, null
    from changes, lateral (select case state when 'open' then 'waits' else 'adopted' end as event) as told
    where state = 'open' or (state = 'adopted' and closed_at > cast(:at as timestamptz) - interval '1 day')
)
select * from happened h where not exists (select from happenings f where f.id = h.id) order by since, id limit :limit
"""
_MINE = "select pg_try_advisory_xact_lock(hashtextextended('happenings', 0))"


@dataclass(frozen=True, slots=True)
class Happening:
    """`role` or `person` (an e-mail address of staff): whom it waits for. `amount` chooses routes, and is not told."""

    id: str
    event: str
    kind: Kind
    item: str | None
    brief: str | None
    risk: str | None
    amount: Money | None
    since: datetime
    role: str | None
    person: str | None
    scope: str | None


async def found_new(tx: Transaction, at: datetime) -> list[Happening]:
    """What has happened and was never looked at before this. Empty too while another process looks."""
    if not (await tx.execute(text(_MINE))).scalar_one():
        return []
    rows = (await tx.execute(text(_FIND), {"at": at, "limit": AT_ONCE})).all()
    if not rows:
        return []
    await tx.execute(insert(happenings).values([{"id": row.id, "found_at": at} for row in rows]))
    return await _with_roles(tx, [_happening(row) for row in rows])


async def _with_roles(tx: Transaction, found: list[Happening]) -> list[Happening]:
    """A proposal waits for the role that its ruling names."""
    asked = [one for one in found if one.kind == "proposal" and one.event in ("waits", "reminder")]
    proposals = await proposals_by_id(tx, [ProposalId(one.item) for one in asked if one.item])
    needs = {str(each): of.proposed.needs.role for each, of in proposals.items()}
    return [replace(one, role=needs.get(one.item or "", one.role)) if one in asked else one for one in found]


def _happening(row: Any) -> Happening:
    id_, event, kind, item, brief, risk, amount, currency, since, role, person, scope = row
    money = Money(amount, currency) if amount is not None else None
    return Happening(id_, event, kind, item, brief, risk, money, since, role, person, scope)
