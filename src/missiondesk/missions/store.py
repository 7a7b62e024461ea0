"""Missions as rows: what is true of a run on a case. A waiting mission is nothing but its row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    Table,
    Text,
    false,
    func,
    insert,
    select,
    update,
)

from missiondesk.decisions import leave
from missiondesk.ids import CaseId, MissionId, random_id
from missiondesk.kit.database import Transaction, announce, metadata, now
from missiondesk.kit.errors import NotFound
from missiondesk.trace import open_trace

State = Literal["runnable", "waiting", "done"]
WaitsFor = Literal["customer", "decision", "effect", "unknown_effect", "connection"]
Lane = Literal["turns", "effects"]

missions = Table(
    "missions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", Text, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("lane", Text, nullable=False, server_default="turns"),
    Column("turn", Integer, nullable=False, server_default="1"),
    Column("epoch", Integer, nullable=False, server_default="0"),  # who took the turn last owns it
    Column("woken", Boolean, nullable=False, server_default=false()),
    Column("wake_at", DateTime(timezone=True)),
    Column("waits_for", Text),
    Column("waits_on", Text),  # the connection that is away, until it has answered again
    Column("waits_since", DateTime(timezone=True)),  # since when it is waited for
    Column("brief", Text),  # label, such as duplicate-charge@3; empty until routed
    Column("worker", Text),
    Column("outcome", Text),
    Column("verdict", Text),  # JSON of a Verdict
    Column("began_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    CheckConstraint(f"state in {get_args(State)}", name="missions_state"),
    CheckConstraint(f"lane in {get_args(Lane)}", name="missions_lane"),
    CheckConstraint(f"waits_for in {get_args(WaitsFor)}", name="missions_waits_for"),
    Index("missions_to_wake", "wake_at", postgresql_where="state = 'waiting' and wake_at is not null"),
    Index("missions_runnable", "id", postgresql_where="state = 'runnable'"),
    Index("one_mission_of_a_case", "case_id", unique=True, postgresql_where="state <> 'done'"),
)
handoffs = Table(
    "handoffs",
    metadata,
    Column("mission_id", Text, primary_key=True),
    Column("case_id", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    Column("closed_by", Text),
    Index("handoffs_open", "case_id", postgresql_where="closed_at is null"),
)


@dataclass(frozen=True, slots=True)
class Mission:
    id: MissionId
    case_id: CaseId
    state: State
    lane: Lane
    turn: int
    waits_for: WaitsFor | None
    waits_on: str | None
    waits_since: datetime | None
    brief: str | None
    worker: str | None
    outcome: str | None
    verdict: str | None
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Handoff:
    """A case that a person takes over; open until it is closed or the next mission took it up."""

    mission_id: MissionId
    case_id: CaseId
    reason: str
    at: datetime
    closed_at: datetime | None
    closed_by: str | None


async def add_mission(tx: Transaction, case_id: CaseId) -> MissionId:
    """A mission that may run at once, with an empty trace."""
    mission_id = MissionId(random_id("mission"))
    await tx.execute(insert(missions).values(id=mission_id, case_id=case_id, state="runnable", began_at=await now(tx)))
    await open_trace(tx, mission_id)
    return mission_id


async def mission(tx: Transaction, mission_id: MissionId, *, lock: bool = False) -> Mission:
    """Raises `NotFound`."""
    query = select(missions).where(missions.c.id == mission_id)
    row = (await tx.execute(query.with_for_update() if lock else query)).first()
    if row is None:
        raise NotFound("There is no such mission.")
    return _mission(row)


async def open_mission(tx: Transaction, case_id: CaseId) -> Mission | None:
    """The mission of a case that is not done yet, locked."""
    query = select(missions).where(missions.c.case_id == case_id, missions.c.state != "done").with_for_update()
    for _ in range(2):  # the first look may wait for one that ends, and cannot see the next one that it began
        if (row := (await tx.execute(query)).first()) is not None:
            return _mission(row)
    return None


async def missions_of(tx: Transaction, case_id: CaseId) -> list[Mission]:
    """Oldest first."""
    query = select(missions).where(missions.c.case_id == case_id).order_by(missions.c.began_at)
    return [_mission(row) for row in await tx.execute(query)]


async def set_mission(tx: Transaction, mission_id: MissionId, **values: Any) -> None:
    await tx.execute(update(missions).where(missions.c.id == mission_id).values(**values))


async def add_handoff(tx: Transaction, mission_id: MissionId, case_id: CaseId, reason: str) -> None:
    """A person is needed: it stands in the Decision Queue."""
    await tx.execute(insert(handoffs).values(mission_id=mission_id, case_id=case_id, reason=reason, at=await now(tx)))
    await announce(tx, "queue")


async def close_handoffs(tx: Transaction, case_id: CaseId, by: str) -> None:
    query = update(handoffs).where(handoffs.c.case_id == case_id, handoffs.c.closed_at.is_(None))
    closed = await tx.execute(
        query.values(closed_at=func.clock_timestamp(), closed_by=by).returning(handoffs.c.mission_id)
    )
    for mission_id in closed.scalars():
        await leave(tx, mission_id)
    await announce(tx, "queue")


async def handoff_of(tx: Transaction, case_id: CaseId) -> Handoff | None:
    """The open one of a case."""
    query = select(handoffs).where(handoffs.c.case_id == case_id, handoffs.c.closed_at.is_(None))
    row = (await tx.execute(query)).first()
    return Handoff(*row) if row else None


def _mission(row: Any) -> Mission:
    return Mission(
        row.id,
        row.case_id,
        row.state,
        row.lane,
        row.turn,
        row.waits_for,
        row.waits_on,
        row.waits_since,
        row.brief,
        row.worker,
        row.outcome,
        row.verdict,
        row.began_at,
        row.ended_at,
    )
