"""Changes of the configuration: what sets the boundary goes through two people, too. Read `asking.py` first."""

from missiondesk.changes.answering import ChangeAnswer, answer_change
from missiondesk.changes.asking import propose_change, withdraw_change
from missiondesk.changes.files import publish_connections, publish_policy
from missiondesk.changes.lifecycle import (
    RIGHTS_FOR,
    AnotherChange,
    Answered,
    Change,
    ChangeClosed,
    Kind,
    MayNotAnswer,
    Source,
    Standing,
    State,
    answers_to,
    by_whom,
    change,
    changes_closed,
    changes_open,
    changes_waiting,
)
from missiondesk.changes.matters import standing_of
from missiondesk.changes.of_policy import SUBJECT, UnfitPolicy, policy_findings
from missiondesk.changes.of_policy import read as policy_text
from missiondesk.changes.of_role import new_account
from missiondesk.changes.places import Place, difference, differences, title
from missiondesk.changes.reviewing import change_connection, remove_connection, review_connection
from missiondesk.changes.second import behind, in_setup, may_answer, needed, person_of

__all__ = [
    "RIGHTS_FOR",
    "SUBJECT",
    "AnotherChange",
    "Answered",
    "Change",
    "ChangeAnswer",
    "ChangeClosed",
    "Kind",
    "MayNotAnswer",
    "Place",
    "Source",
    "Standing",
    "State",
    "UnfitPolicy",
    "answer_change",
    "answers_to",
    "behind",
    "by_whom",
    "change",
    "change_connection",
    "changes_closed",
    "changes_open",
    "changes_waiting",
    "difference",
    "differences",
    "in_setup",
    "may_answer",
    "needed",
    "new_account",
    "person_of",
    "policy_findings",
    "policy_text",
    "propose_change",
    "publish_connections",
    "publish_policy",
    "remove_connection",
    "review_connection",
    "standing_of",
    "title",
    "withdraw_change",
]
