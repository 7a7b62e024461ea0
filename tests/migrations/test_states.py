"""The database knows the states that the code knows, and refuses any other, whoever writes it."""

import re
from typing import get_args

import psycopg
import pytest

from missiondesk.decisions import Closed, DecisionKind
from missiondesk.effects import EffectState
from missiondesk.missions import Lane
from missiondesk.missions.store import State, WaitsFor
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows

STATES = {
    "missions_state": State,
    "missions_lane": Lane,
    "missions_waits_for": WaitsFor,
    "proposals_closed": Closed,
    "decisions_kind": DecisionKind,
    "effects_state": EffectState,
}


@pytest.mark.parametrize(("name", "states"), STATES.items(), ids=STATES.keys())
def test_the_states_of_the_database_are_those_of_the_code(name: str, states: object, database: Cloned) -> None:
    query = "select pg_get_constraintdef(oid) from pg_constraint where conname = %s and contype = 'c'"
    [(says,)] = rows(database, query, name)
    assert set(re.findall(r"'(\w+)'::text", says)) == set(get_args(states))


def test_not_even_an_administrator_writes_another_one(database: Cloned) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="missions_state"):
        by_hand(
            database,
            "insert into missions (id, case_id, state, began_at) values ('mission-x', 'case-x', 'donf', now())",
        )
