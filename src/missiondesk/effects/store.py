"""An effect as a row: born as `intent`, before anything is sent. One grant, one row."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, Index, Integer, Table, Text, func, select, text
from sqlalchemy.dialects.postgresql import insert

from missiondesk.decisions import Grant, settle_reservation
from missiondesk.ids import GrantId, MissionId, ProposalId
from missiondesk.kit.database import Transaction, announce, metadata
from missiondesk.kit.errors import NotFound
from missiondesk.kit.json_values import is_list

EffectState = Literal["intent", "sent", "checking", "done", "failed", "unknown", "stale", "skipped"]
OPEN = ("intent", "sent", "checking")  # `checking`: a person asked to look it up; it is never sent again

effects = Table(
    "effects",
    metadata,
    Column("grant_id", Text, primary_key=True),
    Column("mission_id", Text, nullable=False, index=True),
    Column("proposal_id", Text, nullable=False, index=True),
    Column("digest", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("busy_until", DateTime(timezone=True)),  # until then a call may be in flight
    Column("first_sent_at", DateTime(timezone=True)),
    Column("answer", Text),  # canonical JSON of what the system said
    Column("reference", Text),
    Column("why", Text),
    Column("changes", Text),  # JSON: what had changed, for stale
    Column("checks", Text),  # JSON: what was read back
    Column("proved", Boolean),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
    CheckConstraint(f"state in {get_args(EffectState)}", name="effects_state"),
    Index("effects_unknown", "proposal_id", postgresql_where="state = 'unknown'"),
)


_UNSETTLED = effects.c.state.in_((*OPEN, "unknown")) | ((effects.c.state == "done") & effects.c.proved.is_(None))


@dataclass(frozen=True, slots=True)
class Effect:
    """`digest` is the action's; `checks` are (what was required, whether it held), `changes` (fact, before, after)."""

    grant_id: GrantId
    mission_id: MissionId
    proposal_id: ProposalId
    digest: str
    state: EffectState
    attempt: int
    busy: bool
    first_sent_at: datetime | None
    answer: Any
    reference: str | None
    why: str | None
    changes: tuple[tuple[str, str, str], ...]
    checks: tuple[tuple[str, bool], ...]
    proved: bool | None
    at: datetime


async def insert_intent(tx: Transaction, grant: Grant, mission_id: MissionId) -> bool:
    """Write down that this grant will run. `False`: it was written before."""
    return await _insert(tx, grant, mission_id, "intent")


async def skip_effect(tx: Transaction, grant: Grant, mission_id: MissionId) -> bool:
    """This grant will never run. `False`: something else became of it before."""
    skipped = await _insert(tx, grant, mission_id, "skipped")
    if skipped:
        await settle_reservation(tx, grant.digest, "released")
    return skipped


async def _insert(tx: Transaction, grant: Grant, mission_id: MissionId, state: EffectState) -> bool:
    values = {"grant_id": grant.id, "mission_id": mission_id, "proposal_id": grant.proposal_id, "state": state}
    query = insert(effects).values({**values, "digest": grant.digest}).on_conflict_do_nothing()
    return (await tx.execute(query.returning(effects.c.grant_id))).first() is not None


async def effect(tx: Transaction, grant_id: GrantId) -> Effect | None:
    row = (await tx.execute(_QUERY.where(effects.c.grant_id == grant_id))).first()
    return _effect(row) if row else None


async def effects_of(tx: Transaction, proposal_id: ProposalId) -> dict[GrantId, Effect]:
    """The effects of a proposal's grants, those that began."""
    rows = await tx.execute(_QUERY.where(effects.c.proposal_id == proposal_id))
    return {row.grant_id: _effect(row) for row in rows}


async def effects_open(tx: Transaction, mission_id: MissionId) -> list[Effect]:
    """Those of a mission that have not come to an end, or wait for a person, whichever proposal they belong to."""
    return [_effect(row) for row in await tx.execute(_QUERY.where(effects.c.mission_id == mission_id, _UNSETTLED))]


async def effects_standing(tx: Transaction, mission_id: MissionId) -> list[tuple[GrantId, str, EffectState]]:
    """(grant, digest, state) of the same, without reading what else is stored of them."""
    query = select(effects.c.grant_id, effects.c.digest, effects.c.state)
    query = query.where(effects.c.mission_id == mission_id, _UNSETTLED).with_for_update()
    return [(row.grant_id, row.digest, row.state) for row in await tx.execute(query)]


async def effects_unknown(tx: Transaction) -> list[Effect]:
    """What waits for a person because nobody knows whether it happened."""
    return [_effect(row) for row in await tx.execute(_QUERY.where(effects.c.state == "unknown").order_by(effects.c.at))]


