"""Derived values: a worker says from which fields of records it has made an amount, and our code makes it again.

The declaration is never believed. It only says where to look: exact money or whole numbers of this mission's records.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from missiondesk.kit.money import Money, shown

Op = Literal["sum", "difference", "min"]
MOST_FIELDS = 6  # with more to pick from, some of them add up to almost anything
_BETWEEN = {"sum": " + ", "difference": " − ", "min": ", "}


class FieldOf(BaseModel):
    """One field of one record: the observation's number, and its path: `$.payments[1].amount`, or with dots alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    observation: int
    path: str = Field(min_length=1, max_length=500)


class Derived(BaseModel):
    """What an argument was made of: the sum of the fields, the first less all others, or the smallest of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    op: Op
    of: tuple[FieldOf, ...] = Field(min_length=2, max_length=MOST_FIELDS)


class Source(FieldOf):
    """A field as it was found, its value in words."""

    shown: str


class Made(BaseModel):
    """How our own code made an argument again, and from what."""

    model_config = ConfigDict(frozen=True)

    op: Op
    of: tuple[Source, ...]

    def label(self, result: Any) -> str:
        """`€12.30 = €20.00 − €7.70 (observations #3, #4)`."""
        numbers = sorted({one.observation for one in self.of})
        terms = _BETWEEN[self.op].join(one.shown for one in self.of)
        made = f"the smallest of {terms}" if self.op == "min" else terms
        where = ", ".join(f"#{n}" for n in numbers)
        return f"{shown(result)} = {made} (observation{'s' if len(numbers) > 1 else ''} {where})"


def made_of(op: Op, values: Sequence[Any]) -> Any:
    """The money, as JSON, or the whole number that comes out. `None`: nothing that can be told exactly, or below zero.

    All are money of one currency, or all are whole numbers.
    """
    money = [one for value in values if (one := Money.of(value))]
    if len(money) == len(values) and len({one.currency for one in money}) == 1:
        minor = _result(op, [one.minor for one in money])
        return None if minor < 0 else Money(minor, money[0].currency).json()
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        number = _result(op, values)
        return None if number < 0 else number
    return None


def _result(op: Op, numbers: Iterable[int]) -> int:
    first, *others = numbers
    match op:
        case "sum":
            return first + sum(others)
        case "difference":
            return first - sum(others)
        case "min":
            return min(first, *others)
