"""`--set amount.minor=3990`: values typed in a terminal, put in their places among the arguments of actions."""

import json
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, cast

from missiondesk.kit.errors import Invalid


def changed_arguments(actions: Sequence[dict[str, Any]], assignments: Sequence[str]) -> list[dict[str, Any]]:
    """The complete arguments of each action that an assignment names, as an edit carries them. Raises `Invalid`."""
    changed: dict[int, dict[str, Any]] = {}
    for one in assignments:
        place, sign, value = one.partition("=")
        number, colon, path = place.rpartition(":")
        if not sign or not path or (colon and not number.isdecimal()):
            raise Invalid(f"{one!r} is no NAME=VALUE, such as amount.minor=3990 or 2:amount.minor=3990.")
        position = int(number or 1) - 1
        if not 0 <= position < len(actions):
            raise Invalid(f"There is no action {position + 1}: this proposal has {len(actions)}.")
        fields = actions[position]["fields"]
        arguments = changed.setdefault(position, own_arguments(fields))
        _put(arguments, path.split("."), value, text=any((it["name"], it["kind"]) == (path, "text") for it in fields))
    return [{"position": position, "arguments": arguments} for position, arguments in changed.items()]


def own_arguments(fields: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """All that are not bound, as they are now."""
    return {it["name"]: deepcopy(it["value"]) for it in fields if it["given"] and not it["bound"]}


def _put(arguments: dict[str, Any], path: Sequence[str], value: str, *, text: bool) -> None:
    """Text stays text, as it was typed; anything else is JSON, or else text."""
    at: dict[str, Any] = arguments
    for part in path[:-1]:
        inner: Any = at.get(part)
        if not isinstance(inner, dict):
            raise Invalid(f"There is no {'.'.join(path[:-1])} that holds {path[-1]}.")
        at = cast("dict[str, Any]", inner)
    at[path[-1]] = value if text or isinstance(at.get(path[-1]), str) else _json(value)


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
