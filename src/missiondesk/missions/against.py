"""What speaks against a proposal, read from the record when its card is read: two queries, however long the past is."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from missiondesk.briefs import published
from missiondesk.decisions import (
    AMOUNTS_DAYS,
    Before,
    Fact,
    Objection,
    Shown,
    Unreadable,
    objections,
    opened,
)
from missiondesk.effects import NO_MORE
from missiondesk.ids import CustomerId, ProposalId
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.errors import NotFound
from missiondesk.kit.json_values import UNREADABLE
from missiondesk.missions.parts import Parts
from missiondesk.trace import Kind, Observation

_MOST = 200  # of the past under one brief: the newest say what is usual
_SELECT = """select p.id, p.body, p.title, p.closed, coalesce(p.closed_at, p.opened_at) as at, c.customer_id,
        (select d.reason from decisions d where d.proposal_id = p.id and d.kind = 'reject' and d.void_at is null
            order by d.at desc limit 1) as reason,
        array(select e.state from effects e where e.proposal_id = p.id) as states,
        exists (select from effects e where e.proposal_id = p.id and not e.proved) as disproved
    from proposals p join cases c on c.id = p.case_id"""
_OF_CUSTOMER = f"""{_SELECT} where c.customer_id = :customer and p.id <> :this and (
        p.closed is null or (p.closed in ('approved', 'rejected') and (p.closed_at >= :since
            or exists (select from effects e where e.proposal_id = p.id and e.state = 'unknown'))))
    order by p.opened_at desc limit {_MOST}"""
_OF_BRIEF = f"""{_SELECT} join missions m on m.id = p.mission_id
    where m.brief like :brief and p.id <> :this and p.closed in ('approved', 'rejected') and p.closed_at >= :since
    order by p.closed_at desc limit {_MOST}"""


async def speaks_against(
    tx: Transaction,
    parts: Parts,
    found: Shown,
    customer: CustomerId,
    trace: Mapping[int, Observation],
    *,
    besides: ProposalId | None = None,
) -> list[Objection]:
    """The serious first; nothing for what is closed, or cannot be read. It changes nothing.

    `besides`: the proposal that is not looked at as one of before, itself if nothing is said.
    """
    if found.closed or isinstance(found.proposed, Unreadable):
        return []
    at, brief = await now(tx), found.proposed.brief
    since = at - timedelta(days=AMOUNTS_DAYS)
    values = {
        "this": besides or found.id,
        "customer": customer,
        "brief": f"{brief.partition('@')[0]}@%",
        "since": since,
    }
    of_brief = (await tx.execute(text(_OF_BRIEF), values)).all()
    of_customer = (await tx.execute(text(_OF_CUSTOMER), values)).all()
    return objections(
        found,
        at=at,
        facts=_facts(found, parts, trace),
        cites=any(told.get("passages") for _, told in _evidence(found, trace, "consulted"))
        or not await _has_rules(tx, brief),
        unproved=_unproved(found, parts),
        of_customer=_read(of_customer),
        of_brief=_read(of_brief),
        all_there=len(of_brief) < _MOST,
    )


async def _has_rules(tx: Transaction, brief: str) -> bool:
    """Whether missions of this brief have articles to go by."""
    try:
        return bool((await published(tx, brief)).head.knowledge)
    except (NotFound, ValueError):  # the row was changed: its card says so, and is shown
        return False


def _evidence(
    found: Shown, trace: Mapping[int, Observation], kind: Kind
) -> Iterator[tuple[Observation, dict[str, Any]]]:
    """What it rests on and still can be read, with what it tells."""
    for one in (trace[n] for n in found.proposed.evidence if n in trace and trace[n].kind == kind):
        with suppress(*UNREADABLE):
            yield one, one.told


def _facts(found: Shown, parts: Parts, trace: Mapping[int, Observation]) -> list[Fact]:
    """The records that it rests on, each once, good until its manifest says, or as long as the actions are."""
    expires = min((opened(one.sealed).expires for one in found.proposed.actions), default=None)
    facts: list[Fact] = []
    for one, told in _evidence(found, trace, "seen"):
        known = parts.connections.known(str(told.get("tool")))
        lasts = known.tool.max_age if known else None
        until = one.at + lasts if lasts else expires
        if until is not None:
            facts.append(Fact(one.n, f"{told.get('title')} ({told.get('source')})", one.at, until))
    return facts


def _unproved(found: Shown, parts: Parts) -> list[str]:
    """The tools whose manifest has nothing to read back."""
    known = [parts.connections.known(one.key) for one in found.proposed.actions]
    return sorted({one.key for one in known if one is not None and not one.tool.proof})


def _read(rows: Any) -> list[Before]:
    """Without what nobody can read any more."""
    return [one for row in rows if (one := _before(row)) is not None]


def _before(row: Any) -> Before | None:
    try:
        told = json.loads(row.body)
        sealed = [json.loads(one["sealed"]) for one in told["actions"]]
        actions = [(f"{one['connection']}.{one['tool']}", one["arguments"]) for one in sealed]
        brief = told["brief"].partition("@")[0]
    except UNREADABLE:
        return None
    return Before(
        ProposalId(row.id),
        row.title,
        brief,
        CustomerId(row.customer_id),
        row.at,
        row.closed,
        actions,
        nothing=bool(row.states) and all(state in NO_MORE for state in row.states),
        unknown="unknown" in row.states,
        disproved=row.disproved,
        reason=row.reason,
    )
