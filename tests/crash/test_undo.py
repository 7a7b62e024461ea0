"""Whoever dies around the end of an undo window, and whoever is gone by then: the answer counts once, or never."""

from collections import Counter
from collections.abc import AsyncGenerator

import httpx
import pytest

from tests.crash.points import HELD, UNDOING
from tests.promises import promise
from tests.support.afterwards import answers, intact, relieved, working
from tests.support.held import holds, seen_by, takes_back
from tests.support.processes import Crew, Process
from tests.support.record import rows
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until

OVER = "select held_until <= clock_timestamp() from decisions"


async def one_refund_that_was_held(world: World, ana: Agent, case: JSON, card: JSON) -> None:
    trace = await intact(ana, await ana.verdict(case))
    assert [one["detail"]["answer"] for one in trace if one["kind"] == "decided"] == ["approve", "counts"]
    assert Counter(one["kind"] for one in trace)["granted"] == 1
    assert rows(world.database, "select count(*) from grants") == [(1,)]
    assert [row[:3] for row in world.refunds()] == [("pay_7702", 4990, "EUR")]
    assert world.calls("refund_payment") == 1
    assert [text for text in await answers(ana, case) if "refund" in text] == [card["message"]]


@promise("effects.exactly-once")
@pytest.mark.parametrize("point", HELD)
async def test_whoever_dies_when_the_time_is_over_the_answer_counts_once(
    doomed: Process, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with relieved(world, doomed):
        card = await ana.card()
        await holds(ana, card, undo=1)
        await doomed.died()
        await ana.verdict(case)
    await one_refund_that_was_held(world, ana, case, card)


@promise("missions.waiting-holds-nothing")
async def test_nobody_needs_to_live_while_it_is_held(world: World, crew: Crew, mira: Customer, ana: Agent) -> None:
    first = crew.worker(forked=True)
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    await holds(ana, card, undo=1)
    first.kill()
    await until(lambda: is_over(world), bool)
    assert rows(world.database, "select count(*) from grants") == [(0,)]
    crew.worker(forked=True)
    await ana.verdict(case)
    await one_refund_that_was_held(world, ana, case, card)


@pytest.fixture
async def dying(crew: Crew, point: str, port: int) -> AsyncGenerator[tuple[Process, httpx.AsyncClient]]:
    """A server that dies at `point`."""
    process = crew.server(port, crash_at=point)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as api:
        await until(lambda: is_up(api), bool)
        yield process, api


@promise("trace.fact-and-observation-together")
@pytest.mark.parametrize("point", UNDOING)
async def test_a_taking_back_that_broke_off_is_done_again_and_holds(
    dying: tuple[Process, httpx.AsyncClient], point: str, world: World, mira: Customer, ana: Agent
) -> None:
    process, api = dying
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
        held = (await holds(ana, card))["decisions"][0]
        with pytest.raises(httpx.TransportError):
            await api.delete(f"/api/desk/decisions/{held['id']}", headers=ana.headers)
        await process.died()
        after = await takes_back(ana, card)
        assert [one["standing"] for one in after["decisions"]] == ["taken_back"]
        await ana.rejects(card, "She has a voucher.")
        mission = await ana.verdict(case)
    told = [one["detail"]["answer"] for one in await intact(ana, mission) if one["kind"] == "decided"]
    assert told == ["approve", "taken_back", "reject"]
    assert (await seen_by(ana, card))["state"] == "rejected"
    assert world.calls("refund_payment") == 0


async def is_over(world: World) -> bool:
    return rows(world.database, OVER) == [(True,)]


async def is_up(api: httpx.AsyncClient) -> bool:
    try:
        return (await api.get("/api/customer/portals/northwind")).is_success
    except httpx.TransportError:
        return False
