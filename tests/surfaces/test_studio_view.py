"""What the Studio shows of a connection: also while its server is away, and what is in doubt until it is reviewed."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.support.postgres import Cloned
from tests.support.tickets import Tickets, tickets
from tests.support.world import JSON, Agent, World, world_at
from tests.surfaces.test_streams import first, following
from tests.surfaces.test_studio_connections import PATH, seen, states


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path, lanes=()) as here:
        yield here


@pytest.fixture
async def adele(world: World) -> Agent:
    return await world.agent("adele")


def wanted(system: Tickets) -> JSON:
    http = {"url": system.url, "allow_private": ["127.0.0.1"]}
    return {"manifest": {"id": "tickets", "title": "Tickets", "server": "", "http": http}}


async def test_a_proposal_keeps_its_doubts_until_the_review(adele: Agent) -> None:
    with tickets() as system:
        added = await adele.post(PATH, wanted(system))
        in_doubt = {tool["name"]: tool["doubts"] for tool in added["tools"]}
        assert in_doubt["close_ticket"]
        assert in_doubt["fetch_page"]
        assert all(tool["proposal"]["effect"] == tool["effect"] for tool in added["tools"])
        reviewed = await adele.post(f"{PATH}/tickets/reviews", {"tools": seen(added)})
        settled = [tool for tool in reviewed["tools"] if tool["state"] == "reviewed"]
        assert settled
        assert all(tool["proposal"] is None and tool["doubts"] == [] for tool in settled)


async def test_while_its_server_is_away_a_connection_is_shown_as_it_was_reviewed(adele: Agent) -> None:
    with tickets() as system:
        added = await adele.post(PATH, wanted(system))
        before = await adele.post(f"{PATH}/tickets/reviews", {"tools": seen(added)})
    away = await adele.get(f"{PATH}/tickets")
    assert away["away"]
    assert states(away) == states(before)
    shown = next(tool for tool in away["tools"] if tool["state"] == "reviewed")
    assert shown["input_schema"]
    assert all(tool["digest"] is None for tool in away["tools"]), "nothing can be reviewed unseen"


async def test_the_list_says_who_may_add_to_it(world: World, adele: Agent) -> None:
    ana = await world.agent("ana")
    assert (await adele.get(PATH))["can_add"] is True
    assert (await ana.get(PATH))["can_add"] is False


async def test_the_stream_tells_that_a_connection_changed(adele: Agent) -> None:
    with tickets() as system:
        async with following(adele, "/api/desk/stream") as events:
            await first(events, "hello")
            await adele.post(PATH, wanted(system))
            await first(events, "connections")
