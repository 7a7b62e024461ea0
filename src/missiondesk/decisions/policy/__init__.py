"""The policy: typed rules in TOML, the facts they ask about, and the ruling that comes of both."""

from missiondesk.decisions.policy.answers import rule_on
from missiondesk.decisions.policy.checking import Finding, findings
from missiondesk.decisions.policy.facts import SIGNED_IN, Around, Done, Facts, facts_of
from missiondesk.decisions.policy.pools import Reservation
from missiondesk.decisions.policy.reading import DecidingRole, Excluded, Policy, policy_in, read_policy
from missiondesk.decisions.policy.replay import FLIPS, Asked, Earlier, Flip, Flipped, replay
from missiondesk.decisions.policy.rulings import (
    ByItself,
    Deny,
    NeedsApprovals,
    Ruling,
    by_people,
    people_of,
    stricter,
)
from missiondesk.decisions.policy.table import Row, table

__all__ = [
    "FLIPS",
    "SIGNED_IN",
    "Around",
    "Asked",
    "ByItself",
    "DecidingRole",
    "Deny",
    "Done",
    "Earlier",
    "Excluded",
    "Facts",
    "Finding",
    "Flip",
    "Flipped",
    "NeedsApprovals",
    "Policy",
    "Reservation",
    "Row",
    "Ruling",
    "by_people",
    "facts_of",
    "findings",
    "people_of",
    "policy_in",
    "read_policy",
    "replay",
    "rule_on",
    "stricter",
    "table",
]
