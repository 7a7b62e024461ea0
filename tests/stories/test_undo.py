"""Ana has second thoughts: what she takes back in time was never sent, and what she leaves goes out by itself."""

from tests.promises import promise
from tests.support.afterwards import intact
from tests.support.held import holds, seen_by, takes_back
from tests.support.world import CHARGED_TWICE, Agent, Customer, World, until


@promise("effects.exactly-once")
async def test_approved_taken_back_and_approved_again_is_one_refund(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    await holds(ana, card)
    assert (await mira.get(f"/api/customer/cases/{case['id']}"))["state"] == "person_decides"
    await takes_back(ana, card)
    await holds(ana, card, undo=1)  # and then she closes her browser
    mission = await ana.verdict(case)
    assert mission["outcome"] == "resolved"
    assert [row[:3] for row in world.refunds()] == [("pay_7702", 4990, "EUR")]
    assert world.calls("refund_payment") == 1
    told = [one["detail"]["answer"] for one in await intact(ana, mission) if one["kind"] == "decided"]
    assert told == ["approve", "taken_back", "approve", "counts"]
    assert [one["standing"] for one in (await seen_by(ana, card))["decisions"]] == ["taken_back", "counts"]


async def test_a_rejection_that_was_left_goes_to_the_worker(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    await holds(ana, card, "reject", undo=1)
    await until(lambda: seen_by(ana, card), lambda it: it["state"] == "rejected")
    assert (await ana.verdict(case))["outcome"] == "declined"
    assert world.refunds() == []
