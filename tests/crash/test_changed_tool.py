"""A process dies while it takes back what waits for a tool that has changed: another one does it, once."""

import pytest

from missiondesk.integrations.store import take_away
from tests.crash.points import TAKING_BACK
from tests.promises import promise
from tests.support.afterwards import intact, relieved
from tests.support.processes import Process
from tests.support.world import CHARGED_TWICE, Agent, Customer, World


@promise("missions.another-process-takes-over")
@pytest.mark.parametrize("point", TAKING_BACK)
async def test_whoever_dies_as_a_proposal_is_taken_back_it_is_taken_back_once(
    doomed: Process, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    known = world.here.parts.connections.known("billing.refund_payment")
    assert known is not None
    async with world.here.parts.database.transaction() as tx:
        await take_away(tx, known, server="northwind-billing", live=None)
    async with relieved(world, doomed):
        await doomed.died()
        assert (await ana.verdict(case))["outcome"] == "handed_off"
    trace = await intact(ana, (await ana.case(case))["missions"][0])
    assert [one["detail"]["proposal"] for one in trace if one["kind"] == "taken_back"] == [card["id"]]
    assert world.calls("refund_payment") == 0
