"""Asking the policy. Deny goes before a hard approval, that before auto, that before an approval; else it is denied."""

from collections.abc import Iterable, Mapping, Sequence

from missiondesk.decisions.policy.conditions import Condition, holds, shown
from missiondesk.decisions.policy.facts import Facts, value_of
from missiondesk.decisions.policy.pools import Pool, Reservation
from missiondesk.decisions.policy.reading import Auto, Policy, Rule
from missiondesk.decisions.policy.rulings import ONE_AGENT, ByItself, Deny, NeedsApprovals, Ruling, merged, needs_of
from missiondesk.kit.money import Money


def rule_on(policy: Policy, actions: Sequence[Facts]) -> Ruling:
    """The strictest answer over all actions of a proposal; a write that no rule surely covers is denied.

    A proposal without actions (only a message to the customer) needs one agent.
    """
    if not actions:
        return NeedsApprovals(1, "agent", "A message after a change needs one agent.", ())
    answers = [_Answer(policy, facts, place) for place, facts in enumerate(actions)]
    denials = [told for one in answers for told in one.denials()]
    if denials:
        return Deny(_sentence(says for _, says in denials), _names(name for name, _ in denials))
    approve = [rule for one in answers for rule in one.approve.values()]
    people = _people([one for answer in answers for one in answer.said(answer.approve)], approve)
    reservations = [one.reservations() for one in answers]
    if any(one is None for one in reservations):
        return people
    auto = [one for answer in answers for one in answer.said(answer.auto)]
    held = tuple(one for made in reservations for one in made or ())
    return ByItself(_sentence(says for _, says in auto), _names(name for name, _ in auto), held, people)


class _Answer:
    """The rules that apply to one action. An unknown fact makes `approve` and `deny` apply, and `auto` not allow."""

    def __init__(self, policy: Policy, facts: Facts, position: int) -> None:
        self._policy, self._facts, self._position = policy, facts, position
        applying = [
            (name, rule, held)
            for name, rule in policy.by_action.get(facts.action, {}).items()
            if (held := _all_hold(rule, facts, policy)) is not False
        ]
        self._sure = [(name, rule) for name, rule, held in applying if held and not rule.deny]
        self.deny = {name: rule for name, rule, _ in applying if rule.deny}
        self.approve = {name: rule for name, rule, _ in applying if rule.approve}
        self.auto = {name: rule for name, rule, _ in applying if rule.auto}

    def denials(self) -> list[tuple[str, str]]:
        """(rule, sentence); of no rule where none surely covers the action."""
        if self.deny or self._sure:
            return self.said(self.deny)
        return [("", f"No rule covers {self._facts.action}{self._unknown()}, so it is not allowed.")]

    def reservations(self) -> list[Reservation] | None:
        """What must be reserved for it to go by itself; `None`: it may not. What may hold takes its part, too."""
        if not any(rule.auto for _, rule in self._sure) or any(
            it.approve.hard for it in self.approve.values() if it.approve
        ):
            return None
        made: dict[str, Reservation] = {}
        for rule in self.auto.values():
            assert rule.auto is not None
            for pool in rule.auto.reserve:
                one = self._reservation(rule.auto, pool)
                if one is None:
                    return None
                made[one.pool] = max(one, made.get(one.pool, one), key=lambda it: it.amount)
        return list(made.values())

    def said(self, rules: Mapping[str, Rule]) -> list[tuple[str, str]]:
        """(rule, what it says, and the facts that it says so for)."""
        return [(name, self._told(rule)) for name, rule in rules.items()]

    def _told(self, rule: Rule) -> str:
        says = rule.deny or rule.says or _by_default(rule, self._facts.action)
        facts = dict.fromkeys(self._fact(one) for one in rule.when)
        return f"{says.rstrip('.')} ({', '.join(facts)})." if facts else says

    def _fact(self, one: Condition) -> str:
        found = value_of(one.asked, self._facts, self._policy.place, one.currency)
        name = str(one.asked).removeprefix("args.").replace("lineage.args.", "the origin of ")
        return f"{name} is {'not known' if found is None else shown(found)}"

    def _unknown(self) -> str:
        rules = self._policy.by_action.get(self._facts.action)
        return " surely, as things stand" if rules else ""

    def _reservation(self, auto: Auto, pool: Pool) -> Reservation | None:
        whose = {"all": "", "customer": self._facts.around.customer, "brief": self._facts.around.known.get("brief")}
        owner, amount = whose[pool.scope], self._amount(auto, pool)
        if owner is None or amount is None:
            return None
        label = f"{pool.label} of {owner}" if owner else pool.label
        return Reservation(label, pool.days, pool.cap, amount, self._position)

    def _amount(self, auto: Auto, pool: Pool) -> int | None:
        """Minor units, never below zero: else it would make room for others."""
        if pool.currency is None:
            return 1
        match Money.of(self._facts.arguments.get(auto.amount)):
            case Money(minor, currency) if currency == pool.currency and minor >= 0:
                return minor
            case _:
                return None


def _all_hold(rule: Rule, facts: Facts, policy: Policy) -> bool | None:
    found = [holds(one, facts, policy.place) for one in rule.when]
    if False in found:
        return False
    return None if None in found else True


def _people(said: Sequence[tuple[str, str]], rules: Iterable[Rule]) -> NeedsApprovals:
    """What the `approve` rules ask for together; where there is none, one agent."""
    asked = [needs_of(rule.approve) for rule in rules if rule.approve]
    names = _names(name for name, _ in said)
    both = merged([ONE_AGENT, *asked], _sentence(says for _, says in said), names)
    told = "" if len(names) == 1 and not (both.exclude or both.delay or both.step_up) else f"Needed: {both.who}."
    return merged([both], f"{both.sentence} {told}".strip(), names)


def _by_default(rule: Rule, action: str) -> str:
    return f"{action} needs {needs_of(rule.approve).who}." if rule.approve else f"{action} may go by itself."


def _sentence(says: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(says))


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
