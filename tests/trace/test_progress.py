"""Progress of a running read reaches who watches its mission just then, and is kept nowhere."""

import asyncio
import math
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress

import pytest

from missiondesk.ids import MissionId
from missiondesk.trace import Live, Progress, observed, tell_progress
from tests.support.missions import Missions

OTHER = MissionId("mission-other")


@pytest.fixture
async def live(missions: Missions) -> AsyncGenerator[Live]:
    live = Live(missions.database.url)
    running = asyncio.create_task(live.run())
    await asyncio.wait_for(live.ready.wait(), 5)
    yield live
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@pytest.fixture
def tell(missions: Missions) -> Callable[..., Awaitable[None]]:
    async def tell(*told: Progress) -> None:
        async with missions.database.transaction() as tx:
            for one in told:
                await tell_progress(tx, one)

    return tell


def read(mission_id: MissionId, tool: str = "billing.list_payments", **more: object) -> Progress:
    return Progress(mission_id, tool, "Payments", "Billing", **more)  # pyright: ignore[reportArgumentType]


async def test_who_watches_a_mission_hears_the_newest_of_each_of_its_reads(
    live: Live, missions: Missions, mission: MissionId, tell: Callable[..., Awaitable[None]]
) -> None:
    woken = asyncio.Event()
    before = await _trace(missions, mission)
    async with live.watching(mission, woken) as told, live.watching(OTHER, asyncio.Event()) as elsewhere:
        orders = read(mission, "shop.list_orders", done=1)
        await tell(read(mission, done=1), orders, read(OTHER, done=5), read(mission, done=2, total=4, message="two"))
        await asyncio.wait_for(woken.wait(), 5)
        assert told.take() == [read(mission, done=2, total=4, message="two"), orders]
        assert told.take() == [], "what was taken is gone"
        assert elsewhere.take() == [read(OTHER, done=5)]
    assert await _trace(missions, mission) == before, "it is no observation"


async def test_a_system_that_says_nonsense_is_told_in_bounds(
    live: Live, mission: MissionId, tell: Callable[..., Awaitable[None]]
) -> None:
    woken = asyncio.Event()
    async with live.watching(mission, woken) as told:
        await tell(read(mission, done=math.nan, total=math.inf, message="\u202e" + "ö" * 9000))
        await asyncio.wait_for(woken.wait(), 5)
        [one] = told.take()
    assert (one.done, one.total) == (0, None)
    assert one.message is not None
    assert one.message.startswith("⟨U+202E⟩ö")
    assert len(one.message) == 200


async def test_who_watches_no_mission_hears_nothing(
    live: Live, mission: MissionId, tell: Callable[..., Awaitable[None]]
) -> None:
    woken = asyncio.Event()
    async with live.watching(mission, woken), live.watching(None, asyncio.Event()) as nothing:
        await tell(read(mission, done=1))
        await asyncio.wait_for(woken.wait(), 5)
        assert nothing.take() == []


async def _trace(missions: Missions, mission_id: MissionId) -> int:
    async with missions.database.transaction() as tx:
        return len(await observed(tx, mission_id))
