"""Nobody knows whether it happened: a person is asked, the customer hears no fairy tale, and nothing is sent again."""

from pathlib import Path

import pytest

from tests.promises import promise
from tests.support.afterwards import answers, intact, working
from tests.support.approved import next_card
from tests.support.by_hand import BROKEN, REPAIRED
from tests.support.company import edit
from tests.support.doorway import Doorway
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until

LOOKED_AGAIN = "It was looked up again. Billing shows nothing of it under our reference."
BY_PAYMENT = (
    'find = { tool = "billing.list_refunds", args = { payment_id = "$args.payment_id" }, there = "$.refunds[0]" }'
)


@pytest.fixture
def queryable(company: Path, neither: None) -> None:
    """Billing honours no key, but a refund can be looked up."""
    edit(
        company / "connections" / "billing.toml",
        'effect_class = "neither"',
        f'effect_class = "queryable"\n{BY_PAYMENT}',
    )


async def in_doubt(mira: Customer, ana: Agent) -> tuple[JSON, JSON]:
    """(the case, the card): approved, and then nobody knew."""
    case = await mira.writes(CHARGED_TWICE)
    await ana.approves(await ana.card())
    card = await ana.card(kind="unknown_effect")
    seen = await mira.sees(case, "being_checked")
    assert [one["author"] for one in seen["messages"]] == ["customer"], "it is being checked, not done"
    assert [one["state"] for one in seen["remedies"]] == ["being_checked"]
    assert card["actions"][0]["effect"]["can"] == ["check_again", "happened", "not_happened"]
    return case, card


async def says(who: Agent, card: JSON, answer: str, status: int = 201) -> JSON:
    grant = card["actions"][0]["effect"]["grant_id"]
    return await who.post(f"/api/desk/effects/{grant}/answers", {"answer": answer, "note": "I looked."}, status)


@promise("effects.unknown-waits-for-a-person")
async def test_it_happened_ends_it_as_done(
    neither: None, door: Doorway, world: World, mira: Customer, ana: Agent
) -> None:
    door.loses_answers_of = "refund_payment"
    async with working(world):
        case, card = await in_doubt(mira, ana)
        assert door.lost == 1
        await says(ana, card, "happened")
        mission = await ana.verdict(case)
    assert mission["outcome"] == "resolved"
    assert len(await answers(ana, case)) == 1
    assert world.calls("refund_payment") == 1, "nothing is sent again"
    trace = await intact(ana, mission)
    assert [one["detail"]["by"] for one in trace if one["kind"] == "decided"] == ["Ana Reyes", "Ana Reyes"]


@promise("effects.unknown-waits-for-a-person")
async def test_it_did_not_happen_leads_to_a_new_proposal(
    neither: None, world: World, mira: Customer, ana: Agent
) -> None:
    world.outside.by_hand("billing", BROKEN)
    async with working(world):
        case, card = await in_doubt(mira, ana)
        world.outside.by_hand("billing", REPAIRED)
        await says(ana, card, "not_happened")
        again = await next_card(ana, card)
        assert world.calls("refund_payment") == 1
        await ana.approves(again)
        assert (await ana.verdict(case))["outcome"] == "resolved"
    refunds = world.outside.rows("billing", "select payment_id, minor from refunds where payment_id = 'pay_7702'")
    assert refunds == [("pay_7702", 4990)]


@promise("effects.exactly-once")
async def test_a_person_who_is_wrong_about_it_does_not_cause_a_second_refund(
    neither: None, door: Doorway, world: World, mira: Customer, ana: Agent
) -> None:
    door.loses_answers_of = "refund_payment"
    async with working(world):
        case, card = await in_doubt(mira, ana)
        await says(ana, card, "not_happened")  # it did
        mission = await ana.verdict(case)
    assert mission["outcome"] == "explained"
    assert "has been refunded already" in (await answers(ana, case))[0]
    assert world.calls("refund_payment") == 1


@promise("effects.exactly-once")
async def test_checking_again_finds_what_happened(
    queryable: None, door: Doorway, world: World, mira: Customer, ana: Agent
) -> None:
    door.loses_answers_of, door.shuts_after_losing = "refund_payment", True
    async with working(world):
        case, card = await in_doubt(mira, ana)
        door.loses_answers_of = None
        door.open()
        await says(ana, card, "check_again")
        assert (await ana.verdict(case))["outcome"] == "resolved"
    found = await ana.get(f"/api/desk/proposals/{card['id']}")
    assert found["actions"][0]["effect"]["why"] == "found again by our reference"
    assert world.calls("refund_payment") == 1


@promise("effects.unknown-waits-for-a-person")
async def test_checking_again_sends_nothing_even_where_a_key_would_make_it_safe(
    world: World, mira: Customer, ana: Agent
) -> None:
    world.outside.by_hand("billing", BROKEN)
    async with working(world):
        case, card = await in_doubt(mira, ana)
        world.outside.by_hand("billing", REPAIRED)
        sent = world.calls("refund_payment")
        await says(ana, card, "check_again")
        await until(lambda: why(ana, card), lambda it: it == LOOKED_AGAIN)
        await mira.sees(case, "being_checked")
    assert world.calls("refund_payment") == sent
    assert world.refunds() == []


@promise("effects.exactly-once")
async def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_key(
    door: Doorway, world: World, mira: Customer, ana: Agent
) -> None:
    door.loses_answers_of = "refund_payment"
    async with working(world):
        case = await mira.writes(CHARGED_TWICE)
        await ana.approves(await ana.card())
        await until(lambda: lost_by(door), bool)
        door.loses_answers_of = None
        assert (await ana.verdict(case))["outcome"] == "resolved"
    calls = world.outside.rows("billing", "select key, detail from calls where tool = 'refund_payment'")
    assert [detail for _, detail in calls] == [None, "replayed"]
    assert len({key for key, _ in calls}) == 1
    assert len(world.refunds()) == 1


async def test_only_one_answer_counts_and_an_auditor_gives_none(
    neither: None, door: Doorway, world: World, mira: Customer, ana: Agent
) -> None:
    door.loses_answers_of = "refund_payment"
    otto = await world.agent("otto")
    async with working(world):
        case, card = await in_doubt(mira, ana)
        await says(otto, card, "happened", status=403)
        await says(ana, card, "happened")
        await says(ana, card, "not_happened", status=409)
        assert (await ana.verdict(case))["outcome"] == "resolved"


async def test_what_the_customer_writes_meanwhile_sends_nothing(
    neither: None, door: Doorway, world: World, mira: Customer, ana: Agent
) -> None:
    door.loses_answers_of = "refund_payment"
    async with working(world):
        case, card = await in_doubt(mira, ana)
        await mira.adds(case, "Any news?")
        await mira.sees(case, "being_checked")
        assert [one["kind"] for one in await ana.queue()] == ["unknown_effect"]
        await says(ana, card, "happened")
        found = await until(lambda: ana.case(case), lambda it: it["missions"][0]["state"] == "done")
    assert found["missions"][0]["outcome"] == "resolved"
    assert world.calls("refund_payment") == 1


async def why(ana: Agent, card: JSON) -> str | None:
    found = await ana.get(f"/api/desk/proposals/{card['id']}")
    return found["actions"][0]["effect"]["why"]


async def lost_by(door: Doorway) -> int:
    return door.lost
