"""A mission with a trace."""

from collections.abc import AsyncGenerator

import pytest

from missiondesk.ids import MissionId
from missiondesk.trace import observe
from tests.support.missions import Missions, missions_in
from tests.support.postgres import Cloned


@pytest.fixture
async def missions(database: Cloned) -> AsyncGenerator[Missions]:
    async with missions_in(database) as missions:
        yield missions


@pytest.fixture
async def mission(missions: Missions) -> MissionId:
    """Five observations: the message that began it, and four thoughts."""
    mission_id = await missions.begin()
    for number in range(2, 6):
        async with missions.database.transaction() as tx:
            await observe(tx, mission_id, "thought", text=f"thought {number}", worker="procedure")
    return mission_id
