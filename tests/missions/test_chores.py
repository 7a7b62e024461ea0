"""What a process does beside its missions: it may fail, and the missions go on."""

import asyncio

import pytest

from missiondesk.missions import Chore, Engine, Turn
from tests.support.missions import Missions


async def test_a_chore_that_nobody_foresaw_to_fail_is_tried_again_and_turns_go_on(
    missions: Missions, caplog: pytest.LogCaptureFixture
) -> None:
    tried, taken = 0, asyncio.Event()
    twice = asyncio.Event()

    async def chore() -> None:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise ValueError("a system called itself something that no table can hold")
        twice.set()

    async def do(_turn: Turn) -> None:
        taken.set()

    async def give_up(_turn: Turn, _error: str) -> None:
        raise AssertionError("nothing is given up here")

    engine = Engine(missions.database, do, give_up, dead_after=4, chores=(Chore(0.02, chore),))
    async with missions.worked(engine), asyncio.timeout(20):
        await twice.wait()
        await missions.begin()
        await taken.wait()
    assert "that no table can hold" in caplog.text
