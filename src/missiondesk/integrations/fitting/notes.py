"""What may well be a slip in a manifest, but need not be: worth a look, and no reason to refuse it."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from missiondesk.integrations.definitions import Definition
from missiondesk.integrations.manifest import Connection, Tool
from missiondesk.integrations.paths import Step, steps_of
from missiondesk.integrations.schemas.schema import alternatives, may_hold, wrong_with
from missiondesk.kit.json_values import is_object
from missiondesk.kit.text import visible


def notes(file: Connection, tools: Mapping[str, Definition]) -> list[str]:
    """A sentence for each path that no schema of results names, though results may hold more than it names."""
    return [
        sentence
        for name, tool in file.tool.items()
        if tool.effect != "off" and name in tools
        for sentence in _unnamed(f"{file.id}.{name}", tool, tools[name].told.get("outputSchema"))
    ]


def _unnamed(where: str, tool: Tool, output: Any) -> Iterator[str]:
    if not is_object(output) or wrong_with(output) is not None:
        return
    owner = tool.owner if isinstance(tool.owner, list) else []
    reference = [tool.reference] if tool.reference is not None else []
    for field, paths in {"owner": owner, "redact": tool.redact, "reference": reference}.items():
        for path in paths:
            steps = steps_of(path)
            if steps is None or not may_hold(output, steps, output):
                continue  # a misfit
            if (slip := _slip(output, steps, output)) is not None:
                yield f"{where}: {field} {path!r} looks for {slip}"


def _slip(schema: Any, steps: Sequence[Step], root: Mapping[str, Any]) -> str | None:
    """The first step that is not among what the schema names there; `None` where it names nothing, or the step."""
    if not steps:
        return None
    (kind, part), rest = steps[0], steps[1:]
    inside: list[Any] = []
    named: set[str] = set()
    for one in alternatives(schema, root):
        if kind == "name" and _says_that_it_holds_more(one):
            return None
        properties: Mapping[str, Any] = one.get("properties", {})
        named |= properties.keys()
        inside += [properties[str(part)]] if kind == "name" and part in properties else []
        inside += [one["items"]] if kind != "name" and "items" in one else []
    if inside:
        slips = [_slip(one, rest, root) for one in inside]
        return None if None in slips else slips[0]
    if kind != "name" or not named:
        return None
    near = difflib.get_close_matches(str(part), sorted(named), 1)
    meant = f" Did you mean {visible(near[0])!r}?" if near else ""
    return f"{str(part)!r}, which is not among the fields that its outputSchema names.{meant}"


def _says_that_it_holds_more(schema: Mapping[str, Any]) -> bool:
    others = schema.get("additionalProperties") not in (None, False) or "patternProperties" in schema
    told = any(word in schema for word in ("properties", "allOf", "anyOf", "oneOf"))
    return others or (schema.get("type") == "object" and not told)
