"""Where the answer of a policy can change: the values around each threshold, and what conditions say of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from missiondesk.decisions.policy.conditions import Condition, compared
from missiondesk.decisions.policy.facts import Span, Value
from missiondesk.decisions.policy.naming import Named
from missiondesk.decisions.policy.reading import Rule
from missiondesk.kit.money import Money

SOMETHING_ELSE = "something else"


def by_fact(conditions: Iterable[Condition]) -> dict[str, list[Condition]]:
    """The conditions about each fact, by its name."""
    found: dict[str, list[Condition]] = {}
    for one in conditions:
        found.setdefault(str(one.asked), []).append(one)
    return found


def around_threshold(asked: Named, value: Value) -> Sequence[Value]:
    """The smallest unit below, the value itself, and the smallest unit above, as far as there are such."""
    return [one for step in (-1, 0, 1) if (one := _moved(asked, value, step)) is not None]


def candidates(conditions: Sequence[Condition]) -> list[Value]:
    """Values of one fact, of which some make each of these conditions hold, if anything can."""
    asked, given = conditions[0].asked, [value for one in conditions for value in one.values]
    found = [near for value in given for near in around_threshold(asked, value)]
    if any(isinstance(one, str) for one in given):
        found += asked.fact.one_of or (SOMETHING_ELSE,)
    if any(isinstance(one, bool) for one in given):
        found += [True, False]
    return list(dict.fromkeys([*found, *_between([one for one in given if isinstance(one, Decimal)], asked)]))


def can_hold(conditions: Sequence[Condition]) -> bool:
    """Whether one value of their fact can make all of them hold."""
    return any(all(compared(one, value) for one in conditions) for value in candidates(conditions))


def implies(one: Rule, other: Rule) -> bool:
    """Whether all conditions of `other` hold wherever those of `one` do."""
    own, wanted = by_fact(one.when), by_fact(other.when)
    return all(name in own and _follows(own[name], conditions) for name, conditions in wanted.items())


def rules_by_fact(rules: Mapping[str, Rule]) -> dict[str, list[Condition]]:
    """All conditions of some rules, by the fact that they ask about."""
    return by_fact(condition for rule in rules.values() for condition in rule.when)


def _follows(own: Sequence[Condition], wanted: Sequence[Condition]) -> bool:
    """Whether `wanted` holds of each value of which `own` does. They are about the same fact."""
    held = [value for value in candidates([*own, *wanted]) if all(compared(one, value) for one in own)]
    return bool(held) and all(compared(one, value) for one in wanted for value in held)


def _moved(asked: Named, value: Value, step: int) -> Value | None:
    match value:
        case Money(minor, currency):
            return Money(minor + step, currency)
        case Span(seconds):
            return Span(seconds + 60 * step) if seconds + 60 * step >= 0 else None
        case Decimal():
            moved = value + step * Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
            least, most = asked.fact.between if asked.fact.kind == "number" else (None, None)
            return moved if (least is None or moved >= least) and (most is None or moved <= most) else None
        case _:
            return value


def _between(numbers: Sequence[Decimal], asked: Named) -> Iterator[Decimal]:
    """Between two thresholds an argument can be any number; a number of ours is whole."""
    if asked.fact.kind == "any":
        ordered = sorted(set(numbers))
        yield from ((one + other) / 2 for one, other in zip(ordered, ordered[1:], strict=False))
