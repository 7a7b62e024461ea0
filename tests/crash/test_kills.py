"""Three kills that everybody asks about: in the middle of the investigation, right after the refund, while it waits."""

from collections import Counter

import pytest

from tests.promises import promise
from tests.support.afterwards import intact, one_refund
from tests.support.doorway import Doorway, doorway
from tests.support.processes import Crew
from tests.support.record import by_hand, rows, untriggered
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until


@promise("missions.another-process-takes-over")
async def test_killed_in_the_middle_of_the_investigation_another_process_goes_on_from_what_was_seen(
    world: World, crew: Crew, mira: Customer, ana: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with doorway(world.outside.urls["billing"]) as door:
        door.hold()  # so that the worker is still looking when it is killed
        first = crew.worker(forked=True, NORTHWIND_BILLING_URL=door.url)
        case = await mira.writes(CHARGED_TWICE)
        await until(lambda: seen(world), lambda tools: "shop.get_order" in tools)
        first.kill()
        assert rows(world.database, "select count(*) from proposals") == [(0,)]
    second = crew.worker(forked=True)
    card = await ana.card()
    await ana.approves(card)
    mission = await ana.verdict(case)
    second.kill()
    await one_refund(world, ana, case, card)
    before_the_proposal = Counter(one["source"] for one in (await intact(ana, mission))[:7] if one["kind"] == "seen")
    assert before_the_proposal == {"Shop": 1, "Billing": 1}, "what was seen was not read again"


@promise("effects.exactly-once")
async def test_killed_right_after_billing_made_the_refund_it_is_not_made_again(
    world: World, crew: Crew, mira: Customer, ana: Agent
) -> None:
    first = crew.worker(crash_at="effects.called")
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    await ana.approves(card)
    await first.died()
    await another_finishes_a_refund_that_was_made(world, crew, ana, case, card)


@promise("effects.exactly-once")
async def test_killed_while_billings_answer_is_on_its_way_the_refund_is_not_made_again(
    world: World, crew: Crew, mira: Customer, ana: Agent
) -> None:
    async with doorway(world.outside.urls["billing"]) as door:
        door.loses_answers_of, door.keeps_line = "refund_payment", True
        first = crew.worker(forked=True, NORTHWIND_BILLING_URL=door.url)
        case = await mira.writes(CHARGED_TWICE)
        card = await ana.card()
        await ana.approves(card)
        await until(lambda: lost(door), lambda count: count == 1)
        first.kill()
    await another_finishes_a_refund_that_was_made(world, crew, ana, case, card)


async def another_finishes_a_refund_that_was_made(world: World, crew: Crew, ana: Agent, case: JSON, card: JSON) -> None:
    assert [row[:3] for row in world.refunds()] == [("pay_7702", 4990, "EUR")]
    assert rows(world.database, "select state, reference from effects") == [("sent", None)]
    crew.worker(forked=True)
    await ana.verdict(case)
    await one_refund(world, ana, case, card)
    assert world.calls("refund_payment") == 1, "it is looked for before it is sent again"


@promise("missions.waiting-holds-nothing")
async def test_killed_while_the_proposal_waits_the_next_process_carries_it_out(
    world: World, crew: Crew, mira: Customer, ana: Agent
) -> None:
    first = crew.worker(forked=True)
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    await until(lambda: jobs(world), lambda count: count == 0)
    first.kill()
    await ana.approves(card)
    assert world.calls("refund_payment") == 0, "nobody is there to carry it out"
    crew.worker(forked=True)
    await ana.verdict(case)
    await one_refund(world, ana, case, card)
    assert world.calls("refund_payment") == 1


@promise("missions.another-process-takes-over")
async def test_a_nudge_that_was_lost_is_not_a_lost_mission(
    world: World, crew: Crew, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    assert by_hand(world.database, "delete from procrastinate_jobs") == 1
    crew.worker(forked=True)
    card = await ana.card()
    await ana.approves(card)
    await ana.verdict(case)
    await one_refund(world, ana, case, card)


@promise("effects.unknown-waits-for-a-person")
async def test_a_turn_that_cannot_go_on_after_something_may_have_been_sent_asks_a_person(
    world: World, crew: Crew, mira: Customer, ana: Agent
) -> None:
    first = crew.worker(forked=True, crash_at="effects.sent.after_commit")
    case = await mira.writes(CHARGED_TWICE)
    await ana.approves(await ana.card())
    await first.died()
    evidence = "delete from observations where kind = 'seen' and payload like '%list_payments%'"
    untriggered(world.database, evidence)  # so that what comes next fails, each time, in a way that nobody foresaw
    crew.worker(forked=True)
    await ana.card(kind="unknown_effect")
    await mira.sees(case, "being_checked")
    assert rows(world.database, "select state from effects") == [("unknown",)]
    assert world.calls("refund_payment") == 0


async def seen(world: World) -> set[str]:
    found = rows(world.database, "select payload::json->>'tool' from observations where kind = 'seen'")
    return {tool for (tool,) in found}


async def lost(door: Doorway) -> int:
    return door.lost


async def jobs(world: World) -> int:
    return rows(world.database, "select count(*) from procrastinate_jobs")[0][0]
