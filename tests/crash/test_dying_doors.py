"""The web dies as a person says something to it, just before or just after that is committed.

It was said altogether or not at all. The person gets no reply either way, says it again, and it counts once.
"""

from collections.abc import AsyncGenerator

import httpx
import pytest

from tests.crash.points import ADDING, ANSWERING, ASKING, DECIDING, EDITING, IN_HAND, WRITING
from tests.promises import promise
from tests.support.afterwards import answers, intact, one_refund, working
from tests.support.approved import next_card
from tests.support.by_hand import BROKEN, REPAIRED
from tests.support.edited import LESS, arguments_of
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
    all_of_it = (
        "select (select count(*) from cases), (select count(*) from messages), (select count(*) from missions), "
        "(select count(*) from procrastinate_jobs), (select count(*) from observations)"
    )
    assert rows(world.database, all_of_it) == [(1,) * 5 if committed(point) else (0,) * 5]
    case = await mira.post("/api/customer/cases", said, key="k1")
    assert rows(world.database, all_of_it) == [(1,) * 5]
    async with working(world):
        card = await ana.card()
        await ana.approves(card)
        await ana.verdict(case)
    await one_refund(world, ana, case, card)


@pytest.mark.parametrize("point", ADDING)
async def test_a_message_takes_back_what_waits_with_it_or_is_not_there(
    dying: Dying, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
    path, said = f"/api/customer/cases/{case['id']}/messages", {"text": "It is urgent"}
    await dying.breaks(path, {**mira.headers, "Idempotency-Key": "k2"}, said)
    closed = "superseded" if committed(point) else None
    assert rows(world.database, "select closed from proposals") == [(closed,)]
    await mira.post(path, said, key="k2")
    async with working(world):
        again = await next_card(ana, card)
        await ana.approves(again)
        mission = await ana.verdict(case)
    heard = [one["line"] for one in await intact(ana, mission) if one["kind"] == "received"]
    assert len(heard) == 2
    assert world.calls("refund_payment") == 1


@pytest.mark.parametrize("point", ASKING)
async def test_a_person_is_asked_for_altogether_or_not_at_all(
    dying: Dying, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        await ana.card()
        await dying.breaks(f"/api/customer/cases/{case['id']}/person", mira.headers, {})
        waits = "handoff" if committed(point) else "proposal"
        assert [one["kind"] for one in await ana.queue()] == [waits]
        await mira.post(f"/api/customer/cases/{case['id']}/person")
        mission = await ana.verdict(case)
    assert [one["kind"] for one in await ana.queue()] == ["handoff"]
    await intact(ana, mission)


@promise("effects.exactly-once")
@pytest.mark.parametrize("point", DECIDING)
async def test_an_approval_whose_reply_never_came_is_given_again_and_counts_once(
    dying: Dying, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
        await dying.breaks(*answer(ana, card, "approve"))
        for table in ("decisions", "grants"):
            assert rows(world.database, f"select count(*) from {table}") == [(int(committed(point)),)]
        await ana.approves(card)
        await ana.approves(card)  # the retry of a reply that was lost
        await ana.verdict(case)
    await one_refund(world, ana, case, card)


@pytest.mark.parametrize("point", DECIDING)
async def test_a_rejection_whose_reply_never_came_is_given_again_and_counts_once(
    dying: Dying, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
        await dying.breaks(*answer(ana, card, "reject"))
        assert rows(world.database, "select count(*) from decisions") == [(int(committed(point)),)]
        await ana.rejects(card, "Not this one")
        mission = await ana.verdict(case)
    assert mission["outcome"] == "declined"
    kinds = [one["kind"] for one in await intact(ana, mission)]
    assert (kinds.count("decided"), kinds.count("granted")) == (1, 0)
    assert world.calls("refund_payment") == 0


@pytest.mark.parametrize("point", IN_HAND)
@pytest.mark.parametrize("how", ["ask", "take-over"])
async def test_what_a_person_does_beside_answering_is_done_altogether_or_not_at_all(
    dying: Dying, point: str, how: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
    path, body = f"/api/desk/proposals/{card['id']}/{how}", {"question": "Is it card 4242?"}
    await dying.breaks(path, ana.headers, body)
    closed = "withdrawn" if committed(point) else None
    assert rows(world.database, "select closed from proposals") == [(closed,)]
    said = (await mira.get(f"/api/customer/cases/{case['id']}"))["messages"]
    assert len(said) == (2 if committed(point) else 1)
    await ana.post(path, body, 409 if committed(point) else 201)
    assert len((await mira.get(f"/api/customer/cases/{case['id']}"))["messages"]) == 2
    await intact(ana, (await ana.case(case))["missions"][-1])
    assert world.calls("refund_payment") == 0


@promise("decisions.an-edit-voids-approvals")
@pytest.mark.parametrize("point", EDITING)
async def test_an_edit_whose_reply_never_came_is_made_again_and_is_one(
    dying: Dying, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    ben = await world.agent("ben")
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
        path = f"/api/desk/proposals/{card['id']}/edit"
        body = {"digest": card["digest"], "actions": [{"position": 0, "arguments": arguments_of(card, amount=LESS)}]}
        await dying.breaks(path, {**ana.headers, "Idempotency-Key": "k3"}, body)
        closed = [("edited",), (None,)] if committed(point) else [(None,)]
        assert rows(world.database, "select closed from proposals order by revision") == closed
        assert rows(world.database, "select count(*) from decisions") == [(int(committed(point)),)]
        new = await ana.post(path, body, key="k3")
        assert rows(world.database, "select closed from proposals order by revision") == [("edited",), (None,)]
        await ben.approves(new)
        mission = await ana.verdict(case)
    kinds = [one["kind"] for one in await intact(ana, mission)]
    assert (kinds.count("decided"), kinds.count("proposed"), kinds.count("granted")) == (2, 2, 1)
    assert [row[:3] for row in world.refunds()] == [("pay_7702", 3990, "EUR")]


@pytest.mark.parametrize("point", ANSWERING)
async def test_an_answer_about_an_unknown_effect_counts_altogether_or_changes_nothing(
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
    assert await answers(ana, case) == []
    assert [one["kind"] for one in await ana.queue()] == ([] if committed(point) else ["unknown_effect"])
    await ana.post(path, {"answer": "not_happened"}, status=409 if committed(point) else 201)
    async with working(world):
        await until(ana.queue, lambda items: [one["kind"] for one in items] == ["proposal"])
    assert rows(world.database, "select state from effects") == [("failed",)]


def committed(point: str) -> bool:
    return point.endswith(".after_commit")


def answer(ana: Agent, card: JSON, kind: str) -> tuple[str, dict[str, str], JSON]:
    body = {"kind": kind, "digest": card["digest"], "reason": "Not this one" if kind == "reject" else None}
    return f"/api/desk/proposals/{card['id']}/decisions", ana.headers, body
