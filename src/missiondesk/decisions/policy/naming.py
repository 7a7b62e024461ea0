"""What a rule may ask about: each fact by its name, and of what kind it is."""

from dataclasses import dataclass
from typing import Literal, get_args

from missiondesk.decisions.lineage import OriginKind

Kind = Literal["any", "money", "number", "span", "text"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a rule may name. `between`: the least and the most of a number; `one_of`: all that a text can be."""

    name: str
    kind: Kind
    says: str
    one_of: tuple[str, ...] = ()
    between: tuple[int, int | None] = (0, None)


FACTS = (
    Fact("args.NAME", "any", "an argument of the action; inside of it args.NAME.FIELD"),
    Fact("lineage.args.NAME", "text", "where that argument came from", one_of=get_args(OriginKind)),
    Fact("identity", "number", "0 anonymous, 1 claimed, 2 signed in, 3 proved for this change", between=(0, 3)),
    Fact("case.age", "span", "since the case was opened"),
    Fact("case.messages", "number", "what the customer has written in the case"),
    Fact("case.portal", "text", "the portal that the case came in by"),
    Fact("customer.age", "span", "since the customer has an account with us"),
    Fact("customer.cases", "number", "all cases of the customer, this one too"),
    Fact("brief", "text", "the brief's name, without its version"),
    Fact("connection", "text", "the system that the action goes to"),
    Fact("tool", "text", "the tool in it"),
    Fact("time.weekday", "text", "in the policy's zone", one_of=WEEKDAYS),
    Fact("time.hour", "number", "in the policy's zone", between=(0, 23)),
    Fact("history.DAYS.count", "number", "how often this tool was granted for this customer, in 30d for example"),
    Fact("history.DAYS.sum.NAME", "money", "what the argument NAME of these comes to"),
)
_PLAIN = {one.name: one for one in FACTS if one.name.islower()}
_ARGUMENT, _ORIGIN, _COUNT, _SUM = (one for one in FACTS if not one.name.islower())


@dataclass(frozen=True, slots=True)
class Named:
    """A fact as a condition names it. `of`: the tool whose history is asked, where it is another one."""

    name: str
    fact: Fact
    of: str | None = None

    @property
    def days(self) -> int:
        """How far back it looks; 0: not at all."""
        return int(self.name.split(".")[1][:-1]) if self.name.startswith("history.") else 0

    @property
    def argument(self) -> str | None:
        """The argument of the action that it asks about, if it does."""
        parts = self.name.split(".")
        match parts:
            case ["args", name, *_] | ["lineage", "args", name]:
                return name
            case ["history", _, "sum", *path] if self.of is None:
                return path[0]
            case _:
                return None

    def __str__(self) -> str:
        return f"{self.name} of {self.of}" if self.of else self.name


def named(name: str, of: str | None) -> Named:
    """The fact of this name. Raises `ValueError` with what there is."""
    match name.split("."):
        case ["args", *path] if path and all(path):
            fact = _ARGUMENT
        case ["lineage", "args", argument] if argument:
            fact = _ORIGIN
        case ["history", days, "count"] if _is_days(days):
            fact = _COUNT
        case ["history", days, "sum", *path] if _is_days(days) and path and all(path):
            fact = _SUM
        case _ if name in _PLAIN:
            fact = _PLAIN[name]
        case _:
            there = ", ".join(one.name for one in FACTS)
            raise ValueError(f"there is no fact {name!r}. There is {there}, with days such as 30d.")
    if of is not None and fact not in (_COUNT, _SUM):
        raise ValueError(f"only a history can be `of` another tool, not {name}.")
    return Named(name, fact, of)


def _is_days(text: str) -> bool:
    return text.endswith("d") and text[:-1].isdecimal() and 0 < int(text[:-1]) <= 3660
