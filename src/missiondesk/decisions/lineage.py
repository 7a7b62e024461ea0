"""Lineage: where each argument of an action came from, found by our code in what this mission really saw.

It matches values, not the flow of information: a true value can still be the wrong one. A value that stands in several
records is traced to the one that also holds the action's other values (the amount of *this* payment). What stands in
no record may be derived from several: the worker says how, and our code makes it again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from missiondesk.decisions.derived import Derived, FieldOf, Made, Source, made_of
from missiondesk.kit.canonical import canonical
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.money import Money, shown
from missiondesk.kit.text import REDACTED
from missiondesk.trace import Observation

OriginKind = Literal["record", "customer", "bound", "rule", "person", "model"]
_SHORT = 3  # shorter values match by accident: they also need the field's name
# parts of the names of fields in which anybody's words may stand: that a value stands there alone says nothing
_WORDS = frozenset(
    ("body", "comment", "comments", "description", "feedback", "instructions", "memo", "message", "note", "notes")
    + ("remark", "remarks", "review", "subject", "text", "words")
)
_OTHER_MARKS = str.maketrans(".,", ",.")  # 1.234,50 as many write 1,234.50


@dataclass(frozen=True, slots=True)
class Origin:
    """`observation` and `path` (RFC 9535) lead to the field; `quote`: the customer's words; `label`: for people.

    `made`: of which fields our code has made it again; then no single field is it.
    """

    kind: OriginKind
    label: str
    observation: int | None = None
    path: str | None = None
    quote: str | None = None
    made: Made | None = None

    @property
    def observations(self) -> set[int]:
        """The records that it comes from."""
        if self.made is not None:
            return {one.observation for one in self.made.of}
        return {self.observation} if self.kind == "record" and self.observation is not None else set()

    def json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "label": self.label,
            "observation": self.observation,
            "path": self.path,
            "quote": self.quote,
            "made": self.made.model_dump(mode="json") if self.made else None,
        }


@dataclass(frozen=True, slots=True)
class _Place:
    """One place in one record where a value stands."""

    observation: int
    title: str
    path: str
    parent: str
    field: str


def origins_of(
    arguments: Mapping[str, Any],
    *,
    bound: Sequence[str],
    seen: Sequence[Observation],
    constants: Mapping[str, str],
    brief: str,
    derived: Mapping[str, Derived] = MappingProxyType({}),
) -> dict[str, Origin]:
    """The origin of each argument. `constants` are values that the brief itself sets.

    `derived`: what the worker says some of them are made of. What does not come out exactly is as if it was not said.
    """
    places = {name: _places(value, seen, name) for name, value in arguments.items() if name not in bound}
    found: dict[str, Origin] = {}
    for name, value in arguments.items():
        if name in bound:
            found[name] = Origin("bound", "bound to the case's customer by Missiondesk")
        elif isinstance(value, str) and constants.get(name) == value:
            found[name] = Origin("rule", f"set by the brief {brief}")
        elif made := _made(value, derived.get(name), seen):
            found[name] = Origin("record", made.label(value), made=made)
        elif place := _best(name, places):
            found[name] = Origin("record", place.title, place.observation, place.path)
        elif value in constants.values() and isinstance(value, str):
            found[name] = Origin("rule", f"set by the brief {brief}")
        else:
            found[name] = _in_words(value, seen) or Origin("model", "made up by the worker: no record holds it")
    return found


def _made(value: Any, said: Derived | None, seen: Sequence[Observation]) -> Made | None:
    if said is None:
        return None
    fields = [_field(one, seen) for one in said.of]
    found = [one for one in fields if one is not None]
    places = {(source.observation, source.path) for source, _ in found}
    if len(places) < len(said.of):  # one is not there, or counted twice
        return None
    result = made_of(said.op, [inner for _, inner in found])
    if result is None or canonical(result) != canonical(value):
        return None
    return Made(op=said.op, of=tuple(source for source, _ in found))


def _field(wanted: FieldOf, seen: Sequence[Observation]) -> tuple[Source, Any] | None:
    """The field with its value; `None`: there is no such field in a record, or more than one that is spelt so."""
    found = [
        (Source(observation=one.n, path=place.path, shown=shown(place.value)), place.value)
        for one in _records(seen)
        if one.n == wanted.observation
        for place in _fields(one.told["value"])
        if _dotted(place.path) == _dotted(wanted.path) and not _echo(one, place)
    ]
    return found[0] if len(found) == 1 else None


def _dotted(path: str) -> str:
    return re.sub(r"\[(\d+)\]", r".\1", path).removeprefix("$").removeprefix(".")


def _best(name: str, places: Mapping[str, Sequence[_Place]]) -> _Place | None:
    def company(place: _Place) -> int:
        others = (p for other, those in places.items() if other != name for p in those)
        return sum((p.observation, p.parent) == (place.observation, place.parent) for p in others)

    return max(
        places[name], key=lambda place: (company(place), _alike(place.field, name), place.observation), default=None
    )


def _alike(field: str, name: str) -> bool:
    return field == name or field.endswith(f"_{name}") or name.endswith(f"_{field}")


def _places(value: Any, seen: Sequence[Observation], name: str) -> list[_Place]:
    if value == REDACTED:
        return []
    wanted = canonical(value)
    empty = value is None or value in ("", [], {})
    accident = empty or isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) < _SHORT)
    return [
        _Place(one.n, f"{one.told['title']} ({one.told['source']})", at.path, at.parent, at.name)
        for one in _records(seen)
        for at in _fields(one.told["value"])
        if canonical(at.value) == wanted
        and (_alike(at.name, name) or not (accident or _holds_words(at.name)))
        and not _echo(one, at)
    ]


def _records(seen: Sequence[Observation]) -> list[Observation]:
    return [one for one in seen if one.kind == "seen" and one.told["answer"] == "ok"]


def _holds_words(field: str) -> bool:
    return not _WORDS.isdisjoint(field.casefold().split("_"))


@dataclass(frozen=True, slots=True)
class _Field:
    """One field in a record. `parent` and `around` are the path and the value of the object that it stands in."""

    path: str
    parent: str
    name: str
    value: Any
    around: Any


def _echo(one: Observation, at: _Field) -> bool:
    """What only repeats what was asked with is no record: at the top of a result, or with nothing else beside it."""
    asked = one.told["arguments"].values()
    if at.value not in asked or "[" in at.path:
        return False
    return at.path.count(".") == 1 or all(value in asked for value in at.around.values())


def _fields(value: Any, path: str = "$", parent: str = "", name: str = "", around: Any = None) -> Iterator[_Field]:
    if name:
        yield _Field(path, parent, name, value, around)
    if is_object(value):
        for key, inner in value.items():
            yield from _fields(inner, f"{path}.{key}", path, str(key), value)
    elif is_list(value):
        for index, inner in enumerate(value):
            yield from _fields(inner, f"{path}[{index}]", parent, name, around)


def _in_words(value: Any, seen: Sequence[Observation]) -> Origin | None:
    spelt = _spellings(value)
    if not spelt:
        return None
    any_ = "|".join(re.escape(one) for one in spelt)
    # no part of a longer word, number or id: not 490 in 1.490, in 490,50 or in A-490
    pattern = re.compile(rf"(?<!\w)(?<!\w[-.,@])(?:{any_})(?!\w)(?!-\w)(?![.,]\d)", re.IGNORECASE)
    for one in reversed(seen):
        if one.kind == "received" and (match := pattern.search(one.told["text"])):
            start, end = max(0, match.start() - 40), match.end() + 40
            return Origin("customer", "in the customer's words", one.n, quote=one.told["text"][start:end].strip())
    return None


def _spellings(value: Any) -> list[str]:
    """How a customer would write it. An amount counts only with its currency."""
    if money := Money.of(value):
        number = re.sub(r"[^\d.,-]", "", shown(value))
        sign = str(money)[0] if not str(money)[0].isdigit() else money.currency
        plain = {number, number.replace(",", ""), number.translate(_OTHER_MARKS), number.removesuffix(".00")}
        return [
            f"{a}{gap}{b}"
            for n in plain
            for c in (sign, money.currency)
            for gap in ("", " ")
            for a, b in ((c, n), (n, c))
        ]
    if not isinstance(value, str | int) or isinstance(value, bool) or len(str(value)) < _SHORT:
        return []
    return [str(value)]
