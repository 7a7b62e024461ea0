"""A turn that fails again and again for a reason nobody foresaw: the case is kept, and a person takes it over."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import intact
from tests.support.company import copied, edit
from tests.support.postgres import Cloned
from tests.support.world import CHARGED_TWICE, Agent, Customer, World, world_at


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
