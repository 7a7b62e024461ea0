"""One thing made wrong in a past action: what somebody who reads the card sees, and somebody who does not, does not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from missiondesk.decisions import Action, Origin
from missiondesk.insights.record import Wrong
from missiondesk.kit.money import Money, shown

_WAYS: tuple[Wrong, ...] = ("amount", "record", "source")
_MADE_UP = Origin("model", "made up by the worker: no record holds it")


@dataclass(frozen=True, slots=True)
class Spoilt:
    """The `action` with `argument` made wrong; `before` and `after` as people read them."""

    wrong: Wrong
    action: Action
    argument: str
    before: str
    after: str

    @property
    def reveals(self) -> str:
        """What was wrong, in a sentence."""
        name = self.argument.replace("_", " ")
        match self.wrong:
            case "amount":
                return f"the {name}, {self.after}, is another payment's; it was {self.before}."
            case "record":
                return f"the {name}, {self.after}, is another customer's; it was {self.before}."
            case "source":
                return f"the {name}, {self.after}, stands in no record; it was {self.before}."

    def told(self, message: str | None) -> str | None:
        """The message to the customer fits what would be done: one thing is wrong, not two."""
        return message.replace(self.before, self.after) if message else None


def spoilt(action: Action, others: Sequence[Action], turn: int) -> Spoilt | None:
    """`others` are where the wrong values come from; `turn`: which way is tried first. `None`: there is nothing."""
    alike = [one for one in others if one.key == action.key and one.customer != action.customer]
    ways: list[Wrong] = [*_WAYS[turn % 3 :], *_WAYS[: turn % 3]]
    return next((found for way in ways for found in _tries(way, action, alike)), None)


def _tries(wrong: Wrong, action: Action, others: Sequence[Action]) -> Iterator[Spoilt]:
    for name, value in action.arguments.items():
        origin, money = action.lineage[name], Money.of(value)
        if origin.kind != "record":
            continue
        if wrong == "amount" and money is not None:
            for other in others:
                theirs = Money.of(other.arguments.get(name))
                if theirs is not None and theirs.currency == money.currency and theirs.minor != money.minor:
                    yield _with(wrong, action, name, theirs.json())
        elif wrong == "record" and isinstance(value, str):
            for other in others:
                theirs = other.arguments.get(name)
                if isinstance(theirs, str) and theirs != value:
                    yield _with(wrong, action, name, theirs)
        elif wrong == "source" and money is not None:
            yield _with(wrong, action, name, replace(money, minor=money.minor + _more(money)).json(), _MADE_UP)


def _more(money: Money) -> int:
    """A tenth, in whole units of the currency as far as it has hundredths; never nothing."""
    return max(100, money.minor // 1_000 * 100)


def _with(wrong: Wrong, action: Action, name: str, value: Any, origin: Origin | None = None) -> Spoilt:
    arguments: Mapping[str, Any] = {**action.arguments, name: value}
    lineage = {**action.lineage, name: origin or action.lineage[name]}
    new = replace(action, arguments=arguments, lineage=lineage)
    return Spoilt(wrong, new, name, shown(action.arguments[name]), shown(value))
