"""A process dies while it passes on what waits too long: another one does it, once, and nothing is decided by it."""

import pytest

from tests.crash.points import LATE
from tests.promises import promise
from tests.support.afterwards import intact, relieved
from tests.support.processes import Process
from tests.support.record import by_hand, rows
from tests.support.world import CHARGED_TWICE, Agent, Customer, World, until


@promise("decisions.no-answer-is-no")
@pytest.mark.parametrize("point", LATE)
async def test_whoever_dies_as_something_is_late_it_is_passed_on_once(
    doomed: Process, point: str, world: World, mira: Customer, ana: Agent
) -> None:
    sara = await world.agent("sara")
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    by_hand(world.database, "update proposals set due_at = clock_timestamp() - interval '1 minute'")
    async with relieved(world, doomed):
        await doomed.died()
        await until(lambda: sara.queue("mine"), bool)
    trace = await intact(ana, (await ana.case(case))["missions"][0])
    assert [one["kind"] for one in trace].count("late") == 1
    assert (await ana.get(f"/api/desk/proposals/{card['id']}"))["state"] == "open"
    assert rows(world.database, "select count(*) from grants") == [(0,)]
