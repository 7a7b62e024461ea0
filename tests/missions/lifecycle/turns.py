"""Turns that are run one by one in this process, and what can befall who runs one: it dies, or stands still."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import text

from missiondesk.ids import MissionId
from missiondesk.kit.database import Database, Transaction
from missiondesk.missions import Turn, wake

End = Literal["dies before", "dies after", "stands still after"]


class Died(BaseException):
    """The process is gone. Not an `Exception`: nothing in it catches its own death."""


@dataclass
class Fate:
    """At its `commit`-th commit, counted from 1, this befalls whoever runs the turn; `None`: nothing does."""

    commit: int = 0
    end: End | None = None
    commits: int = 0
    still: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)

    def before_commit(self) -> None:
        self.commits += 1
        if self.commits == self.commit and self.end == "dies before":
            raise Died

    async def after_commit(self) -> None:
        if self.commits != self.commit:
            return
        if self.end == "dies after":
            raise Died
        if self.end == "stands still after":
            self.still.set()
            await self.goes_on.wait()


@dataclass(frozen=True, slots=True)
class FatedTurn(Turn):
    """A turn whose every transaction can be the last of its process: all its writes go through here."""

    fate: Fate

    @asynccontextmanager
    async def tx(self) -> AsyncGenerator[Transaction]:
        async with Turn.tx(self) as tx:
            yield tx
            self.fate.before_commit()
        await self.fate.after_commit()


async def take(database: Database, mission_id: MissionId, fate: Fate) -> FatedTurn | None:
    """Take the mission's turn as the engine does, and the nudges for it; `None` if there is nothing to do."""
    async with database.transaction() as tx:
        query = (
            "update missions set epoch = epoch + 1 where id = :mission and state = 'runnable' "
            "returning turn, epoch, lane"
        )
        row = (await tx.execute(text(query), {"mission": mission_id})).first()
        if row is None:
            return None
        nudges = "delete from procrastinate_jobs where args->>'mission' = :mission and (args->>'number')::int <= :turn"
        await tx.execute(text(nudges), {"mission": mission_id, "turn": row.turn})
    return FatedTurn(mission_id, row.turn, row.epoch, row.lane, database, fate)


async def wake_the_due(database: Database) -> None:
    """As the engine's sweep does each second."""
    async with database.transaction() as tx:
        query = "select id, lane, waits_for from missions where state = 'waiting' and wake_at <= clock_timestamp()"
        for row in (await tx.execute(text(query))).all():
            await wake(tx, row.id, lane=row.lane, anew=row.waits_for != "connection")
