"""Facts: what a rule may ask about an action. What the record does not hold is unknown, and can only restrict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from missiondesk.decisions.action import Action
from missiondesk.decisions.lineage import OriginKind
from missiondesk.decisions.policy.naming import WEEKDAYS, Named
from missiondesk.kit.json_values import is_object
from missiondesk.kit.money import Money

SIGNED_IN = 2  # the identity level of a customer who signed in at the portal


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time."""

    seconds: int

    def __str__(self) -> str:
        rest, parts = self.seconds, list[str]()
        for length, unit in _UNITS:
            count, rest = divmod(rest, length)
            parts += [f"{count}{unit}"] if count else []
        return " ".join(parts[:3]) or "0m"


Value = Money | Decimal | Span | str | bool
_UNITS = ((86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))


@dataclass(frozen=True, slots=True)
class Done:
    """An action that was granted for the customer before, and did not come to nothing."""

    tool: str
    at: datetime
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """What is around the actions of a proposal. What is not there is unknown.

    `known`: the facts of case, customer, brief and identity by name; spans in seconds. `past`: as far back as is asked.
    """

    at: datetime | None = None
    customer: str | None = None
    known: Mapping[str, int | str] = field(default_factory=dict[str, int | str])
    past: Sequence[Done] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a rule may ask about one action. `beside`: the other actions of its proposal, each (tool, arguments)."""

    action: str
    arguments: Mapping[str, Any]
    origins: Mapping[str, OriginKind]
    around: Around
    beside: Sequence[tuple[str, Mapping[str, Any]]] = ()


def facts_of(actions: Sequence[Action], around: Around) -> list[Facts]:
    """What the policy may ask about each action of a proposal."""
    return [
        Facts(
            one.key,
            one.arguments,
            {name: origin.kind for name, origin in one.lineage.items()},
            around,
            tuple((other.key, other.arguments) for place, other in enumerate(actions) if place != at),
        )
        for at, one in enumerate(actions)
    ]


def value_of(asked: Named, facts: Facts, zone: ZoneInfo, currency: str | None = None) -> Value | None:
    """The fact's value; `None`: it is not known. `currency`: what an empty sum is nothing of."""
    around = facts.around
    match asked.name.split("."):
        case ["args", *path]:
            return _read(_at(facts.arguments, path))
        case ["lineage", "args", argument]:
            return facts.origins.get(argument)
        case ["connection"]:
            return facts.action.partition(".")[0]
        case ["tool"]:
            return facts.action.partition(".")[2]
        case ["time", "weekday"] if around.at is not None:
            return WEEKDAYS[around.at.astimezone(zone).weekday()]
        case ["time", "hour"] if around.at is not None:
            return Decimal(around.at.astimezone(zone).hour)
        case ["history", _, "count"]:
            past = _past(asked, facts)
            return None if past is None else Decimal(len(past))
        case ["history", _, "sum", *path]:
            past = _past(asked, facts)
            return None if past is None else _sum([_read(_at(one, path)) for one in past], currency)
        case _:
            found = around.known.get(asked.name)
            if isinstance(found, int):
                return Span(found) if asked.fact.kind == "span" else Decimal(found)
            return found


def _past(asked: Named, facts: Facts) -> list[Mapping[str, Any]] | None:
    """The arguments of each such action before, and of each beside this one."""
    at, past = facts.around.at, facts.around.past
    if at is None or past is None:
        return None
    tool, since = asked.of or facts.action, at - timedelta(days=asked.days)
    before = [one.arguments for one in past if one.tool == tool and one.at >= since]
    return [*before, *(arguments for other, arguments in facts.beside if other == tool)]


def _sum(values: Sequence[Value | None], currency: str | None) -> Money | None:
    total = 0
    for one in values:
        if not isinstance(one, Money) or one.currency != currency:
            return None
        total += one.minor
    return Money(total, currency) if currency else None


def _at(value: Any, path: Sequence[str]) -> Any:
    for name in path:
        value = value.get(name) if is_object(value) else None
    return value


def _read(value: Any) -> Value | None:
    match value:
        case bool() | str():
            return value
        case int() | float():
            return Decimal(repr(value))
        case _:
            return Money.of(value)
