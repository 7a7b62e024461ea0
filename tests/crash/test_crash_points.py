"""A process is killed at each crash point in turn, and another one finishes what it held, with nobody's help."""

import pytest

from tests.crash.points import REFUND
from tests.promises import promise
from tests.support.afterwards import one_refund, relieved
from tests.support.processes import Process
from tests.support.world import CHARGED_TWICE, Agent, Customer, World


@promise("missions.another-process-takes-over")
@pytest.mark.parametrize("point", REFUND)
async def test_whoever_dies_on_the_way_to_a_refund_it_is_made_once(
    doomed: Process, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with relieved(world, doomed):
        card = await ana.card()
        await ana.approves(card)
        await ana.verdict(case)
    await one_refund(world, ana, case, card)
    assert world.calls("refund_payment") == 1, "what was sent is looked for before it is sent again"
