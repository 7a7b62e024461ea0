"""JSON Schemas from outside: whether they can be used at all, and what fits into them. Draft 2020-12."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from missiondesk.integrations.paths import Step
from missiondesk.integrations.schemas.words import misused, parts_of
from missiondesk.kit.json_values import deeper_than, is_list, is_object
from missiondesk.kit.text import shortened, visible

MOST_BYTES = 200_000
DEEPEST = 40
MOST_PARTS = 10_000  # that are looked at for one value, with every `$ref` unfolded

_IN_PLACE = ("allOf", "anyOf", "oneOf", "if", "then", "else", "not", "dependentSchemas")
_ELSEWHERE = ("$dynamicRef", "$recursiveRef")


def wrong_with(schema: Any) -> str | None:
    """Why no value can be checked against this schema, after "it"; `None` when one can."""
    if not is_object(schema):
        return "is no JSON Schema: it must be an object"
    if deeper_than(schema, DEEPEST):
        return f"is nested more than {DEEPEST} deep"
    size = len(json.dumps(schema))
    if size > MOST_BYTES:
        return f"has {size:,} bytes; at most {MOST_BYTES:,} are read"
    return _fault(schema) or _unfolds_without_end(schema)


def arguments_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that an input schema names, each with its schema."""
    return dict(schema.get("properties") or {})


def listed(arguments: Mapping[str, Any]) -> str:
    """What a tool takes, for a sentence."""
    names = [visible(name) for name in arguments]
    return f"it takes {shortened(', '.join(names), 200)}" if names else "it takes none"


def resolved(schema: Any, root: Mapping[str, Any]) -> Any:
    """The schema that a `$ref` within `root` leads to, or `schema` itself."""
    for _ in range(DEEPEST):
        if not is_object(schema) or not isinstance(schema.get("$ref"), str):
            return schema
        schema = _target(root, schema["$ref"])
    return True


def may_hold(schema: Any, steps: Sequence[Step], root: Mapping[str, Any]) -> bool:
    """Whether a value that fits `schema` can have something at `steps`. `False` only where that is certain."""
    schema = resolved(schema, root)
    if not is_object(schema) or not steps:
        return schema is not False
    if not all(may_hold(one, steps, root) for one in schema.get("allOf", ())):
        return False
    for choice in ("anyOf", "oneOf"):
        if choice in schema and not any(may_hold(one, steps, root) for one in schema[choice]):
            return False
    (kind, part), rest = steps[0], steps[1:]
    types = types_of(schema)
    inside: list[Any] = []
    if kind != "index" and (types is None or "object" in types):
        inside += _members(schema, None if kind == "any" else str(part))
    if kind != "name" and (types is None or "array" in types):
        inside += _elements(schema, part if isinstance(part, int) else None)
    return any(may_hold(one, rest, root) for one in inside)


def types_of(schema: Mapping[str, Any]) -> set[str] | None:
    """The types that a schema names; `None` when it names none."""
    said = schema.get("type")
    return None if said is None else {said} if isinstance(said, str) else set(said)


def alternatives(schema: Any, root: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The schemas that a value may fit, with `anyOf`, `oneOf` and `allOf` opened, `null` left out."""
    schema = resolved(schema, root)
    if not is_object(schema) or depth > DEEPEST:
        return
    inner = [one for choice in ("anyOf", "oneOf", "allOf") for one in schema.get(choice, ())]
    if ("type" in schema or not inner) and schema.get("type") != "null":
        yield schema
    for one in inner:
        yield from alternatives(one, root, depth + 1)


def _members(schema: Mapping[str, Any], name: str | None) -> list[Any]:
    named: Mapping[str, Any] = schema.get("properties", {})
    patterns: Mapping[str, Any] = schema.get("patternProperties", {})
    others = schema.get("additionalProperties", schema.get("unevaluatedProperties", True))
    if schema.get("additionalProperties") is None and any(key in schema for key in ("allOf", "anyOf", "oneOf")):
        others = True  # `unevaluatedProperties` says nothing of what the alternatives name
    if name is None:
        return [*named.values(), *patterns.values(), others]
    if name in named:
        return [named[name]]
    return [one for pattern, one in patterns.items() if re.search(pattern, name)] or [others]


def _elements(schema: Mapping[str, Any], index: int | None) -> list[Any]:
    first: Sequence[Any] = schema.get("prefixItems", ())
    others = schema.get("items", True)
    if index is None:
        return [*first, others]
    return [first[index]] if index < len(first) else [others]


def _fault(root: Mapping[str, Any]) -> str | None:
    inside: list[Mapping[str, Any]] = []
    left: list[tuple[str, Any]] = [("$", root)]
    while left:
        where, schema = left.pop()
        if not is_object(schema):
            continue
        if word := misused(schema):
            return f"is no valid JSON Schema at {shortened(visible(f'{where}.{word}'), 150)}"
        inside.append(schema)
        left += [(f"{where}.{place}", part) for place, part in parts_of(schema)]
    ours = {id(one) for one in inside}
    return next((fault for schema in inside for fault in _leads_out(schema, root, ours)), None)


def _leads_out(schema: Mapping[str, Any], root: Mapping[str, Any], ours: set[int]) -> Iterator[str]:
    for word in _ELSEWHERE:
        if word in schema:
            yield f"uses {word}, which is not followed"
    if "$id" in schema and schema is not root:
        yield "gives a part of itself an address of its own ($id)"
    ref: str | None = schema.get("$ref")
    if ref is not None and not ref.startswith("#"):
        yield f"refers to {shortened(visible(ref), 80)!r}, which is elsewhere and never fetched"
    elif ref is not None and id(_target(root, ref)) not in ours:
        yield f"refers to {shortened(visible(ref), 80)!r}, which is not in it"


def _walk(schema: Any) -> Iterator[Mapping[str, Any]]:
    if is_object(schema):
        yield schema
        for _, part in parts_of(schema):
            yield from _walk(part)


def _unfolds_without_end(root: Mapping[str, Any]) -> str | None:
    """What is looked at for one and the same value: a circle there never ends, a bomb unfolds to millions."""
    counted: dict[int, int] = {}
    under_way: set[int] = set()

    def parts(schema: Any) -> int:
        if not is_object(schema):
            return 1
        if id(schema) in under_way:
            raise RecursionError
        if id(schema) not in counted:
            under_way.add(id(schema))
            counted[id(schema)] = 1 + sum(parts(one) for one in _in_place(schema, root))
            under_way.discard(id(schema))
        return counted[id(schema)]

    try:
        most = max(parts(schema) for schema in _walk(root))
    except RecursionError:
        return "refers to itself without end"
    return f"unfolds to more than {MOST_PARTS:,} parts" if most > MOST_PARTS else None


def _in_place(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Any]:
    if "$ref" in schema:
        yield _target(root, schema["$ref"])
    for name in _IN_PLACE:
        if name in schema:
            inner = schema[name]
            yield from inner if is_list(inner) else inner.values() if name == "dependentSchemas" else [inner]


def _target(root: Any, ref: str) -> Any:
    """What a JSON pointer leads to; `None` when there is nothing."""
    found = root
    for part in ref.removeprefix("#").split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~").replace("%24", "$")
        if is_object(found) and name in found:
            found = found[name]
        elif is_list(found) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        else:
            return None
    return found if ref in ("#", "") or ref.startswith("#/") else None
