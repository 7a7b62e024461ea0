"""When a proposal has its approvals: different people approved these bytes, in roles that count, long enough ago.

The executor asks this again of the rows as they are, so it must hold for rows that no door of ours would write.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from missiondesk.decisions import ByItself, Decision, Hands, NeedsApprovals, Proposal, Proposed
from missiondesk.decisions import satisfied as is_satisfied
from missiondesk.decisions.proposals import Edited
from missiondesk.ids import CaseId, DecisionId, MissionId, PersonId, ProposalId, StaffId
from tests.promises import promise

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
ANA, BEN, SARA, SUE = (StaffId(f"staff-{name}") for name in ("ana", "ben", "sara", "sue"))
ROLES = {ANA: "agent", BEN: "agent", SARA: "supervisor", SUE: "supervisor"}
TWO = NeedsApprovals(2, "agent", "Two people.", ())
TWO_SUPERVISORS = NeedsApprovals(2, "supervisor", "Two supervisors.", ())


def satisfied(
    ruling: NeedsApprovals | ByItself, approvals: list[Decision], found: Proposal, at: datetime, **same: StaffId
) -> bool:
    """`same`: two accounts of one person, one by the name of the other."""
    accounts = {StaffId(f"staff-{name}"): PersonId(of) for name, of in same.items()}
    return is_satisfied(ruling, approvals, found, at, Hands(accounts))


def proposed(edited: Edited | None = None) -> Proposal:
    what = Proposed(
        actions=[],
        message="We have looked into it.",
        reasons=[],
        evidence=[],
        ruling=TWO,
        policy="",
        worker="",
        brief="",
        customer="Mira",
        edited=edited,
    )
    ids = ProposalId("proposal-1"), MissionId("mission-1"), CaseId("case-1")
    return Proposal(*ids, 1, 0, what.digest, what, NOW, None, None, None)


def signed(found: Proposal, *who: StaffId, **more: Any) -> list[Decision]:
    """Each of them approves once."""
    return [
        replace(
            Decision(DecisionId(f"d-{at}"), found.id, "approve", one, one, ROLES[one], found.digest, None, NOW), **more
        )
        for at, one in enumerate(who)
    ]


@promise("decisions.no-answer-is-no")
def test_two_different_people_are_two() -> None:
    found = proposed()
    assert satisfied(TWO, signed(found, ANA, BEN), found, NOW)
    assert satisfied(TWO, signed(found, ANA, SARA), found, NOW)
    assert satisfied(TWO_SUPERVISORS, signed(found, SARA, SUE), found, NOW)


@promise("decisions.no-answer-is-no")
@pytest.mark.parametrize("ruling", [TWO, TWO_SUPERVISORS], ids=["of any role", "supervisors"])
def test_one_person_is_one_however_often_they_sign(ruling: NeedsApprovals) -> None:
    found = proposed()
    assert not satisfied(ruling, signed(found, SARA, SARA, SARA), found, NOW)


@promise("decisions.no-answer-is-no")
def test_one_person_is_one_in_whatever_roles_they_sign() -> None:
    found = proposed()
    both = [*signed(found, SARA), *signed(found, SARA, by_role="agent")]
    assert not satisfied(TWO, both, found, NOW)


@promise("decisions.one-person-is-one")
def test_one_person_is_one_in_however_many_accounts() -> None:
    found = proposed()
    assert not satisfied(TWO, signed(found, ANA, BEN), found, NOW, ben=ANA)
    assert satisfied(TWO, signed(found, ANA, BEN, SARA), found, NOW, ben=ANA)
    by_ana = Edited(of=ProposalId("proposal-0"), by_id=ANA, by="", role="", reason=None, at=NOW, changes=[])
    found = proposed(by_ana)
    assert not satisfied(replace(TWO, count=1), signed(found, BEN), found, NOW, ben=ANA)
    assert not satisfied(replace(TWO, exclude=("last_editor",)), signed(found, BEN, SARA), found, NOW, ben=ANA)


@promise("decisions.no-answer-is-no")
@pytest.mark.parametrize("kind", ["reject", "edit", "respond"])
def test_only_who_approves_counts(kind: str) -> None:
    found = proposed()
    assert not satisfied(TWO, [*signed(found, ANA), *signed(found, BEN, kind=kind)], found, NOW)
    assert not satisfied(replace(TWO, count=1), signed(found, BEN, kind=kind), found, NOW)


@promise("decisions.no-answer-is-no")
@pytest.mark.parametrize(
    "not_one",
    [
        {"seen": "0" * 64},
        {"held_until": NOW + timedelta(seconds=1)},
        {"void_at": NOW},
        {"void_at": NOW, "void_why": "It was frozen."},
        {"by_role": "auditor"},
        {"by_role": "admin"},
        {"by_role": "rule"},
    ],
    ids=["other bytes", "held", "taken back", "stopped", "an auditor", "an admin", "a rule"],
)
def test_what_is_no_approval_of_these_bytes_does_not_count(not_one: dict[str, Any]) -> None:
    found = proposed()
    assert not satisfied(TWO, [*signed(found, ANA), *signed(found, BEN, **not_one)], found, NOW)


@promise("decisions.no-answer-is-no")
def test_agents_are_no_supervisors_however_many() -> None:
    found = proposed()
    assert not satisfied(TWO_SUPERVISORS, signed(found, SARA, ANA, BEN), found, NOW)


@promise("decisions.an-editor-is-an-author")
def test_who_edited_it_is_not_the_only_one() -> None:
    by_ana = Edited(of=ProposalId("proposal-0"), by_id=ANA, by="", role="", reason=None, at=NOW, changes=[])
    found = proposed(by_ana)
    assert not satisfied(replace(TWO, count=1), signed(found, ANA), found, NOW)
    assert satisfied(TWO, signed(found, ANA, BEN), found, NOW)
    assert not satisfied(replace(TWO, exclude=("last_editor",)), signed(found, ANA, BEN), found, NOW)


@promise("decisions.no-answer-is-no")
def test_an_approval_counts_when_its_delay_is_over() -> None:
    found, later = proposed(), replace(TWO, delay=60)
    assert not satisfied(later, signed(found, ANA, BEN), found, NOW + timedelta(seconds=59))
    assert satisfied(later, signed(found, ANA, BEN), found, NOW + timedelta(seconds=60))
