"""Lineage: where each argument of an action came from, found by our code in what this mission really saw.

It matches values, not the flow of information: a true value can still be the wrong one. A value that stands in several
records is traced to the one that also holds the action's other values (the amount of *this* payment).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from missiondesk.kit.canonical import canonical
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.text import REDACTED
from missiondesk.trace import Observation

OriginKind = Literal["record", "customer", "bound", "rule", "person", "model"]
_SHORT = 3  # shorter values match by accident: they also need the field's name


@dataclass(frozen=True, slots=True)
class Origin:
    """`observation` and `path` (RFC 9535) lead to the field; `quote`: the customer's words; `label`: for people."""

    kind: OriginKind
    label: str
    observation: int | None = None
    path: str | None = None
    quote: str | None = None

    def json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "label": self.label,
            "observation": self.observation,
            "path": self.path,
            "quote": self.quote,
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
) -> dict[str, Origin]:
    """The origin of each argument. `constants` are values that the brief itself sets."""
    places = {name: _places(value, seen, name) for name, value in arguments.items() if name not in bound}
    found: dict[str, Origin] = {}
    for name, value in arguments.items():
        if name in bound:
            found[name] = Origin("bound", "bound to the case's customer by Missiondesk")
        elif place := _best(name, places):
            found[name] = Origin("record", place.title, place.observation, place.path)
        elif value in constants.values() and isinstance(value, str):
            found[name] = Origin("rule", f"set by the brief {brief}")
        else:
            found[name] = _in_words(value, seen) or Origin("model", "made up by the worker: no record holds it")
    return found


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
    accident = isinstance(value, bool | int | None) or (isinstance(value, str) and len(value) < _SHORT)
    return [
        _Place(one.n, f"{one.told['title']} ({one.told['source']})", path, parent, field)
        for one in seen
        if one.kind == "seen" and one.told["answer"] == "ok"
        for path, parent, field, inner in _fields(one.told["value"])
        if canonical(inner) == wanted and (not accident or _alike(field, name)) and not _echo(one, path, inner)
    ]


def _echo(one: Observation, path: str, value: Any) -> bool:
    """A field at the top of a result that only repeats what was asked with is no record."""
    return path.count(".") == 1 and "[" not in path and value in one.told["arguments"].values()


def _fields(value: Any, path: str = "$", parent: str = "", field: str = "") -> Iterator[tuple[str, str, str, Any]]:
    if field:
        yield path, parent, field, value
    if is_object(value):
        for key, inner in value.items():
            yield from _fields(inner, f"{path}.{key}", path, str(key))
    elif is_list(value):
        for index, inner in enumerate(value):
            yield from _fields(inner, f"{path}[{index}]", parent, field)


def _in_words(value: Any, seen: Sequence[Observation]) -> Origin | None:
    if not isinstance(value, str | int) or isinstance(value, bool) or len(str(value)) < _SHORT:
        return None
    pattern = re.compile(rf"(?<!\w){re.escape(str(value))}(?!\w)", re.IGNORECASE)
    for one in reversed(seen):
        if one.kind == "received" and (match := pattern.search(one.told["text"])):
            start, end = max(0, match.start() - 40), match.end() + 40
            return Origin("customer", "in the customer's words", one.n, quote=one.told["text"][start:end].strip())
    return None
