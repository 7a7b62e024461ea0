"""Schemas as they come out of the library, made small and plain."""

import json
from collections.abc import Iterator
from typing import Any

from missiondesk.kit.json_values import is_list, is_object

_DATA = ("enum", "const", "default")  # not schemas, whatever is in them
_REF = "#/$defs/"


def size_of(schema: dict[str, Any]) -> int:
    """In bytes, as JSON."""
    return len(json.dumps(schema, ensure_ascii=False, separators=(",", ":")).encode())


def pruned(schema: dict[str, Any]) -> dict[str, Any]:
    """Only the definitions that something leads to, no note that a library made for itself, bounds as numbers."""
    schema = _bounded(schema)
    definitions = schema.get("$defs", {})
    rest = {key: value for key, value in schema.items() if key != "$defs" and not key.startswith("x-")}
    used: dict[str, Any] = {}
    waiting = [ref.removeprefix(_REF) for ref in _refs(rest)]
    while waiting:
        name = waiting.pop()
        if name in definitions and name not in used:
            used[name] = definitions[name]
            waiting += [ref.removeprefix(_REF) for ref in _refs(used[name])]
    return {**rest, "$defs": {name: used[name] for name in sorted(used)}} if used else rest


def _bounded(value: Any) -> Any:
    """OpenAPI 3.0 writes `minimum: 0, exclusiveMinimum: true` for what JSON Schema calls `exclusiveMinimum: 0`."""
    if is_list(value):
        return [_bounded(one) for one in value]
    if not is_object(value):
        return value
    plain = {key: inner if key in _DATA else _bounded(inner) for key, inner in value.items()}
    for flag, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(plain.get(flag), bool) and plain.pop(flag) and bound in plain:
            plain[flag] = plain.pop(bound)
    return plain


def _refs(value: Any) -> Iterator[str]:
    if is_object(value):
        for key, inner in value.items():
            if key == "$ref" and isinstance(inner, str):
                yield inner
            else:
                yield from _refs(inner)
    elif is_list(value):
        for inner in value:
            yield from _refs(inner)
