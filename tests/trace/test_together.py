"""A fact and its observation are one transaction: both are there, or neither."""

import asyncio

import pytest

from missiondesk.ids import MissionId
from missiondesk.kit.errors import NotFound
from missiondesk.missions.store import set_mission
from missiondesk.trace import Verified, observe, observed, verify
from tests.promises import promise
from tests.support.missions import Missions
from tests.support.record import rows


class Stumbled(Exception):
    """Something went wrong after both were written."""


async def route(missions: Missions, mission: MissionId, *, told: object = "", stumbles: bool = False) -> None:
    """A fact and its observation; then, perhaps, something goes wrong."""
    async with missions.database.transaction() as tx:
        await set_mission(tx, mission, brief="duplicate-charge@1")
        await observe(tx, mission, "routed", brief=told)
        if stumbles:
            raise Stumbled


@promise("trace.fact-and-observation-together")
async def test_what_is_rolled_back_was_not_observed_either(missions: Missions, mission: MissionId) -> None:
    with pytest.raises(Stumbled):
        await route(missions, mission, stumbles=True)
    assert rows(missions.record, "select brief from missions") == [(None,)]
    assert rows(missions.record, "select n from trace_heads") == [(5,)]
    async with missions.database.transaction() as tx:
        assert (await verify(tx, mission)) == Verified(5, None)


@promise("trace.fact-and-observation-together")
async def test_what_cannot_be_observed_does_not_happen(missions: Missions, mission: MissionId) -> None:
    with pytest.raises(TypeError):
        await route(missions, mission, told=object())
    assert rows(missions.record, "select brief from missions") == [(None,)]


async def test_nothing_can_be_observed_of_a_mission_that_does_not_exist(missions: Missions) -> None:
    with pytest.raises(NotFound):
        async with missions.database.transaction() as tx:
            await observe(tx, MissionId("mission-0"), "thought", text="nobody's")


async def test_observations_that_come_at_once_stand_in_one_order_without_gaps(
    missions: Missions, mission: MissionId
) -> None:
    async def think(number: int) -> None:
        async with missions.database.transaction() as tx:
            await observe(tx, mission, "thought", text=f"at once {number}", worker="procedure")

    await asyncio.gather(*(think(number) for number in range(16)))
    async with missions.database.transaction() as tx:
        found = await observed(tx, mission)
        assert [one.n for one in found] == list(range(1, 22))
        assert sorted(found, key=lambda one: one.at) == found, "later numbers are not earlier times"
        assert await verify(tx, mission) == Verified(21, None)
