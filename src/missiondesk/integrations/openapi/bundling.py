"""The schemas that one direction needs, copied out of the document: nothing dangles, nothing superfluous.

A request has no `readOnly` fields and an answer no `writeOnly` ones, so each direction has a copy of its own.
"""

import re
from typing import Any, Literal

from missiondesk.integrations.openapi.pointers import Pointers, parts_of
from missiondesk.integrations.openapi.trouble import NotUsable
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.text import shortened

Direction = Literal["in", "out"]

_NAMES = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")  # their keys are anybody's
_DATA = ("enum", "const", "default", "title", "format")  # not schemas, whatever is in them
_SUPERFLUOUS = ("example", "examples", "externalDocs", "xml", "deprecated", "$comment", "$id", "$anchor", "$schema")
_LONGEST = 500  # characters of a field's description


class Bundle:
    """Copies schemas, and collects what they lead to."""

    def __init__(self, pointers: Pointers, direction: Direction) -> None:
        self._components: dict[str, Any] = {}
        self._waiting: dict[str, tuple[str, str]] = {}  # by name: where it stands, and who leads there first
        self._pointers = pointers
        self._direction = direction
        self._drops = "readOnly" if direction == "in" else "writeOnly"

    def components(self) -> dict[str, Any]:
        """Everything that was led to, and what that leads to."""
        while self._waiting:
            name, (ref, where) = self._waiting.popitem()
            target = self._pointers.target(ref, where)
            if is_object(target) and "$ref" in target:
                self._pointers.resolved(target, where)  # not in a circle
            if not is_object(target) and not isinstance(target, bool):
                raise NotUsable(
                    f"{self._pointers.name}: {where}: what $ref {shortened(ref, 120)!r} leads to is no schema."
                )
            self._components[name] = self.copy(target, ref)
        return self._components

    def top(self, schema: Any, where: str) -> Any:
        """A copy whose own `$ref` is followed, as far as nothing stands beside it."""
        if is_object(schema) and isinstance(schema.get("$ref"), str):
            beside = {key: value for key, value in schema.items() if key not in ("$ref", "description", "summary")}
            if not beside:
                return self.copy(self._pointers.resolved(schema, where), where)
            first = {"$ref": schema["$ref"]}
            return self.copy({"allOf": [first, {k: v for k, v in schema.items() if k != "$ref"}]}, where)
        return self.copy(schema, where)

    def copy(self, schema: Any, where: str) -> Any:
        """The schema with each `$ref` leading to `components`. Raises `NotUsable` for one that leads elsewhere."""
        if is_list(schema):
            return [self.copy(one, where) for one in schema]
        if not is_object(schema):
            return schema
        return {
            key: self._part(key, value, where)
            for key, value in self._plain(schema).items()
            if key not in _SUPERFLUOUS and not key.startswith("x-")
        }

    def _part(self, key: str, value: Any, where: str) -> Any:
        match key:
            case "$ref" if isinstance(value, str):
                return self._component(value, where)
            case "discriminator" if is_object(value):
                return self._discriminator(value, where)
            case "description":
                return shortened(value, _LONGEST) if isinstance(value, str) else value
            case _ if key in _NAMES and is_object(value):
                return {name: self.copy(inner, f"{where}.{name}") for name, inner in value.items()}
            case _ if key in _DATA:
                return value
            case _:
                return self.copy(value, where)

    def _component(self, ref: str, where: str) -> str:
        parts = parts_of(ref)
        told = parts[2:] if parts[:2] == ["components", "schemas"] else parts
        name = re.sub(r"[^A-Za-z0-9._-]+", "_", "-".join(told)) or "document"
        name = f"{name}-in" if self._direction == "in" else name
        if name not in self._components:
            self._waiting[name] = (ref, where)
        return f"#/components/schemas/{name}"

    def _discriminator(self, value: Any, where: str) -> Any:
        mapping = value.get("mapping")
        if not is_object(mapping):
            return value
        refs = {
            tag: target if target.startswith("#") or "/" in target else f"#/components/schemas/{target}"
            for tag, target in mapping.items()
            if isinstance(target, str)
        }
        return {**value, "mapping": {tag: self._component(ref, where) for tag, ref in refs.items()}}

    def _plain(self, schema: Any) -> dict[str, Any]:
        """Without what JSON Schema would not understand, and without fields that do not travel this way."""
        plain = dict(schema)
        properties = plain.get("properties")
        if is_object(properties):
            gone = {name for name, one in properties.items() if is_object(one) and one.get(self._drops) is True}
            plain["properties"] = {name: one for name, one in properties.items() if name not in gone}
            if is_list(plain.get("required")):
                plain["required"] = [name for name in plain["required"] if name not in gone]
        if isinstance(plain.get("pattern"), str) and not _compiles(plain["pattern"]):
            del plain["pattern"]  # ECMAScript's own: the system checks it itself
        return plain


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
