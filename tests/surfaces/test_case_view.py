"""What a customer is told of where their case stands."""

from datetime import UTC, datetime

import pytest

from missiondesk.cases import Case
from missiondesk.ids import CaseId, CustomerId, MissionId, PortalId
from missiondesk.missions import Mission
from missiondesk.missions.store import State
from missiondesk.surfaces.case_view import case_state
from missiondesk.surfaces.customer_shapes import RemedyView

AT = datetime(2026, 11, 20, tzinfo=UTC)
CASE = Case(CaseId("case-1"), PortalId("northwind"), CustomerId("customer-1"), "Twice", AT, None)


def mission(state: State, waits_on: str | None = None) -> Mission:
    about = (MissionId("mission-1"), CASE.id, state, "effects", 2, None, waits_on, AT if waits_on else None)
    return Mission(*about, None, None, None, None, AT, None)


def remedies(*states: str) -> list[RemedyView]:
    return [
        RemedyView.model_validate({"state": one, "title": "A refund", "amount": None, "reference": None, "at": AT})
        for one in states
    ]


@pytest.mark.parametrize(
    ("states", "told"),
    [
        (("being_checked", "done"), "being_checked"),
        (("being_checked", "carrying_out"), "being_checked"),
        (("carrying_out", "done"), "carrying_out"),
        (("done", "done"), "working"),
    ],
)
def test_whatever_is_not_known_yet_is_told_before_what_is_done(states: tuple[str, ...], told: str) -> None:
    assert case_state(CASE, mission("runnable"), None, remedies(*states)) == told


@pytest.mark.parametrize("state", ["waiting", "runnable"])
def test_while_a_system_is_away_it_is_told_so_also_in_the_moments_in_which_we_try_again(state: State) -> None:
    assert case_state(CASE, mission(state, "billing"), None, []) == "system_away"


def test_a_case_is_not_closed_while_something_is_being_checked() -> None:
    assert case_state(CASE, mission("done"), None, remedies("being_checked", "done")) == "being_checked"
    assert case_state(CASE, mission("done"), None, remedies("done")) == "closed"
