"""Moves: where a worker stops."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from missiondesk.decisions import Derived
from missiondesk.kit.text import visible

Outcome = Literal["resolved", "explained", "declined", "handed_off", "withdrawn", "failed"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change that a worker asks for: `billing.refund_payment` with its arguments, without those we bind.

    `derived`: what the worker has made an argument of, by the argument's name. It is made again, never believed.
    """

    tool: str
    arguments: Mapping[str, Any]
    derived: Mapping[str, Derived] = field(default_factory=dict[str, Derived])


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the customer, and wait."""

    question: str


@dataclass(frozen=True, slots=True)
class Propose:
    """Actions in order, and what the customer is told once they are done. `evidence`: numbers of observations."""

    actions: tuple[Wanted, ...]
    message: str
    reasons: tuple[str, ...]
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class HandOff:
    """A person takes the case over. `reason` is for the team, `message` for the customer."""

    reason: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Conclude:
    """The end: what was found and done, in a few words; `message` if the customer has not been told yet."""

    outcome: Literal["resolved", "explained", "declined"]
    summary: str
    message: str | None = None
    evidence: tuple[int, ...] = field(default=())


Move = Ask | Propose | HandOff | Conclude


def in_plain_sight(move: Move) -> Move:
    """The same move with every hidden character in its words made visible: they are stored, shown and sent."""
    match move:
        case Ask(question):
            return Ask(visible(question))
        case Propose():
            reasons = tuple(visible(reason) for reason in move.reasons)
            return replace(move, message=visible(move.message), reasons=reasons)
        case HandOff(reason, message):
            return HandOff(visible(reason), visible(message) if message else None)
        case Conclude():
            message = visible(move.message) if move.message else None
            return replace(move, summary=visible(move.summary), message=message)
