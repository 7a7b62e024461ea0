"""A condition of a rule: `args.amount > 500.00 EUR`. It holds, it does not hold, or nobody knows."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, cast
from zoneinfo import ZoneInfo

from missiondesk.decisions.policy.facts import Facts, Span, Value, value_of
from missiondesk.decisions.policy.naming import Named, named
from missiondesk.kit.money import Money
from missiondesk.kit.spans import seconds

Operator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in"]
_SHAPE = re.compile(
    r"(?P<fact>[A-Za-z][\w.-]*)(?:\s+of\s+(?P<of>[\w-]+\.[\w./-]+))?\s*"
    r"(?P<operator>==|!=|<=|>=|<|>|(?<=\s)not\s+in(?=[\s\[])|(?<=\s)in(?=[\s\[]))\s*(?P<value>.+)",
    re.DOTALL,
)
_ITEM = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[^,\[\]"]+?)\s*(?:,|$)')
_NOUN: Mapping[str, str] = {
    "money": "money such as 500.00 EUR",
    "number": "a number",
    "span": "a time such as 30m, 12h or 3d",
    "text": "a text",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """`values` holds one, or those of a list."""

    asked: Named
    operator: Operator
    values: tuple[Value, ...]
    text: str

    @property
    def currency(self) -> str | None:
        """The currency that it compares with, if it is about money."""
        return next((one.currency for one in self.values if isinstance(one, Money)), None)

    def __str__(self) -> str:
        return self.text


def parse(text: object) -> Condition:
    """The condition that somebody wrote. Raises `ValueError` that says what is wrong with it."""
    if not isinstance(text, str):
        raise ValueError('a condition is a text such as "args.amount > 500.00 EUR".')
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        raise ValueError(
            f"{text!r} cannot be read. A condition is a fact, one of == != < <= > >= in, not in, and a value: "
            '"args.amount > 500.00 EUR".'
        )
    asked = named(match["fact"], match["of"])
    operator = cast("Operator", " ".join(match["operator"].split()))
    listed = operator in ("in", "not in")
    values = tuple(_values(match["value"].strip()) if listed else [literal(match["value"].strip())])
    _check(asked, operator, values)
    return Condition(asked, operator, values, " ".join(text.split()))


def holds(condition: Condition, facts: Facts, zone: ZoneInfo) -> bool | None:
    """Whether it holds; `None`: the fact is not known, or cannot be compared with this."""
    found = value_of(condition.asked, facts, zone, condition.currency)
    return None if found is None else compared(condition, found)


def compared(condition: Condition, found: Value) -> bool | None:
    """Whether it holds of this value; `None`: another kind of thing, or another currency."""
    if not all(_alike(found, one) for one in condition.values):
        return None
    first = condition.values[0]
    match condition.operator:
        case "==" | "in":
            return found in condition.values
        case "!=" | "not in":
            return found not in condition.values
        case "<":
            return _size(found) < _size(first)
        case "<=":
            return _size(found) <= _size(first)
        case ">":
            return _size(found) > _size(first)
        case ">=":
            return _size(found) >= _size(first)


def literal(text: str) -> Value:
    """A value as it is written: `500.00 EUR`, `3`, `2d`, `true`, `"a text"`, or a word. Raises `ValueError`."""
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            raise ValueError(f'{text} is no text: close it with one ".') from None
    if re.fullmatch(r"-?[\d.,]+\s*[A-Za-z]{3}", text):
        return money(text)
    if re.fullmatch(r"\d+[mhd]", text):
        return Span(seconds(text))
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        try:
            return Decimal(text)
        except InvalidOperation:
            raise ValueError(f"{text} is no number.") from None
    if re.fullmatch(r"[A-Za-z_][\w-]*", text):
        return text
    raise ValueError(
        f"{text} cannot be read as a value: write 500.00 EUR, a number, a time such as 3d, true, false, "
        'a word, or a text in "".'
    )


def money(text: str) -> Money:
    """`500.00 EUR`. Raises `ValueError`."""
    number, _, currency = re.sub(r"\s*([A-Za-z]+)$", r" \1", text.strip()).rpartition(" ")
    found = Money.read(number, currency)
    if found is None:
        raise ValueError(f"{text} is no exact amount: write 500.00 EUR, 500 EUR or 1500 JPY, without other marks.")
    return found


def _values(text: str) -> list[Value]:
    if not (text.startswith("[") and text.endswith("]")):
        raise ValueError(f"{text} is no list: write [one, two].")
    inner, found, at = text[1:-1].strip(), list[Value](), 0
    while at < len(inner):
        match = _ITEM.match(inner, at)
        if match is None:
            raise ValueError(f"{text} cannot be read as a list: write [one, two].")
        found.append(literal(match[1]))
        at = match.end()
    if not found:
        raise ValueError("the list is empty: the condition would say nothing.")
    return found


def _check(asked: Named, operator: Operator, values: Sequence[Value]) -> None:
    """What is compared must be alike, and what is ordered must have an order."""
    kinds = {_kind(one) for one in values}
    if len(kinds) > 1 or len({one.currency for one in values if isinstance(one, Money)}) > 1:
        raise ValueError("a list holds one kind of thing, and one currency.")
    kind, wanted = kinds.pop(), asked.fact.kind
    if wanted not in ("any", kind) or (wanted == "any" and kind == "span"):
        noun = _NOUN.get(wanted, "no time")
        raise ValueError(f"{asked} is {noun}, and cannot be compared with {shown(values[0])}.")
    if kind in ("text", "yes or no") and operator in ("<", "<=", ">", ">="):
        raise ValueError(f"a text has no order: {operator} is for money, numbers and times.")
    for one in values:
        if asked.fact.one_of and one not in asked.fact.one_of:
            raise ValueError(f"{asked} is never {shown(one)}: it is one of {', '.join(asked.fact.one_of)}.")


def _kind(value: Value) -> str:
    match value:
        case bool():
            return "yes or no"
        case Money():
            return "money"
        case Decimal():
            return "number"
        case Span():
            return "span"
        case str():
            return "text"


def _alike(one: Value, other: Value) -> bool:
    if isinstance(one, Money) and isinstance(other, Money):
        return one.currency == other.currency
    return _kind(one) == _kind(other)


def _size(value: Value) -> Decimal | int:
    match value:
        case Money(minor=size) | Span(seconds=size):
            return size
        case Decimal():
            return value
        case _:
            raise TypeError("it has no order")


def shown(value: Value) -> str:
    """A value for people."""
    return str(value).lower() if isinstance(value, bool) else str(value)
