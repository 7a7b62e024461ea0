"""A process dies as it gives up a turn that failed again and again: another one gives it up, once."""

from collections import Counter
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.crash.conftest import IMPATIENT
from tests.crash.points import GIVEN_UP
from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import intact, relieved
from tests.support.company import copied, edit
from tests.support.postgres import Cloned
from tests.support.processes import Crew
from tests.support.world import CHARGED_TWICE, Agent, Customer, World, world_at


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """An installation whose procedure has a mistake in it."""
    company = copied(tmp_path)
    number = '    number = desk.input("order_number")\n    if number'
    procedure = company / "briefs" / "duplicate-charge" / "procedure.py"
    edit(procedure, number, number.replace("    if", "    1 / 0\n    if"))
    return company


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path, company: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path, lanes=(), dead_after=IMPATIENT, company=str(company)) as here:
        yield here


@promise("missions.failure-goes-to-a-person")
@pytest.mark.parametrize("point", GIVEN_UP)
async def test_whoever_dies_as_a_mission_is_given_up_a_person_is_asked_once(
    point: str, crew: Crew, company: Path, world: World, mira: Customer, ana: Agent
) -> None:
    told = {"MISSIONDESK_COMPANY": str(company), "MISSIONDESK_DEAD_AFTER": IMPATIENT}
    doomed = crew.worker(crash_at=point, forked=True, **told)
    case = await mira.writes(CHARGED_TWICE)
    async with relieved(world, doomed):
        await doomed.died()
        mission = await ana.verdict(case)
    assert mission["outcome"] == "handed_off"
    kinds = Counter(one["kind"] for one in await intact(ana, mission))
    assert (kinds["failed"], kinds["handed_off"], kinds["told"]) == (1, 1, 1)
