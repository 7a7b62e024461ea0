"""A turn that fails again and again for a reason nobody foresaw: the case is kept, and a person takes it over."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from missiondesk.missions import Engine, Turn
from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import intact
from tests.support.company import copied, edit
from tests.support.missions import Missions
from tests.support.postgres import Cloned
from tests.support.record import rows
from tests.support.world import CHARGED_TWICE, Agent, Customer, World, until, world_at


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    """A Missiondesk whose procedure has a mistake in it."""
    company = copied(tmp_path)
    number = '    number = desk.input("order_number")\n    if number'
    edit(
        company / "briefs" / "duplicate-charge" / "procedure.py", number, number.replace("    if", "    1 / 0\n    if")
    )
    async with world_at(database, northwind, tmp_path, company=str(company)) as here:
        yield here


@promise("missions.failure-goes-to-a-person")
async def test_a_worker_that_fails_every_time_ends_with_a_person(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    mission = await ana.verdict(case)
    assert mission["outcome"] == "handed_off"
    assert [one["kind"] for one in await ana.queue()] == ["handoff"]
    trace = await intact(ana, mission)
    assert [one["detail"]["why"] for one in trace if one["kind"] == "failed"] == ["ZeroDivisionError: division by zero"]
    kept = await mira.sees(case, "with_person")
    assert [one["text"] for one in kept["messages"]][0] == CHARGED_TWICE
    assert "ZeroDivisionError" not in kept["messages"][-1]["text"], "the customer is not told our troubles"
    assert world.calls("refund_payment") == 0


async def test_a_mission_that_cannot_even_be_handed_over_is_not_tried_every_second(missions: Missions) -> None:
    tried, given_up = list[int](), list[str]()

    async def fail(turn: Turn) -> None:
        tried.append(turn.epoch)
        raise ValueError("nothing can be read")

    async def fail_too(turn: Turn, error: str) -> None:
        given_up.append(error)
        raise ValueError("not even for that")

    async def put_off() -> list[tuple[object, ...]]:
        later = "status = 'todo' and scheduled_at > now() + interval '30 seconds'"
        return rows(missions.record, f"select {later} from procrastinate_jobs where attempts >= 4")

    mission = await missions.begin()
    async with missions.worked(Engine(missions.database, fail, fail_too)):
        await until(put_off, lambda found: found == [(True,)])
    assert (tried, given_up) == ([1, 2, 3, 4], ["ValueError: nothing can be read"])
    assert rows(missions.record, "select state from missions where id = %s", mission) == [("runnable",)]
