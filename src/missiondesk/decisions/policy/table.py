"""The boundary table: for each threshold the smallest unit below, at and above it, and what the policy says there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from missiondesk.decisions.lineage import OriginKind
from missiondesk.decisions.policy.answers import rule_on
from missiondesk.decisions.policy.boundaries import around_threshold, by_fact, candidates, rules_by_fact
from missiondesk.decisions.policy.conditions import Condition, compared, shown
from missiondesk.decisions.policy.facts import Around, Done, Facts, Span, Value
from missiondesk.decisions.policy.naming import WEEKDAYS, Named
from missiondesk.decisions.policy.reading import Policy, Rule
from missiondesk.decisions.policy.rulings import ByItself, Deny, Ruling
from missiondesk.kit.money import Money

_WEDNESDAY = datetime(2026, 1, 7, 12)  # noqa: DTZ001 (in the policy's zone)
_ORDINARY: Mapping[str, int | str] = {
    "identity": 2,
    "case.age": 3_600,
    "case.messages": 1,
    "case.portal": "portal",
    "customer.age": 400 * 86_400,
    "customer.cases": 1,
    "brief": "brief",
}


@dataclass(frozen=True, slots=True)
class Row:
    """`outcomes` are (value, outcome): below, at and above the threshold of the condition `when` of `rule`."""

    action: str
    rule: str
    when: str
    outcomes: Sequence[tuple[str, str]]
    looser: bool  # more of it asks for less


def table(policy: Policy) -> list[Row]:
    """A row for each threshold. All else is as the rule needs it, and else ordinary: no rule asks about it."""
    return [row for action, rules in sorted(policy.by_action.items()) for row in _rows(policy, action, rules)]


def outcome(ruling: Ruling) -> str:
    """What a ruling comes to, in few words."""
    match ruling:
        case Deny():
            return "denied"
        case ByItself(reservations=taken, otherwise=people):
            pools = ", ".join(dict.fromkeys(one.pool.partition(" of ")[0] for one in taken))
            return f"by itself from {pools}; then {people.who}"
        case _:
            return ruling.who


def _rows(policy: Policy, action: str, rules: Mapping[str, Rule]) -> Iterator[Row]:
    ordinary = {name: _ordinary(conditions) for name, conditions in rules_by_fact(rules).items()}
    asked = {str(one.asked): one.asked for rule in rules.values() for one in rule.when}
    for name, rule in rules.items():
        own = {fact: _meant(conditions) for fact, conditions in by_fact(rule.when).items()}
        for condition in rule.when:
            if not isinstance(condition.values[0], Money | Decimal | Span):
                continue
            for threshold in condition.values:
                near = around_threshold(condition.asked, threshold)
                rulings = [
                    rule_on(policy, [_facts(policy, action, asked, {**ordinary, **own, str(condition.asked): value})])
                    for value in near
                ]
                told = [(shown(value), outcome(ruling)) for value, ruling in zip(near, rulings, strict=True)]
                ranks = [_rank(one) for one in rulings]
                yield Row(action, name, str(condition), told, isinstance(threshold, Money) and ranks != sorted(ranks))


def _rank(ruling: Ruling) -> tuple[int, ...]:
    match ruling:
        case Deny():
            return (2,)
        case ByItself():
            return (0,)
        case _:
            return (
                1,
                ruling.count,
                ruling.role == "supervisor",
                len(ruling.exclude),
                ruling.delay,
                ruling.step_up is not None,
            )


def _ordinary(conditions: Sequence[Condition]) -> Value:
    """The value of a fact of which the fewest conditions hold."""
    return min(candidates(conditions), key=lambda value: sum(compared(one, value) is not False for one in conditions))


def _meant(conditions: Sequence[Condition]) -> Value:
    """A value of which all these conditions hold, if there is one."""
    return max(candidates(conditions), key=lambda value: all(compared(one, value) for one in conditions))


def _facts(policy: Policy, action: str, asked: Mapping[str, Named], values: Mapping[str, Value]) -> Facts:
    """An ordinary action, but for these values."""
    arguments, origins, known = dict[str, Any](), dict[str, OriginKind](), dict(_ORDINARY)
    at, past = _WEDNESDAY.replace(tzinfo=policy.place), list[Done]()
    for rule in policy.by_action[action].values():
        for pool in rule.auto.reserve if rule.auto else ():
            if pool.currency and rule.auto:
                arguments[rule.auto.amount] = Money(100, pool.currency).json()
        for one in rule.when:
            if one.asked.argument:
                origins.setdefault(one.asked.argument, "record")
    for name, value in values.items():
        match name.partition(" of ")[0].split("."):
            case ["args", *path]:
                _put(arguments, path, value)
            case ["lineage", _, argument]:
                origins[argument] = cast("OriginKind", value)
            case ["time", "hour"]:
                at = at.replace(hour=int(cast("Decimal", value)))
            case ["time", "weekday"]:
                at += timedelta(days=WEEKDAYS.index(str(value)) - at.weekday())
            case ["history", _, "count"]:
                past += [Done(asked[name].of or action, at, {})] * int(cast("Decimal", value))
            case ["history", _, "sum", *path]:
                _put(done := dict[str, Any](), path, value)
                past.append(Done(asked[name].of or action, at, done))
            case _:
                known[name] = value.seconds if isinstance(value, Span) else _json(value)
    return Facts(action, arguments, origins, Around(at, "customer", known, past))


def _put(into: dict[str, Any], path: Sequence[str], value: Value) -> None:
    for name in path[:-1]:
        into = into.setdefault(name, {})
    into[path[-1]] = _json(value)


def _json(value: Value) -> Any:
    match value:
        case Money():
            return value.json()
        case Decimal():
            return int(value) if value == int(value) else float(value)
        case _:
            return value
