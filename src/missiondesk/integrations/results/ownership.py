"""Does a result belong to the customer, and what of it? A shape nobody expected is nobody's.

A path without a wildcard (`$.order.customer_id`) must hold the customer's id, or nothing belongs to them. At a wildcard
(`$.orders[*].customer_id`) records are looked at one by one, and the others are left out as if they were not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from missiondesk.integrations.manifest import Tool
from missiondesk.integrations.paths import WILD, Step, steps_of, values_at
from missiondesk.kit.json_values import is_list, is_object

__all__ = ["belonging", "owned", "values_at"]

_Paths = Sequence[tuple[Step, ...]]


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of a value: `shown` holds the customer's id somewhere, `firm` at a place outside any list.

    `short`: something in it was somebody else's and is left out.
    """

    value: Any
    shown: bool = False
    firm: bool = False
    short: bool = False


def belonging(tool: Tool, value: Any, record: str) -> Any | None:
    """What of a result belongs to the customer with this id; `None` when nothing does.

    Where records were left out, what stands beside their list and was not verified itself (counts, summaries) is left
    out too: it would tell of the others.
    """
    if tool.owner == "nobody":
        return value
    left = _owned_part(tool, value, record)
    return left.value if left is not None else None


def owned(tool: Tool, value: Any, record: str) -> bool:
    """Whether all of a result belongs to the customer with this id."""
    if tool.owner == "nobody":
        return True
    left = _owned_part(tool, value, record)
    return left is not None and not left.short


def _owned_part(tool: Tool, value: Any, record: str) -> _Left | None:
    paths = [steps_of(path) for path in tool.owner or []]
    known = [path for path in paths if path is not None]
    if not record or not known or len(known) < len(paths):
        return None  # a path that filters or searches proves nothing of what it does not find
    left = _left(value, known, record)
    return left if left is not None and left.shown and _is_there(value, known[0]) else None


def _is_there(value: Any, path: tuple[Step, ...]) -> bool:
    """Whether the result has what the first path names, as far as its first list."""
    for kind, part in path:
        match kind:
            case "any":
                return is_list(value) or is_object(value)
            case "name" if is_object(value) and part in value:
                value = value[part]
            case "index" if is_list(value) and isinstance(part, int) and part < len(value):
                value = value[part]
            case _:
                return False
    return True


def _left(value: Any, paths: _Paths, record: str) -> _Left | None:
    """`None`: somebody else's, or not as the paths say."""
    if any(not path for path in paths):
        return _Left(value, shown=True, firm=True) if not any(paths) and _same(value, record) else None
    if is_object(value):
        left = _left_of([(("name", name), inner) for name, inner in value.items()], paths, record)
        return left and replace(left, value={step[1]: inner for step, inner in left.value})
    if is_list(value):
        left = _left_of([(("index", index), inner) for index, inner in enumerate(value)], paths, record)
        return left and replace(left, value=[inner for _, inner in left.value])
    return None


def _left_of(children: Sequence[tuple[Step, Any]], paths: _Paths, record: str) -> _Left | None:
    """The same for what stands in an object or a list; `value` are the children that are left."""
    every = [path[1:] for path in paths if path[0] == WILD]
    named: dict[Step, list[tuple[Step, ...]]] = {path[0]: [] for path in paths if path[0] != WILD}
    for path in paths:
        if path[0] != WILD:
            named[path[0]].append(path[1:])
    parts: dict[Step, _Left] = {}
    others: set[Step] = set()
    for step, inner in children:
        into = [*every, *named.get(step, ())]
        if not into or (inner is None and not every):
            continue  # no path leads here, or it leads to nothing: `_may_be_absent` says whether that may be
        part = _left(inner, into, record)
        if part is not None and (part.shown or step in named):
            parts[step] = part
        elif step in named:
            return None
        else:
            others.add(step)
    firm = any(parts[step].firm for step in named if step in parts)
    absent = [rest for step, rests in named.items() if step not in parts for rest in rests]
    if not all(_may_be_absent(rest, firm=firm) for rest in absent):
        return None
    short = bool(others) or any(part.short for part in parts.values())
    left = [
        (step, parts[step].value if step in parts else inner)
        for step, inner in children
        if step in parts or (step not in others and not short)
    ]
    return _Left(left, shown=any(part.shown for part in parts.values()), firm=firm, short=short)


def _may_be_absent(rest: tuple[Step, ...], *, firm: bool) -> bool:
    """A list that is not there holds nobody's records; neither does an object, if what it stands in is theirs."""
    return WILD in rest or (firm and len(rest) > 0)


def _same(value: Any, record: str) -> bool:
    """Ids are text or whole numbers: 42 is "42"; 42.0 and true are no ids."""
    return isinstance(value, str | int) and not isinstance(value, bool) and str(value) == record
