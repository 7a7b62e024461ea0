"""Rows of a mission that cannot be read any more: a person gets the case, unread, and can answer in it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import answers, working
from tests.support.approved import approved, proposed
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows, untriggered
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until, world_at

CANNOT_BE_READ = "This cannot be read any more: its row was changed or damaged after it was written."
PASSED_ON = "A person will look into it and answer you here."
IT_WAS_SENT = """insert into effects (grant_id, mission_id, proposal_id, digest, state, attempt, first_sent_at)
    select g.id, p.mission_id, p.id, g.digest, 'sent', 1, now() from grants g, proposals p where p.id = g.proposal_id"""


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    """It only serves: a test lets it work with `working(world)`."""
    async with world_at(database, northwind, tmp_path, lanes=()) as here:
        yield here


def unreadable(world: World, kind: str) -> None:
    untriggered(world.database, f"update observations set payload = substr(payload, 2) where kind = '{kind}'")


async def with_a_person(world: World, ana: Agent, case: JSON) -> JSON:
    """The mission, after a person got the case; they answer in it, and nothing was sent."""
    mission = await ana.verdict(case)
    assert mission["outcome"] == "handed_off"
    assert "handoff" in [one["kind"] for one in await ana.queue()]
    await ana.post(f"/api/desk/cases/{case['id']}/messages", {"text": "I look into it myself."})
    assert world.calls("refund_payment") == 0
    return mission


@promise("missions.failure-goes-to-a-person")
@pytest.mark.parametrize("kind", ["received", "seen", "proposed"])
async def test_a_row_of_the_trace_is_shown_as_what_it_is_and_a_person_gets_the_case(
    kind: str, world: World, mira: Customer, ana: Agent
) -> None:
    case, card = await proposed(world, mira, ana)
    unreadable(world, kind)
    page = await ana.trace(card["mission_id"])
    assert {one["line"] for one in page["items"] if one["kind"] == kind} == {CANNOT_BE_READ}
    first = min(one["n"] for one in page["items"] if one["kind"] == kind)
    assert (page["verified"], page["broken"]) == (False, f"observation #{first} ({kind}) is not as it was written")
    again = await ana.card()
    shown = {one["label"]: one["quote"] for one in again["evidence"]}
    assert (CANNOT_BE_READ in shown.values()) == (kind == "seen")
    await ana.approves(again)
    async with working(world):
        if kind == "received":
            await with_a_person(world, ana, case)
        else:
            await until(ana.queue, bool)  # what it comes to, a person is asked
    assert world.calls("refund_payment") == 0


@promise("missions.failure-goes-to-a-person")
async def test_what_was_approved_and_not_sent_never_is(world: World, mira: Customer, ana: Agent) -> None:
    case, card = await approved(world, mira, ana)
    unreadable(world, "received")
    by_hand(world.database, "update missions set lane = 'turns'")
    by_hand(world.database, "delete from procrastinate_jobs")
    async with working(world):
        mission = await with_a_person(world, ana, case)
    assert rows(world.database, "select state from effects") == [("skipped",)]
    told = [one["line"] for one in (await ana.trace(mission["id"]))["items"]]
    assert [line for line in told if line.startswith("Not sent: The mission could not ")]
    assert [text for text in await answers(ana, case) if PASSED_ON in text]
    assert (await mira.sees(case, "with_person"))["messages"]
    assert (await ana.get(f"/api/desk/proposals/{card['id']}"))["state"] == "approved"


@promise("effects.unknown-waits-for-a-person")
async def test_what_may_have_been_sent_is_asked_about_though_the_mission_is_over(
    world: World, mira: Customer, ana: Agent
) -> None:
    case, _ = await approved(world, mira, ana)
    assert by_hand(world.database, IT_WAS_SENT) == 1
    by_hand(world.database, "update cases set portal_id = 'northwinx'")
    by_hand(world.database, "update missions set lane = 'turns'")
    unreadable(world, "received")
    async with working(world):
        unknown = await ana.card(kind="unknown_effect")
        grant = unknown["actions"][0]["effect"]["grant_id"]
        await ana.post(f"/api/desk/effects/{grant}/answers", {"answer": "happened"})
        await with_a_person(world, ana, case)
    assert rows(world.database, "select state from effects") == [("done",)]


@promise("missions.failure-goes-to-a-person")
@pytest.mark.parametrize(
    "statement",
    ["update trace_heads set hash = 'x'", "update trace_heads set n = 0", "delete from trace_heads"],
    ids=["no hash", "another number", "gone"],
)
async def test_a_trace_that_takes_nothing_any_more_does_not_keep_the_case_from_a_person(
    statement: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    assert by_hand(world.database, statement) == 1
    async with working(world):
        mission = await with_a_person(world, ana, case)
    assert (await ana.trace(mission["id"]))["verified"] is False


@promise("effects.unknown-waits-for-a-person")
@pytest.mark.parametrize(
    ("stood", "ends"),
    [("intent", "stale"), ("sent", "unknown"), ("checking", "unknown"), ("done", "done"), (None, "skipped")],
)
async def test_each_effect_comes_to_its_end_though_the_trace_takes_nothing_any_more(
    stood: str | None, ends: str, world: World, mira: Customer, ana: Agent
) -> None:
    case, _ = await approved(world, mira, ana)
    if stood is not None:
        assert by_hand(world.database, IT_WAS_SENT.replace("'sent'", f"'{stood}'")) == 1
    assert by_hand(world.database, "update trace_heads set n = 0") == 1
    async with working(world):
        await with_a_person(world, ana, case)
    proved = False if stood == "done" else None
    assert rows(world.database, "select state, proved from effects") == [(ends, proved)]
    assert ("unknown_effect" in {one["kind"] for one in await ana.queue()}) == (ends == "unknown")


@promise("missions.failure-goes-to-a-person")
async def test_a_case_whose_customer_is_not_there_any_more_is_answered_by_a_person(
    world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    assert by_hand(world.database, "update cases set customer_id = 'customer-nobodx'") == 1
    async with working(world):
        await with_a_person(world, ana, case)
    assert (await ana.case(case))["customer"] == "an unknown customer"
    assert len((await ana.get("/api/desk/cases"))["items"]) == 1


async def test_a_verdict_that_cannot_be_read_any_more_proves_nothing(world: World, mira: Customer, ana: Agent) -> None:
    case, _ = await approved(world, mira, ana)
    async with working(world):
        await ana.verdict(case)
    assert by_hand(world.database, "update missions set verdict = substr(verdict, 2)") == 1
    [mission] = (await ana.case(case))["missions"]
    assert (mission["verdict"], mission["proof"]) == ("The verdict cannot be read any more.", [])
