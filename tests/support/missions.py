"""Missions for tests that look closer than the front door: a real database, turns in this process."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from missiondesk.cases import add_message, open_case
from missiondesk.ids import CustomerId, MissionId, PortalId
from missiondesk.kit.database import Database
from missiondesk.missions import Engine
from missiondesk.missions.receive import begin_mission
from tests.support.postgres import Cloned


@dataclass
class Missions:
    """Missions over one database, worked by whatever a test says that a turn does."""

    database: Database
    record: Cloned

    async def begin(self) -> MissionId:
        """A case with one message, and its mission, woken."""
        async with self.database.transaction() as tx:
            case = await open_case(tx, PortalId("northwind"), CustomerId("customer-mira"), "I was charged twice")
            return await begin_mission(tx, case.id, await add_message(tx, case.id, "customer", "Mira", "Twice!"))

    @asynccontextmanager
    async def worked(self, engine: Engine) -> AsyncGenerator[None]:
        """This engine runs for as long as it is entered."""
        stop = asyncio.Event()
        running = asyncio.create_task(engine.run(stop))
        try:
            yield
        finally:
            stop.set()
            await running


@asynccontextmanager
async def missions_in(record: Cloned) -> AsyncGenerator[Missions]:
    database = Database(record.url)
    try:
        yield Missions(database, record)
    finally:
        await database.close()
