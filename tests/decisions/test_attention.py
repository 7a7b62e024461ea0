"""Who looks at what waits: it changes who reads a card, never who may sign it, and never what becomes of it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.afterwards import working
from tests.support.approved import proposed
from tests.support.held import holds, seen_by
from tests.support.record import by_hand, rows
from tests.support.world import JSON, Agent, Customer, World, until


async def only(who: Agent, view: str = "open") -> JSON:
    [item] = await who.queue(view)
    return item


async def claims(who: Agent, card: JSON, status: int = 200, *, although: bool = False) -> JSON:
    return await who.post(f"/api/desk/queue/{card['id']}/claim", {"although": although}, status)


async def gives(who: Agent, card: JSON, to: str | None, status: int = 200, note: str = "") -> JSON:
    return await who.post(f"/api/desk/queue/{card['id']}/give", {"to": to, "note": note}, status)


async def puts_aside(who: Agent, card: JSON, until: datetime | None, status: int = 200) -> JSON:
    said = until.isoformat() if until else None
    return await who.post(f"/api/desk/queue/{card['id']}/aside", {"until": said}, status)


async def test_two_people_do_not_read_the_same_card(world: World, mira: Customer, ana: Agent) -> None:
    ben = await world.agent("ben")
    _, card = await proposed(world, mira, ana)
    assert (await claims(ana, card))["mine"]
    assert (await claims(ana, card))["mine"], "to go on reading"
    seen = (await only(ben))["attention"]
    assert (seen["claimed_by"], seen["mine"]) == ("Ana Reyes", False)
    refused = await claims(ben, card, 409)
    assert "Ana Reyes reads this just now (for 5 more minutes" in refused["message"]
    assert (await claims(ben, card, although=True))["claimed_by"] == "Ben Okafor"
    await ana.deletes(f"/api/desk/queue/{card['id']}/claim", 200)
    assert (await only(ana))["attention"]["claimed_by"] == "Ben Okafor", "nobody ends another's claim"
    await ben.deletes(f"/api/desk/queue/{card['id']}/claim", 200)
    assert (await only(ana))["attention"] is None


async def test_a_claim_keeps_nobody_from_deciding_and_is_over_by_itself(
    world: World, mira: Customer, ana: Agent
) -> None:
    ben = await world.agent("ben")
    _, card = await proposed(world, mira, ana)
    await claims(ben, card)
    by_hand(world.database, "update attention set claimed_until = clock_timestamp() - interval '1 second'")
    assert (await claims(ana, card))["claimed_by"] == "Ana Reyes"
    await ben.approves(card)
    assert rows(world.database, "select count(*) from attention") == [(0,)], "it waits no longer"
    await claims(ana, card, 404)


async def test_what_is_given_to_somebody_stands_among_theirs(world: World, mira: Customer, ana: Agent) -> None:
    sara, ben = await world.agent("sara"), await world.agent("ben")
    _, card = await proposed(world, mira, ana)
    colleagues = (await ana.get("/api/desk/colleagues"))["items"]
    assert {one["role"] for one in colleagues} == {"agent", "supervisor"}
    his = next(one["id"] for one in colleagues if one["name"] == "Ben Okafor")
    assert await ben.queue("mine") == []
    await gives(ana, card, his, note="He knows this customer")
    seen = (await only(ben, "mine"))["attention"]
    assert (seen["given_to"], seen["given_by"], seen["note"]) == ("Ben Okafor", "Ana Reyes", "He knows this customer")
    assert await ana.queue("mine") == []
    await gives(ben, card, "supervisor")
    assert [one["id"] for one in await sara.queue("mine")] == [card["id"]]
    assert await ben.queue("mine") == []
    await gives(sara, card, None)
    assert (await only(ana))["attention"]["given_to"] is None
    assert (await gives(ana, card, "staff-nobody", 404))["message"].startswith("There is no such colleague")
    assert "at most 500 characters" in (await gives(ana, card, his, 422, note="x" * 501))["message"]


async def test_what_was_put_aside_comes_back_by_itself(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    soon = datetime.now(UTC) + timedelta(hours=2)
    await puts_aside(ana, card, soon)
    assert await ana.queue() == []
    page = await ana.get("/api/desk/proposals")
    assert (page["waiting"], page["aside"]) == (0, 1)
    assert (await only(ana, "aside"))["attention"]["aside_by"] == "Ana Reyes"
    by_hand(world.database, "update attention set aside_until = clock_timestamp() - interval '1 second'")
    assert (await only(ana))["id"] == card["id"]
    for never in (datetime.now(UTC) - timedelta(hours=1), datetime.now(UTC) + timedelta(days=99)):
        assert "between now and 14 days" in (await puts_aside(ana, card, never, 422))["message"]
    await puts_aside(ana, card, None)


async def test_who_only_looks_attends_to_nothing(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    otto = await world.agent("otto")
    assert "looks, but does not decide" in (await claims(otto, card, 403))["message"]
    await gives(otto, card, "supervisor", 403)
    await puts_aside(otto, card, None, 403)
    await otto.post(f"/api/desk/proposals/{card['id']}/take-over", {}, 403)
    await otto.post(f"/api/desk/proposals/{card['id']}/ask", {"question": "Which card?"}, 403)
    assert (await only(ana))["attention"] is None


async def test_what_waits_too_long_goes_to_the_supervisors_and_is_never_decided_by_that(
    world: World, mira: Customer, ana: Agent
) -> None:
    sara = await world.agent("sara")
    case, card = await proposed(world, mira, ana)
    await puts_aside(ana, card, datetime.now(UTC) + timedelta(hours=2))
    assert await sara.queue("late") == []
    by_hand(world.database, "update proposals set due_at = clock_timestamp() - interval '1 minute'")
    async with working(world):
        await until(lambda: sara.queue("mine"), bool)
    assert (await only(ana, "late"))["late"], "it is not aside any more"
    mission = (await ana.case(case))["missions"][-1]["id"]
    late = [one for one in (await ana.trace(mission))["items"] if one["kind"] == "late"]
    assert [one["detail"]["to"] for one in late] == ["supervisors"]
    assert (await seen_by(ana, card))["state"] == "open"
    assert rows(world.database, "select count(*) from grants") == [(0,)]


async def test_the_customer_is_asked_first_and_the_worker_goes_on_from_the_answer(
    world: World, mira: Customer, ana: Agent
) -> None:
    case, card = await proposed(world, mira, ana)
    await holds(await world.agent("ben"), card)
    asked = await ana.post(f"/api/desk/proposals/{card['id']}/ask", {"question": "Is it card 4242?"}, 201)
    assert (asked["state"], asked["can"]) == ("withdrawn", [])
    assert [one["standing"] for one in asked["decisions"]] == ["stopped"]
    said = (await mira.get(f"/api/customer/cases/{case['id']}"))["messages"][-1]
    assert (said["author"], said["text"]) == ("person", "Is it card 4242?")
    await ana.approves(card, status=409)
    async with working(world):
        await mira.post(f"/api/customer/cases/{case['id']}/messages", {"text": "Yes, it is."}, 201)
        again = await until(ana.queue, bool)
    assert again[0]["id"] != card["id"]
    assert world.calls("refund_payment") == 0


async def test_a_person_takes_the_case_over_and_nothing_of_it_runs(world: World, mira: Customer, ana: Agent) -> None:
    case, card = await proposed(world, mira, ana)
    taken = await ana.post(f"/api/desk/proposals/{card['id']}/take-over", {}, 201)
    assert taken["state"] == "withdrawn"
    mission = await ana.verdict(case)
    assert (mission["outcome"], await ana.queue()) == ("handed_off", [])
    seen = await mira.get(f"/api/customer/cases/{case['id']}")
    assert seen["messages"][-1]["text"] == "You are now talking with Ana Reyes."
    conflict = await (await world.agent("ben")).post(f"/api/desk/proposals/{card['id']}/take-over", {}, 409)
    assert conflict["current"]["state"] == "withdrawn"
    await mira.post(f"/api/customer/cases/{case['id']}/messages", {"text": "Hello?"}, 201)
    assert (await only(ana))["kind"] == "handoff"


async def test_what_is_sent_back_says_why_and_a_fixed_procedure_cannot_follow(
    world: World, mira: Customer, ana: Agent
) -> None:
    case, card = await proposed(world, mira, ana)
    assert "needs words" in (await ana.decides(card, "respond", status=422))["message"]
    assert "at most 2,000" in (await ana.decides(card, "respond", reason="x" * 2_001, status=422))["message"]
    back = await ana.decides(card, "respond", reason="Refund half of it")
    assert back["state"] == "responded"
    conflict = await (await world.agent("ben")).approves(card, status=409)
    assert "Ana Reyes has sent this back to the worker" in conflict["message"]
    async with working(world):
        mission = await ana.verdict(case)
    assert mission["outcome"] == "handed_off"
    assert "Refund half of it" in mission["verdict"]
    assert world.calls("refund_payment") == 0


@pytest.mark.parametrize("item", ["proposal-nobody", "mission-nobody"])
async def test_what_does_not_wait_cannot_be_claimed(item: str, world: World, ana: Agent) -> None:
    assert "does not wait any more" in (await claims(ana, {"id": item}, 404))["message"]
