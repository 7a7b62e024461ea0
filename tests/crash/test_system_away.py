"""A process dies while it lets a mission wait for a system, or as the system answers again: nothing is told twice."""

from collections.abc import Iterator

import pytest

from tests.crash.points import WAITING, WENT_ON
from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import intact, one_refund, relieved
from tests.support.processes import Process
from tests.support.stoppable import Stoppable, stoppable
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World


@pytest.fixture(autouse=True)
def billing(northwind: Northwind, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stoppable]:
    """Before anybody reads where it is: for the world and for every process."""
    with stoppable("billing", northwind.home) as billing:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", billing.url)
        yield billing


@promise("missions.another-process-takes-over")
@pytest.mark.parametrize("point", WAITING)
async def test_whoever_dies_as_a_mission_begins_to_wait_it_waits_and_goes_on(
    billing: Stoppable, doomed: Process, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    billing.kill()
    case = await mira.writes(CHARGED_TWICE)
    async with relieved(world, doomed):
        await doomed.died()
        await mira.sees(case, "system_away")
        billing.start()
        await _to_the_refund(world, ana, case)


@promise("missions.another-process-takes-over")
@pytest.mark.parametrize("point", WENT_ON)
async def test_whoever_dies_as_the_system_answers_again_the_mission_goes_on(
    billing: Stoppable, doomed: Process, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    billing.kill()
    case = await mira.writes(CHARGED_TWICE)
    await mira.sees(case, "system_away")
    billing.start()
    async with relieved(world, doomed):
        await _to_the_refund(world, ana, case)


async def _to_the_refund(world: World, ana: Agent, case: JSON) -> None:
    card = await ana.card()
    await ana.approves(card)
    await one_refund(world, ana, case, card)
    trace = await intact(ana, (await ana.case(case))["missions"][0])
    assert [one["detail"]["state"] for one in trace if one["kind"] == "waiting"] == ["away", "over"]
