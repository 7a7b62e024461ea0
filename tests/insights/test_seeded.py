"""Test proposals: they look like any other, no door leads from them to a grant, and they are revealed at once."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy.exc import IntegrityError

from missiondesk.decisions import Action, Origin, Proposal, mint_grants
from missiondesk.ids import ConnectionId, CustomerId
from missiondesk.insights import seed, seeded
from missiondesk.insights.spoiling import spoilt
from tests.insights.planted import carried_out, planted, waits
from tests.promises import promise
from tests.support.edited import edits, tries
from tests.support.held import seen_by
from tests.support.record import by_hand, rows
from tests.support.world import ALL, JSON, Agent, Customer, World
from tests.terminal.test_commands import typed

BEFORE = "select " + ", ".join(
    f"(select count(*) from {table})"
    for table in ("grants", "effects", "observations", "proposals", "decisions", "messages")
)


async def test_it_looks_like_any_other_in_list_card_trace_case_and_form(
    world: World, mira: Customer, ana: Agent
) -> None:
    case, past = await carried_out(world)
    real = await waits(world)
    item = await planted(world, real)
    assert (await ana.get("/api/desk/proposals"))["waiting"] == 2
    [like] = [one for one in await ana.queue() if one["id"] == real["id"]]
    assert {name for name in like if like[name]} ^ {name for name in item if item[name]} <= {"attention"}
    card = await ana.get(f"/api/desk/proposals/{item['id']}")
    assert (set(card), card["state"], card["test"], card["decisions"]) == (set(real), "open", None, [])
    sara = await world.agent("sara")
    assert (await sara.get(f"/api/desk/proposals/{item['id']}"))["can"] == (await seen_by(sara, real))["can"] == ALL
    assert card["digest"] != past["digest"]
    assert card["since"] > past["since"]
    assert len(card["messages"]) == len(real["messages"]), "what came afterwards in the past case is not shown"
    trace = await ana.trace(card["mission_id"])
    assert [one["kind"] for one in trace["items"]] == [
        one["kind"] for one in (await ana.trace(real["mission_id"]))["items"]
    ]
    assert {one["mission_id"] for one in trace["items"]} == {card["mission_id"]}
    assert trace["items"][-2]["line"] == f"Proposed: {card['title']}"
    assert trace["verified"]
    shown, of_real = (
        await ana.get(f"/api/desk/cases/{card['case_id']}"),
        await ana.get(f"/api/desk/cases/{real['case_id']}"),
    )
    assert (shown["missions"][0]["waits_for"], set(shown)) == ("decision", set(of_real))
    assert (await ana.get(f"/api/desk/proposals/{item['id']}/edit"))["digest"] == card["digest"]
    assert (await tries(sara, card, message="Other words."))["changes"][0]["after"] == "Other words."
    await ana.post(f"/api/desk/queue/{item['id']}/claim", {}, 200)
    assert rows(world.database, "select count(*) from waiting") == [(1,)], "who acts on what waits does not see it"
    assert case["id"] not in (card["case_id"], real["case_id"])


@promise("insights.tests-never-run")
@pytest.mark.parametrize("act", ["approve", "reject", "respond", "edit", "ask", "take-over"])
async def test_no_door_leads_to_a_grant_and_each_answer_is_revealed_at_once(
    act: str, world: World, mira: Customer, ana: Agent
) -> None:
    await carried_out(world)
    real = await waits(world)
    item = await planted(world, real)
    card = await ana.get(f"/api/desk/proposals/{item['id']}")
    before = rows(world.database, BEFORE)
    supervisor = await world.agent("sara")
    after = await _acts(supervisor, card, act)
    assert (after["state"], after["can"]) == ("test", [])
    told = after["test"]
    assert (told["kind"], told["by"], told["caught"]) == (act.replace("-", "_"), "Sara Lindqvist", act != "approve")
    assert told["sentence"].startswith("This was a test: ")
    assert ("You approved it." if act == "approve" else "You noticed.") in told["sentence"]
    assert rows(world.database, BEFORE) == before, "nothing was granted, sent, told or written into any trace"
    assert [one["id"] for one in await ana.queue()] == [real["id"]]
    assert (await _acts(supervisor, card, act))["test"] == told, "the same again is the same"
    late = await ana.post(f"/api/desk/proposals/{card['id']}/decisions", _answer(card, "approve"), 409)
    assert (late["current"]["state"], "Sara Lindqvist" in late["message"]) == ("test", True)


async def _acts(who: Agent, card: JSON, act: str) -> JSON:
    if act == "edit":
        wrong = next(one for one in card["actions"][0]["arguments"] if one["name"] == "amount")["value"]
        less = {"minor": wrong["minor"] - 100, "currency": wrong["currency"]}
        again = (await who.get(f"/api/desk/proposals/{card['id']}"))["state"] == "test"
        return await who.get(f"/api/desk/proposals/{card['id']}") if again else await edits(who, card, amount=less)
    if act in ("ask", "take-over"):
        return await who.post(f"/api/desk/proposals/{card['id']}/{act}", {"question": "Which?"} if act == "ask" else {})
    return await who.post(f"/api/desk/proposals/{card['id']}/decisions", _answer(card, act))


def _answer(card: JSON, kind: str) -> JSON:
    return {"kind": kind, "digest": card["digest"], "reason": None if kind == "approve" else "Look again.", "undo": 10}


@promise("insights.tests-never-run")
async def test_crafted_requests_reach_nothing(world: World, mira: Customer, ana: Agent) -> None:
    await carried_out(world)
    real = await waits(world)
    item = await planted(world, real)
    card = await ana.get(f"/api/desk/proposals/{item['id']}")
    before = rows(world.database, BEFORE)
    both = {"items": [{"id": one["id"], "digest": one["digest"]} for one in (real, card)], "count": 2}
    assert [one["id"] for one in (await ana.post("/api/desk/batches/preview", both, 200))["outliers"]] == [card["id"]]
    refused = await ana.post("/api/desk/batches", both, 409)
    assert "by itself" in refused["message"]
    sara, path = await world.agent("sara"), f"/api/desk/proposals/{card['id']}/decisions"
    assert (await sara.post(path, {"kind": "approve", "digest": "0"}, 409))["code"] == "changed"
    await sara.post(path, {"kind": "reject", "digest": card["digest"]}, 422)
    assert "needs a supervisor" in (await ana.post(path, _answer(card, "approve"), 403))["message"]
    otto = await world.agent("otto")
    await otto.post(f"/api/desk/proposals/{card['id']}/decisions", _answer(card, "approve"), 403)
    await ana.post(f"/api/desk/effects/{card['id']}/answers", {"answer": "happened"}, 404)
    await ana.post(f"/api/desk/cases/{card['case_id']}/messages", {"text": "Hello?"}, 404)
    await ana.deletes(f"/api/desk/decisions/{card['id']}", 404)
    assert rows(world.database, BEFORE) == before
    with pytest.raises(IntegrityError, match="grants_proposal_id_fkey"):
        async with world.here.parts.database.transaction() as tx:
            await mint_grants(tx, cast("Proposal", await seeded(tx, card["id"])))
    assert rows(world.database, BEFORE) == before
    await mira.get(f"/api/customer/cases/{card['case_id']}", 404)


async def test_it_is_revealed_in_a_terminal_too(world: World, mira: Customer, ana: Agent, tmp_path: Path) -> None:
    await carried_out(world)
    item = await planted(world, await waits(world))
    login = ("login", "--email", "sara@northwind.example", "--url", str(world.api.base_url))
    await typed(world, tmp_path, *login, MISSIONDESK_PASSWORD="sara-sets-the-limits")
    assert "This was a test" not in await typed(world, tmp_path, "decisions", "show", item["id"])
    answer = ("decisions", "approve", item["id"], "--seen", item["digest"][:12])
    assert "You approved it. Nothing was sent" in await typed(world, tmp_path, *answer)
    assert "This was a test: the amount" in await typed(world, tmp_path, "decisions", "show", item["id"])


async def test_one_that_nobody_answers_is_never_late_and_goes_without_a_word(
    world: World, mira: Customer, ana: Agent
) -> None:
    await carried_out(world)
    real = await waits(world)
    await planted(world, real)
    by_hand(world.database, "update test_proposals set due_at = clock_timestamp() - interval '1 second'")
    page = await ana.get("/api/desk/proposals?view=late")
    assert ([*page["items"]], page["late"], page["waiting"]) == ([], 0, 1)


async def test_the_rate_says_beside_how_many_one_stands_and_each_past_one_is_used_once(
    world: World, mira: Customer, ana: Agent
) -> None:
    _, past = await carried_out(world)
    await waits(world)
    parts = world.here.parts
    assert await seed(parts, 0) == 0
    assert await seed(parts, 1.0) == 1
    assert await seed(parts, 1.0) == 0
    assert rows(world.database, "select source from test_proposals") == [(past["id"],)]


def test_one_thing_is_made_wrong_and_said_so() -> None:
    mine, theirs = refund("mira", 4990), refund("tomas", 64000)
    found = [spoilt(mine, [mine, theirs], turn) for turn in range(3)]
    told = [(one.wrong, one.argument, one.reveals) for one in found if one]
    assert told == [
        ("amount", "amount", "the amount, €640.00, is another payment's; it was €49.90."),
        ("record", "payment", "the payment, pay-tomas, is another customer's; it was pay-mira."),
        ("source", "amount", "the amount, €53.90, stands in no record; it was €49.90."),
    ]
    for one in found:
        assert one is not None
        changed = {name for name, value in one.action.arguments.items() if value != mine.arguments[name]}
        assert (changed, one.action.customer) == ({one.argument}, mine.customer)
    assert found[0] is not None
    assert found[0].told("You get €49.90 back.") == "You get €640.00 back."
    words = replace(mine, arguments={"note": "Hello"}, lineage={"note": Origin("customer", "their words")})
    assert spoilt(words, [theirs], 0) is None, "nothing in it could be wrong"


def refund(customer: str, minor: int) -> Action:
    arguments = {"payment": f"pay-{customer}", "amount": {"minor": minor, "currency": "EUR"}, "customer": customer}
    record = Origin("record", "Payments (Billing)", 3, "$.payments[0]")
    lineage = {"payment": record, "amount": record, "customer": Origin("bound", "bound")}
    return Action(
        ConnectionId("billing"),
        "refund",
        arguments,
        "pin",
        "terms",
        CustomerId(customer),
        (),
        "p",
        datetime.now(UTC),
        lineage,
    )
