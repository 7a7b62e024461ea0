"""The web dies in the middle of what a person says to it: it was said altogether or not at all, and is said again."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from tests.crash.points import ADDING, ANSWERING, ASKING, DECIDING, WRITING
from tests.promises import promise
from tests.support.afterwards import answers, intact, one_refund, working
from tests.support.by_hand import BROKEN, REPAIRED
from tests.support.processes import Crew, Process
from tests.support.record import rows
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until


@pytest.fixture
async def dying(crew: Crew, point: str, port: int) -> AsyncGenerator["Dying"]:
    """A server that dies at `point`."""
    process = crew.server(port, crash_at=point)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as api:
        yield Dying(process, api)


class Dying:
    """A web process that will not live through what is said to it."""

    def __init__(self, process: Process, api: httpx.AsyncClient) -> None:
        self._process = process
        self._api = api

    async def breaks(self, path: str, headers: dict[str, str], body: JSON) -> None:
        """Say it to this process, which dies of it."""
        await until(self._answers, bool)
        with pytest.raises(httpx.TransportError):
            await self._api.post(path, headers=headers, json=body)
        await self._process.died()

    async def _answers(self) -> bool:
        try:
            return (await self._api.get("/api/customer/portals/northwind")).is_success
        except httpx.TransportError:
            return False


@promise("trace.fact-and-observation-together")
@pytest.mark.parametrize("point", WRITING)
async def test_a_case_is_opened_once_when_the_customer_sends_it_again(
    dying: Dying, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    said = {"text": CHARGED_TWICE}
    await dying.breaks("/api/customer/cases", {**mira.headers, "Idempotency-Key": "k1"}, said)
    nothing = (
        "select (select count(*) from cases), (select count(*) from messages), (select count(*) from observations)"
    )
    assert rows(world.database, nothing) == [(0, 0, 0)]
    case = await mira.post("/api/customer/cases", said, key="k1")
    async with working(world):
        card = await ana.card()
        await ana.approves(card)
        await ana.verdict(case)
    await one_refund(world, ana, case, card)


@pytest.mark.parametrize("point", ADDING)
async def test_a_message_that_broke_off_took_nothing_back(
    dying: Dying, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
        await dying.breaks(f"/api/customer/cases/{case['id']}/messages", mira.headers, {"text": "It is urgent"})
        await ana.approves(card)
        await ana.verdict(case)
    await one_refund(world, ana, case, card)


@pytest.mark.parametrize("point", ASKING)
async def test_a_person_is_asked_for_altogether_or_not_at_all(
    dying: Dying, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        await ana.card()
        await dying.breaks(f"/api/customer/cases/{case['id']}/person", mira.headers, {})
        assert [one["kind"] for one in await ana.queue()] == ["proposal"]
        await mira.post(f"/api/customer/cases/{case['id']}/person")
        mission = await ana.verdict(case)
    assert [one["kind"] for one in await ana.queue()] == ["handoff"]
    await intact(ana, mission)


@promise("effects.exactly-once")
@pytest.mark.parametrize("point", DECIDING)
async def test_an_approval_that_broke_off_is_given_again_and_counts_once(
    dying: Dying, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
        body = {"kind": "approve", "digest": card["digest"], "reason": None}
        await dying.breaks(f"/api/desk/proposals/{card['id']}/decisions", ana.headers, body)
        assert rows(world.database, "select count(*) from decisions") == [(0,)]
        assert rows(world.database, "select count(*) from grants") == [(0,)]
        await ana.approves(card)
        await ana.approves(card)  # the retry of a reply that was lost
        await ana.verdict(case)
    await one_refund(world, ana, case, card)


@pytest.mark.parametrize("point", ANSWERING)
async def test_an_answer_about_an_unknown_effect_that_broke_off_changed_nothing(
    dying: Dying, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
        world.outside.by_hand("billing", BROKEN)
        await ana.approves(card)
        unknown = await ana.card(kind="unknown_effect")
        world.outside.by_hand("billing", REPAIRED)
        path = f"/api/desk/effects/{unknown['actions'][0]['effect']['grant_id']}/answers"
        await dying.breaks(path, ana.headers, {"answer": "not_happened"})
        assert [one["kind"] for one in await ana.queue()] == ["unknown_effect"]
        assert await answers(ana, case) == []
        await ana.post(path, {"answer": "not_happened"})
        await until(ana.queue, lambda items: [one["kind"] for one in items] == ["proposal"])
