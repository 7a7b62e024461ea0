"""Puts test proposals into the queue, at a small rate: each stands beside a proposal that waits, by chance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import insert, text

from missiondesk.briefs import published
from missiondesk.decisions import Deny, Proposal, Proposed, Unreadable, by_people, opened, proposals_by_id
from missiondesk.effects import around
from missiondesk.ids import ProposalId, random_id
from missiondesk.insights.record import test_proposals
from missiondesk.insights.spoiling import Spoilt, spoilt
from missiondesk.kit.database import Transaction, announce, lock, now
from missiondesk.missions import Parts, ruling_on, sealed
from missiondesk.trace import Observation, observed

SEED_EVERY = 30.0  # seconds
_SHORTEST = timedelta(minutes=30)  # what it rests on is good for so long, whatever it was in the past
# By the id of the one that waits, so two processes make one test of it, and none where there is one.
_BESIDE = """select p.id from proposals p where p.opened_at > clock_timestamp() - interval '1 hour' and p.revision = 0
    and (hashtextextended(p.id, 4471) & 9223372036854775807) % 10000 < :rate
    and not exists (select from decisions d where d.proposal_id = p.id and d.by_role = 'rule')
    and not exists (select from test_proposals t where t.beside = p.id) order by p.id limit 20"""
# Past ones that were carried out as they were proposed; each is used once, those of today last: they are remembered.
_SOURCES = """select p.id from proposals p where p.closed = 'approved' and p.revision = 0
    and p.closed_at > clock_timestamp() - interval '90 days'
    and not exists (select from test_proposals t where t.source = p.id)
    and exists (select from effects e where e.proposal_id = p.id)
    and not exists (select from effects e where e.proposal_id = p.id and (e.state <> 'done' or not e.proved))
    order by p.closed_at > clock_timestamp() - interval '1 day', hashtextextended(p.id || :beside, 0) limit 20"""


@dataclass(frozen=True, slots=True)
class _Made:
    source: Proposal
    spoilt: Spoilt
    proposed: Proposed
    last_n: int


async def seed(parts: Parts, rate: float) -> int:
    """How many were put into the queue. `rate`: of those that came in the last hour. Safe in every process."""
    if not rate:
        return 0
    async with parts.database.transaction() as tx:
        beside = (await tx.execute(text(_BESIDE), {"rate": round(rate * 10_000)})).scalars().all()
    count = 0
    for one in beside:
        async with parts.database.transaction() as tx:
            count += await plant(tx, parts, ProposalId(one))
    return count


async def plant(tx: Transaction, parts: Parts, beside: ProposalId) -> bool:
    """Put one into the queue beside `beside`, if it has none and there is a past one that it can be made of."""
    await lock(tx, "test proposals")
    if (await tx.execute(text("select from test_proposals where beside = :one"), {"one": beside})).first():
        return False
    ids = (await tx.execute(text(_SOURCES), {"beside": beside})).scalars().all()
    found = await proposals_by_id(tx, ids)
    sources, at = [found[one] for one in ids], await now(tx)
    for turn, source in enumerate(sources):
        if (made := await _made(tx, parts, source, sources, turn, at)) is not None:
            await _add(tx, made, beside, at)
            return True
    return False


async def _made(
    tx: Transaction, parts: Parts, source: Proposal, others: Sequence[Proposal], turn: int, at: datetime
) -> _Made | None:
    if isinstance(source.proposed, Unreadable) or source.proposed.stale or not source.proposed.actions:
        return None
    actions = [opened(one.sealed) for one in source.proposed.actions]
    known = [parts.connections.known(one.key) for one in actions]
    if any(tool is None or tool.pin != one.definition for tool, one in zip(known, actions, strict=True)):
        return None
    wrong = spoilt(actions[0], [opened(each.sealed) for one in others for each in one.proposed.actions], turn)
    if wrong is None:
        return None
    good_until = at + max(_SHORTEST, min(one.expires for one in actions) - source.opened_at)
    policy = await parts.policy.now(tx)
    asked = [replace(one, expires=good_until, policy=policy.version) for one in [wrong.action, *actions[1:]]]
    about = await around(tx, policy, source.case_id, source.proposed.brief, besides=source.id)
    ruling = by_people(ruling_on(asked, policy, about))
    trace = await observed(tx, source.mission_id)
    last_n = _last(trace, source.id)
    if isinstance(ruling, Deny) or last_n is None:
        return None
    drawn = {
        "actions": [sealed(tool, one, trace) for tool, one in zip(known, asked, strict=True) if tool is not None],
        "message": wrong.told(source.proposed.message),
        "ruling": ruling,
        "policy": policy.version,
    }
    return _Made(source, wrong, source.proposed.model_copy(update=drawn), last_n)


def _last(trace: Sequence[Observation], proposal: ProposalId) -> int | None:
    """The observation of the ruling on it: then it waited."""
    at = next((one.n for one in trace if one.kind == "proposed" and one.told["proposal"] == proposal), None)
    return None if at is None else at + 1


async def _add(tx: Transaction, made: _Made, beside: ProposalId, at: datetime) -> None:
    amount = made.proposed.amount
    row = {
        "id": random_id("proposal"),
        "beside": beside,
        "source": made.source.id,
        "last_n": made.last_n,
        "shown_case": random_id("case"),
        "shown_mission": random_id("mission"),
        "digest": made.proposed.digest,
        "body": made.proposed.model_dump_json(),
        "title": made.proposed.title,
        "amount": amount.minor if amount else None,
        "currency": amount.currency if amount else None,
        "risk": made.proposed.risk,
        "wrong": made.spoilt.wrong,
        "argument": made.spoilt.argument,
        "reveals": made.spoilt.reveals,
        "opened_at": at,
        "due_at": at + (await published(tx, made.proposed.brief)).service_level,
    }
    await tx.execute(insert(test_proposals).values(row))
    await announce(tx, "queue")
