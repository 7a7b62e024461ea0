"""One observation: one thing seen, thought, asked, decided or done."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Column, DateTime, Integer, Table, Text, UniqueConstraint, insert, select

from missiondesk.ids import MissionId
from missiondesk.kit.canonical import canonical
from missiondesk.kit.database import ANNOUNCE, Transaction, driver_of, metadata
from missiondesk.kit.errors import NotFound
from missiondesk.trace.seal import FIRST, seal

Kind = Literal[
    "received",  # the customer said something
    "routed",  # a brief was chosen, or none
    "seen",  # a read of an outside system, or that it had nothing
    "consulted",  # knowledge was searched
    "thought",  # the worker's own words
    "asked",  # the customer was asked
    "proposed",  # actions and a message wait for a ruling and a person
    "ruled",  # the policy's answer
    "decided",  # a person's answer
    "late",  # it waits for longer than its service level, and is given to others
    "taken_back",  # a proposal that nobody may answer any more
    "granted",  # an approved action may run, once
    "effect",  # a state of the running of one granted action
    "proved",  # read back in the system of record
    "told",  # the customer was told
    "concluded",  # the verdict
    "handed_off",  # a person takes the case over
    "waiting",  # a system is away and the mission waits for it, or it answers again
    "failed",  # something did not work
]

observations = Table(
    "observations",
    metadata,
    Column("mission_id", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("step", Text),  # the work it tells of: done once in a mission, also when the turn runs again
    Column("payload", Text, nullable=False),  # canonical JSON; jsonb would change bytes
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("mission_id", "step"),
)
heads = Table(
    "trace_heads",
    metadata,
    Column("mission_id", Text, primary_key=True),
    Column("n", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)
_NEXT = """update trace_heads set n = n + 1
    from (select set_config('synchronous_commit', %(commit)s, true)) as told where mission_id = %(mission)s
    returning n, hash, date_trunc('microseconds', clock_timestamp()) as at"""
_APPEND = f"""with head as (update trace_heads set hash = %(hash)s where mission_id = %(mission_id)s),
    added as (insert into observations (mission_id, n, kind, at, step, payload, previous, hash)
    values (%(mission_id)s, %(n)s, %(kind)s, %(at)s, %(step)s, %(payload)s, %(previous)s, %(hash)s))
    {ANNOUNCE.replace(":topic", "%(topic)s")}"""


@dataclass(frozen=True, slots=True)
class Observation:
    """`told` is what it tells, as JSON; `n` counts from 1 within the mission."""

    mission_id: MissionId
    n: int
    kind: Kind
    at: datetime
    step: str | None
    payload: str
    previous: str
    hash: str

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.payload)


async def open_trace(tx: Transaction, mission_id: MissionId) -> None:
    """The trace of a mission that begins in this transaction."""
    await tx.execute(insert(heads).values(mission_id=mission_id, n=0, hash=FIRST))


async def observe(
    tx: Transaction, mission_id: MissionId, kind: Kind, *, step: str | None = None, **told: Any
) -> Observation:
    """Append one observation, in the transaction of the fact that it tells. Live readers hear of it on commit.

    Raises `NotFound` for a mission without a trace, `TypeError` for what JSON does not have.
    """
    return await _append(tx, mission_id, kind, step, told, commit="on")


async def observe_read(
    tx: Transaction, mission_id: MissionId, kind: Literal["seen", "failed"], *, step: str, **told: Any
) -> Observation:
    """The same for a read, alone in its transaction: nobody waits until it is on disk, as it can be made again.

    A power cut may take it along, and never without whatever came after it.
    """
    return await _append(tx, mission_id, kind, step, told, commit="off")


async def _append(
    tx: Transaction, mission_id: MissionId, kind: Kind, step: str | None, told: dict[str, Any], *, commit: str
) -> Observation:
    driver = await driver_of(tx)  # each step of a mission comes past here: SQLAlchemy would add a third to it
    head = await (await driver.execute(_NEXT, {"mission": mission_id, "commit": commit})).fetchone()
    if head is None:
        raise NotFound(f"There is no mission {mission_id}.")
    n, previous, now = head
    at, payload = now.astimezone(UTC), canonical(told).decode()
    sealed = seal(previous, mission_id, n, kind, at, payload)
    observation = Observation(mission_id, n, kind, at, step, payload, previous, sealed)
    row = {name: getattr(observation, name) for name in Observation.__slots__}
    await driver.execute(_APPEND, {**row, "topic": f"mission:{mission_id}"})
    return observation


async def observed(tx: Transaction, mission_id: MissionId, *, after: int = 0) -> list[Observation]:
    """The observations of a mission in order, from number `after` + 1 on."""
    query = (
        select(observations)
        .where(observations.c.mission_id == mission_id, observations.c.n > after)
        .order_by(observations.c.n)
    )
    return [_observation(row) for row in await tx.execute(query)]


async def observed_at_step(tx: Transaction, mission_id: MissionId, step: str) -> Observation | None:
    """What this mission already holds of that piece of work: the trace is the checkpoint."""
    query = select(observations).where(observations.c.mission_id == mission_id, observations.c.step == step)
    row = (await tx.execute(query)).first()
    return _observation(row) if row else None


def _observation(row: Any) -> Observation:
    return Observation(
        row.mission_id, row.n, row.kind, row.at.astimezone(UTC), row.step, row.payload, row.previous, row.hash
    )
