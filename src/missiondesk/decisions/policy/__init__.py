"""The policy: typed rules in TOML, the facts they ask about, and the ruling that comes of both."""

from missiondesk.decisions.policy.answers import rule_on
from missiondesk.decisions.policy.checking import Finding, findings
from missiondesk.decisions.policy.facts import SIGNED_IN, Around, Done, Facts, facts_of
from missiondesk.decisions.policy.pools import Reservation
from missiondesk.decisions.policy.reading import (
    DecidingRole,
    Excluded,
    Policy,
    before_any_policy,
    policy_from,
    policy_in,
)
from missiondesk.decisions.policy.replay import FLIPS, Asked, Earlier, Flip, Flipped, replay
from missiondesk.decisions.policy.rulings import (
    ByItself,
    Deny,
    NeedsApprovals,
    Ruling,
    by_people,
    people_of,
    rule_asks,
    stricter,
)
from missiondesk.decisions.policy.table import Row, table
from missiondesk.decisions.policy.versions import Adopted, Policies, adopt_policy, adopted_policies

__all__ = [
    "FLIPS",
    "SIGNED_IN",
    "Adopted",
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
    "Policies",
    "Policy",
    "Reservation",
    "Row",
    "Ruling",
    "adopt_policy",
    "adopted_policies",
    "before_any_policy",
    "by_people",
    "facts_of",
    "findings",
    "people_of",
    "policy_from",
    "policy_in",
    "replay",
    "rule_asks",
    "rule_on",
    "stricter",
    "table",
]
