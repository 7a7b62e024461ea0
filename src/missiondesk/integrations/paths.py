"""Paths into a JSON value (RFC 9535): what stands there, and the value with it replaced or taken out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Literal

from jsonpath_rfc9535 import JSONPathError, find

from missiondesk.kit.json_values import is_list, is_object

Step = tuple[Literal["name"], str] | tuple[Literal["index"], int] | tuple[Literal["any"], None]
WILD: Final[Step] = ("any", None)
_GONE: Final = object()
Change = Callable[[Any], Any]
_STEP = re.compile(
    r"""\.(?P<name>[A-Za-z_\u0080-\U0010ffff][\w\u0080-\U0010ffff]*)
    |\[\s*'(?P<single>[^'\\]*)'\s*\]|\[\s*"(?P<double>[^"\\]*)"\s*\]
    |\[\s*(?P<index>0|[1-9][0-9]*)\s*\]|(?P<any>\.\*|\[\s*\*\s*\])""",
    re.VERBOSE,
)


@lru_cache(maxsize=10_000)
def steps_of(path: str) -> tuple[Step, ...] | None:
    """The steps of a path made of names, positions from the front and wildcards; `None` for any other path."""
    steps: list[Step] = []
    at = 1 if path.startswith("$") else 0
    while at < len(path):
        found = _STEP.match(path, at)
        if found is None:
            return None
        steps.append(_step(found))
        at = found.end()
    return tuple(steps) if path.startswith("$") else None


def values_at(path: str, value: Any) -> list[Any]:
    """The values at an RFC 9535 path; none for a path that does not parse or a value that has nothing there."""
    try:
        return [node.value for node in find(path, value)]
    except JSONPathError:
        return []


def changed_at(paths: Sequence[str], value: Any, change: Change) -> Any:
    """A copy of `value` with what stands at `paths` changed, inner places before outer ones.

    Raises `JSONPathError` where nobody can say what stands there: `$..name` in a value nested too deeply.
    """
    return _changed(value, _places(paths, value), change)


def without(paths: Sequence[str], value: Any) -> Any:
    """A copy of `value` without what stands at `paths`; `None` if that is all of it. Raises like `changed_at`."""
    left = changed_at(paths, value, lambda _: _GONE)
    return None if left is _GONE else left


@dataclass(slots=True)
class _Place:
    """A place in a value that paths lead through, and whether one of them ends there."""

    ends: bool = False
    inside: dict[int | str, "_Place"] = field(default_factory=dict[int | str, "_Place"])


def _places(paths: Sequence[str], value: Any) -> _Place:
    root = _Place()
    for path in paths:
        for node in find(path, value):
            place = root
            for part in node.location:
                place = place.inside.setdefault(part, _Place())
            place.ends = True
    return root


def _changed(value: Any, place: _Place, change: Change) -> Any:
    if place.inside and is_object(value):
        items = ((name, inner, place.inside.get(name)) for name, inner in value.items())
        told = ((name, _changed(inner, into, change) if into else inner) for name, inner, into in items)
        value = {name: inner for name, inner in told if inner is not _GONE}
    elif place.inside and is_list(value):
        elements = ((inner, place.inside.get(index)) for index, inner in enumerate(value))
        each = (_changed(inner, into, change) if into else inner for inner, into in elements)
        value = [inner for inner in each if inner is not _GONE]
    return change(value) if place.ends else value


def _step(found: re.Match[str]) -> Step:
    if found["any"] is not None:
        return WILD
    if found["index"] is not None:
        return "index", int(found["index"])
    return "name", next(one for one in (found["name"], found["single"], found["double"]) if one is not None)
