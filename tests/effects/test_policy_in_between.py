"""A policy that is adopted between the last look at the policy and the call: it is asked before anything is sent."""

from pathlib import Path

from tests.promises import promise
from tests.support.afterwards import working
from tests.support.approved import approved, effects_in, next_card
from tests.support.company import edit
from tests.support.doorway import Doorway
from tests.support.policies import brought_into_force
from tests.support.world import World, until


@promise("decisions.no-answer-is-no")
async def test_who_has_looked_at_the_old_policy_sends_nothing_under_the_new_one(
    door: Doorway, world: World, company: Path
) -> None:
    """The executor is held up while it reads the evidence again, by which time it has asked the policy."""
    ana = await world.agent("ana")
    _, card = await approved(world, await world.customer("mira"), ana)
    door.stop("list_payments")

    async def stopped() -> int:
        return door.stopped

    async with working(world):
        await until(stopped, bool)
        edit(company / "policy.toml", "500.00 EUR", "40.00 EUR")
        await brought_into_force(world, company)
        door.may_go_on()
        again = await next_card(ana, card)
    assert "Today's policy asks for more" in again["stale"]["sentence"]
    assert [state for state, _ in await effects_in(ana, card)] == ["stale"]
    assert world.calls("refund_payment") == 0
