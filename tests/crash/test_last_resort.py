"""A process dies as it hands over a mission that cannot be read any more: a person gets the case, once."""

from collections import Counter

import pytest

from tests.crash.conftest import IMPATIENT
from tests.crash.points import LAST_RESORT
from tests.promises import promise
from tests.support.afterwards import answers, relieved
from tests.support.processes import Crew
from tests.support.record import rows, untriggered
from tests.support.world import CHARGED_TWICE, Agent, Customer, World


@promise("missions.failure-goes-to-a-person")
@pytest.mark.parametrize("point", LAST_RESORT)
async def test_whoever_dies_as_a_case_is_handed_over_unread_a_person_gets_it_once(
    point: str, crew: Crew, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    untriggered(world.database, "update observations set payload = substr(payload, 2) where kind = 'received'")
    doomed = crew.worker(crash_at=point, forked=True, MISSIONDESK_DEAD_AFTER=IMPATIENT)
    async with relieved(world, doomed):
        await doomed.died()
        mission = await ana.verdict(case)
    assert mission["outcome"] == "handed_off"
    kinds = Counter(one["kind"] for one in (await ana.trace(mission["id"]))["items"])
    assert (kinds["failed"], kinds["handed_off"], kinds["told"], kinds["concluded"]) == (1, 1, 1, 1)
    assert rows(world.database, "select count(*) from handoffs") == [(1,)]
    assert len(await answers(ana, case)) == 1