async def effects_in_flight(tx: Transaction) -> list[Effect]:
    """Those that were sent, and of which nobody knows yet how they end."""
    query = _QUERY.where(effects.c.state == "sent")
    return [_effect(row) for row in await tx.execute(query.order_by(effects.c.at))]


async def mark_sent(tx: Transaction, grant_id: GrantId, attempt: int, *, patience: float) -> int | None:
    """Claim the next attempt, before the first byte leaves. `None`: another executor has it, or it is settled."""
    await tx.execute(text("set local synchronous_commit = on"))
    row = (
        await tx.execute(
            text(
                """update effects set state = 'sent', attempt = attempt + 1, at = clock_timestamp(),
                first_sent_at = coalesce(first_sent_at, clock_timestamp()),
                busy_until = clock_timestamp() + make_interval(secs => :patience)
                where grant_id = :grant and attempt = :attempt and state in ('intent', 'sent') returning attempt"""
            ),
            {"grant": grant_id, "attempt": attempt, "patience": patience},
        )
    ).first()
    return row.attempt if row else None


async def put_off(tx: Transaction, grant_id: GrantId, attempt: int) -> None:
    """Nothing was sent in this attempt, for certain: the intent stands, and is tried again later."""
    query = effects.update().where(
        effects.c.grant_id == grant_id, effects.c.attempt == attempt, effects.c.state.in_(OPEN)
    )
    await tx.execute(query.values(state="intent", attempt=attempt + 1, busy_until=None, first_sent_at=None))


async def settle(
    tx: Transaction, grant_id: GrantId, state: EffectState, *, attempt: int | None = None, **values: Any
) -> bool:
    """Write how it ended, once. `False`: it was settled before, or another attempt is under way.

    What was reserved for it is spent when it is done, stays held while nobody knows, and else is there for others.
    """
    query = effects.update().where(effects.c.grant_id == grant_id, effects.c.state.in_((*OPEN, "unknown")))
    if attempt is not None:
        query = query.where(effects.c.attempt == attempt, effects.c.state.in_(OPEN))
    for name in ("answer", "changes", "checks"):
        if name in values:
            values[name] = json.dumps(values[name], ensure_ascii=False)
    await tx.execute(text("set local synchronous_commit = on"))
    query = query.values(state=state, at=func.clock_timestamp(), busy_until=None, **values)
    digest = (await tx.execute(query.returning(effects.c.digest))).scalar()
    if digest is not None and state != "unknown":
        await settle_reservation(tx, digest, "settled" if state == "done" else "released")
    await announce(tx, "queue")
    return digest is not None


async def record_proof(tx: Transaction, grant_id: GrantId, checks: list[tuple[str, bool]], *, proved: bool) -> None:
    await tx.execute(
        effects.update().where(effects.c.grant_id == grant_id).values(checks=json.dumps(checks), proved=proved)
    )


async def reopen(tx: Transaction, grant_id: GrantId) -> None:
    """Look again at an effect of unknown outcome; nothing is sent for it any more. Raises `NotFound`."""
    query = effects.update().where(effects.c.grant_id == grant_id, effects.c.state == "unknown")
    if (await tx.execute(query.values(state="checking"))).rowcount != 1:
        raise NotFound("There is no such effect of unknown outcome.")


_MOST_BUSY = timedelta(minutes=30)  # from now: longer than any call; beyond it the clock was set back
_BUSY = effects.c.busy_until.between(func.clock_timestamp(), func.clock_timestamp() + _MOST_BUSY)
_QUERY = select(effects, _BUSY.label("busy"))


_GONE = "what was read back can still be read in our own record"


def _read(stored: str | None) -> Any:
    """`None` also for what cannot be read any more: that must not keep the queue from anybody."""
    try:
        return json.loads(stored) if stored else None
    except ValueError:
        return None


def _lines(stored: str | None, gone: tuple[object, ...]) -> list[Any]:
    """Lists of as many fields as `gone` has, which stands for what cannot be read any more."""
    lines = _read(stored or "[]")
    whole = is_list(lines) and all(is_list(one) and len(one) == len(gone) for one in lines)
    return list(lines) if whole else [gone]


def _effect(row: Any) -> Effect:
    return Effect(
        row.grant_id,
        row.mission_id,
        row.proposal_id,
        row.digest,
        row.state,
        row.attempt,
        bool(row.busy),
        row.first_sent_at,
        _read(row.answer),
        row.reference,
        row.why,
        tuple((str(label), str(before), str(after)) for label, before, after in _lines(row.changes, ("", "", ""))),
        tuple((str(says), held is True) for says, held in _lines(row.checks, (_GONE, False))),
        row.proved,
        row.at,
    )
