"""A ruling: what the policy says about a proposal. Deny beats approve; approvals merge to the strictest."""

from collections.abc import Sequence
from dataclasses import dataclass

from missiondesk.decisions.action import Action
from missiondesk.decisions.lineage import OriginKind
from missiondesk.decisions.policy import DecidingRole, Facts, Policy, Rule, holds


@dataclass(frozen=True, slots=True)
class Deny:
    """It cannot be done, whoever asks."""

    sentence: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedsApprovals:
    """`count` different people, each at least of `role`."""

    count: int
    role: DecidingRole
    sentence: str
    rules: tuple[str, ...]


Ruling = Deny | NeedsApprovals
SIGNED_IN = 2  # the identity level of a customer who signed in at the portal


def facts_of(action: Action) -> Facts:
    """What the policy may ask about an action of a signed-in customer."""
    origins: dict[str, OriginKind] = {name: origin.kind for name, origin in action.lineage.items()}
    return Facts(action.key, action.arguments, origins, SIGNED_IN)


def rule_on(policy: Policy, actions: Sequence[Facts]) -> Ruling:
    """The strictest answer over all actions of a proposal; a write that no rule covers is denied.

    A proposal without actions (only a message to the customer) needs one agent.
    """
    matching: list[tuple[str, Rule]] = []
    for facts in actions:
        found = [(name, rule) for name, rule in policy.rule.items() if _applies(rule, facts)]
        if not found:
            return Deny(f"No rule covers {facts.action}, so it is not allowed.", ())
        matching += found
    denials = [(name, rule) for name, rule in matching if rule.deny]
    if denials:
        return Deny(" ".join(rule.says for _, rule in denials), tuple(name for name, _ in denials))
    return _strictest(matching)


def stricter(one: NeedsApprovals, other: Ruling) -> Ruling:
    """The stricter of what was ruled when it was proposed and what is ruled today."""
    match other:
        case Deny():
            return other
        case NeedsApprovals(count, role, sentence, rules):
            if count <= one.count and (role == one.role or one.role == "supervisor"):
                return one
            return NeedsApprovals(
                max(count, one.count), "supervisor" if "supervisor" in (role, one.role) else "agent", sentence, rules
            )


def _applies(rule: Rule, facts: Facts) -> bool:
    return rule.action == facts.action and all(holds(condition, facts) for condition in rule.when)


def _strictest(matching: Sequence[tuple[str, Rule]]) -> NeedsApprovals:
    asked = [rule.approve for _, rule in matching if rule.approve]
    count = max((one.count for one in asked), default=1)
    role: DecidingRole = "supervisor" if any(one.role == "supervisor" for one in asked) else "agent"
    says = list(dict.fromkeys(rule.says for _, rule in matching)) or ["A message after a change needs one agent."]
    return NeedsApprovals(count, role, " ".join(says), tuple(dict.fromkeys(name for name, _ in matching)))
