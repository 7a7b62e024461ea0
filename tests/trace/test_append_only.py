"""The database itself refuses to change the trace, whoever asks."""

import psycopg
import pytest

from missiondesk.ids import MissionId
from tests.promises import promise
from tests.support.missions import Missions
from tests.support.record import rows

CHANGES = {
    "change": "update observations set payload = '{}' where n = 2",
    "change the hash": "update observations set hash = previous",
    "take out": "delete from observations where n = 2",
    "take all out": "delete from observations",
    "empty": "truncate observations",
}


def try_it(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode())


@promise("trace.append-only")
@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES.keys())
async def test_the_program_has_no_right_to(statement: str, missions: Missions, mission: MissionId) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        try_it(missions.record.url, statement)
    assert rows(missions.record, "select count(*) from observations") == [(5,)]


@promise("trace.append-only")
@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES.keys())
async def test_not_even_a_superuser_may(statement: str, missions: Missions, mission: MissionId) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="the trace is append-only"):
        try_it(missions.record.owner_url, statement)
    assert rows(missions.record, "select count(*) from observations") == [(5,)]


async def test_the_program_may_not_switch_the_trigger_off(missions: Missions, mission: MissionId) -> None:
    for statement in ("set session_replication_role = replica", "alter table observations disable trigger all"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            try_it(missions.record.url, statement)
