"""The same where the mission takes another way: a question, a person, a refusal, a system that is away, a model."""

from collections import Counter

import pytest

from tests.crash.points import AWAY, EFFECTS_FIRST, MODEL, PERSON, QUESTION, REFUSED, SKIPPED, STALE, UNKNOWN
from tests.promises import promise
from tests.support.afterwards import answers, intact, relieved, working
from tests.support.approved import next_card
from tests.support.by_hand import BROKEN, REFUND_BY_HAND, REPAIRED, refund_by_hand
from tests.support.doorway import Doorway, doorway
from tests.support.playing import good_model
from tests.support.processes import Crew, Process
from tests.support.record import rows
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until

IMPATIENT = "1.5"


@pytest.mark.parametrize("point", QUESTION)
async def test_a_question_is_asked_once(doomed: Process, point: str, world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes("I was charged twice and want my money back")
    async with relieved(world, doomed):
        await mira.sees(case, "your_answer")
        await doomed.died()
        await until(lambda: nothing_runs(world), bool)
        [question] = await answers(ana, case)
        assert question.startswith("Which order")
        await mira.adds(case, "It is 4471")
        assert (await ana.card())["title"] == "Refund €49.90 of payment pay_7702"


@promise("missions.failure-goes-to-a-person")
@pytest.mark.parametrize("point", PERSON)
async def test_a_case_is_handed_to_a_person_once(
    doomed: Process, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes("Do you also sell curtains in a darker green than the ones on your page?")
    async with relieved(world, doomed):
        mission = await ana.verdict(case)
    assert [one["kind"] for one in await ana.queue()] == ["handoff"]
    kinds = Counter(one["kind"] for one in await intact(ana, mission))
    assert (kinds["handed_off"], kinds["told"], kinds["concluded"]) == (1, 1, 1)
    assert len(await answers(ana, case)) == 1


@promise("effects.stale-evidence-stops")
@pytest.mark.parametrize("point", STALE)
async def test_what_has_changed_meanwhile_is_not_sent_by_anybody(
    doomed: Process, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with relieved(world, doomed):
        first = await ana.card()
        world.outside.by_hand("billing", REFUND_BY_HAND)
        await ana.approves(first)
        second = await next_card(ana, first)
        assert second["stale"]["approvals_void"] == ["Ana Reyes"]
        await ana.approves(second)
        mission = await ana.verdict(case)
    assert count_of(await intact(ana, mission), "stale") == 1
    assert world.calls("refund_payment") == 0


@pytest.mark.parametrize("point", SKIPPED)
async def test_what_comes_after_an_action_that_was_not_done_is_skipped_once(
    doomed: Process, point: str, world: World, ana: Agent
) -> None:
    aiko = await world.customer("aiko")
    case = await aiko.writes("You charged my card three times for order 4556!")
    async with relieved(world, doomed):
        first = await ana.card()
        payment, other = (argument(action, "payment_id") for action in first["actions"])
        refund_by_hand(world.outside, payment)
        await ana.approves(first)
        second = await next_card(ana, first)
        assert [argument(action, "payment_id") for action in second["actions"]] == [other]
        await ana.approves(second)
        mission = await ana.verdict(case)
    assert count_of(await intact(ana, mission), "skipped") == 1
    assert [row[0] for row in world.refunds()] == [other]


@pytest.mark.parametrize("point", REFUSED)
async def test_a_refusal_is_heard_or_asked_about(
    point: str, world: World, crew: Crew, mira: Customer, ana: Agent
) -> None:
    async with doorway(world.outside.urls["billing"]) as door:
        door.stop("refund_payment")
        doomed = crew.worker(
            crash_at=point, forked=True, MISSIONDESK_DEAD_AFTER=IMPATIENT, NORTHWIND_BILLING_URL=door.url
        )
        case = await mira.writes(CHARGED_TWICE)
        async with relieved(world, doomed):
            card = await ana.card()
            await ana.approves(card)
            await until(lambda: stopped_at(door), bool)
            world.outside.by_hand("billing", REFUND_BY_HAND)  # after the evidence was read again
            door.may_go_on()
            if point == "effects.failed.before":  # nobody has heard the refusal
                unknown = await ana.card(kind="unknown_effect")
                grant = unknown["actions"][0]["effect"]["grant_id"]
                await ana.post(f"/api/desk/effects/{grant}/answers", {"answer": "not_happened"})
            mission = await ana.verdict(case)
    assert mission["outcome"] == "explained"
    assert count_of(await intact(ana, mission), "failed") == (0 if point == "effects.failed.before" else 1)
    [told] = await answers(ana, case)
    assert "has been refunded already" in told
    assert world.refunds() == []
    assert world.calls("refund_payment") == 1


@promise("effects.unknown-waits-for-a-person")
@pytest.mark.parametrize("point", UNKNOWN)
async def test_what_nobody_knows_waits_for_a_person_whoever_died(
    doomed: Process, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with relieved(world, doomed):
        card = await ana.card()
        world.outside.by_hand("billing", BROKEN)
        await ana.approves(card)
        await mira.sees(case, "being_checked")
        unknown = await ana.card(kind="unknown_effect")
    assert await answers(ana, case) == []
    world.outside.by_hand("billing", REPAIRED)
    async with working(world):
        grant = unknown["actions"][0]["effect"]["grant_id"]
        await ana.post(f"/api/desk/effects/{grant}/answers", {"answer": "not_happened"})
        again = await next_card(ana, card)
        await ana.approves(again)
        await ana.verdict(case)
    assert [row[0] for row in world.refunds()] == ["pay_7702"]


@pytest.mark.parametrize("point", AWAY)
async def test_what_was_put_off_is_sent_once_when_the_system_is_back(
    point: str, world: World, crew: Crew, mira: Customer, ana: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with doorway(world.outside.urls["billing"]) as door:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", door.url)
        doomed = crew.worker(crash_at=point, forked=True, MISSIONDESK_DEAD_AFTER=IMPATIENT)
        case = await mira.writes(CHARGED_TWICE)
        async with relieved(world, doomed):
            card = await ana.card()
            door.shut()
            await ana.approves(card)
            await doomed.died()
            assert world.calls("refund_payment") == 0
            door.open()
            mission = await ana.verdict(case)
    assert mission["outcome"] == "resolved"
    assert count_of(await intact(ana, mission), "done") == 1
    assert world.calls("refund_payment") == 1


@pytest.mark.parametrize("point", EFFECTS_FIRST)
async def test_what_was_put_off_comes_before_what_the_customer_writes_meanwhile(
    point: str, world: World, crew: Crew, mira: Customer, ana: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with doorway(world.outside.urls["billing"]) as door:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", door.url)
        doomed = crew.worker(crash_at=point, forked=True, MISSIONDESK_DEAD_AFTER=IMPATIENT)
        case = await mira.writes(CHARGED_TWICE)
        async with relieved(world, doomed):
            card = await ana.card()
            door.shut()
            await ana.approves(card)
            await until(lambda: waits_for(world), lambda it: it == "effect")
            await mira.adds(case, "It is urgent")
            await doomed.died()
            door.open()
            [first, _] = await until(lambda: missions_of(ana, case), lambda found: len(found) == 2)
    assert first["outcome"] == "resolved"
    assert count_of(await intact(ana, first), "done") == 1
    assert world.calls("refund_payment") == 1


@promise("missions.another-process-takes-over")
@pytest.mark.parametrize("point", MODEL)
async def test_a_model_is_not_asked_again_for_what_it_has_answered(
    point: str, crew: Crew, world: World, mira: Customer, ana: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    with good_model() as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        monkeypatch.setenv("OPENAI_API_KEY", "none is needed")
        doomed = crew.worker(
            crash_at=point, forked=True, MISSIONDESK_DEAD_AFTER=IMPATIENT, MISSIONDESK_MODEL="openai:scripted"
        )
        case = await mira.writes(CHARGED_TWICE)
        await doomed.died()
        other = crew.worker(forked=True, MISSIONDESK_DEAD_AFTER=IMPATIENT, MISSIONDESK_MODEL="openai:scripted")
        await ana.approves(await ana.card())
        mission = await ana.verdict(case)
        assert other.alive
    assert mission["outcome"] == "resolved"
    await intact(ana, mission)
    assert [row[:3] for row in world.refunds()] == [("pay_7702", 4990, "EUR")]
    assert len(model.asked) == 3, "one answer to look, one to propose, one to conclude"


async def nothing_runs(world: World) -> bool:
    return rows(world.database, "select count(*) from missions where state = 'runnable'") == [(0,)]


async def missions_of(ana: Agent, case: JSON) -> list[JSON]:
    return (await ana.case(case))["missions"]


async def waits_for(world: World) -> str | None:
    return rows(world.database, "select waits_for from missions")[0][0]


async def stopped_at(door: Doorway) -> int:
    return door.stopped


def argument(action: JSON, name: str) -> str:
    [value] = [one["value"] for one in action["arguments"] if one["name"] == name]
    return value


def count_of(trace: list[JSON], state: str) -> int:
    return sum(one["kind"] == "effect" and one["detail"]["state"] == state for one in trace)
