"""A connection as the file `connections/ID.toml`, for a person to read and go on with."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from missiondesk.integrations.manifest import Connection, Tool
from missiondesk.kit.errors import Invalid
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.text import hidden, shortened, storable, visible

_WIDTH = 110
_NOTE = 1_000  # characters of a comment
_GROUPS = (
    ("read", "Reads"),
    ("write", "Writes: each is proposed, and a person decides"),
    ("off", "Off: not there for us"),
)


def manifest_text(file: Connection, notes: Mapping[str, Sequence[str]]) -> str:
    """TOML that reads back to the same connection; `notes` are comments by tool.

    Raises `Invalid` for what TOML does not have: null, and half a character.
    """
    told = file.model_dump(mode="json", exclude_defaults=True, exclude={"tool"})
    lines = [*_pairs({name: value for name, value in told.items() if not is_object(value)})]
    for name, value in told.items():
        if is_object(value):
            lines += ["", f"[{_key(name)}]", *_pairs(value)]
    for effect, heading in _GROUPS:
        tools = {name: tool for name, tool in file.tool.items() if tool.effect == effect}
        if tools:
            lines += ["", f"# {heading}"]
        for name, tool in tools.items():
            lines += ["", *_tool(name, tool, notes.get(name, ()))]
    return "\n".join(lines) + "\n"


def one_line(value: Any) -> str:
    """A value as TOML writes it within a line."""
    if value is None:
        raise Invalid("A manifest file cannot hold null.")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        if not storable(value.replace("\x00", "")):
            raise Invalid("A manifest file cannot hold half of a character.")
        told = json.dumps(value, ensure_ascii=False)
        return "".join(f"\\U{ord(c):08x}" if c in wrong else c for c in told) if (wrong := hidden(told)) else told
    if is_object(value):
        inner = ", ".join(f"{_key(str(name))} = {one_line(one)}" for name, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if is_list(value):
        return f"[{', '.join(one_line(one) for one in value)}]"
    return repr(value)


def _tool(name: str, tool: Tool, notes: Sequence[str]) -> Iterator[str]:
    told = tool.model_dump(mode="json", exclude_defaults=True)
    tables = {field: told.pop(field) for field in ("recheck", "proof") if field in told}
    yield f"[tool.{_key(name)}]"
    yield from (f"# {shortened(visible(note), _NOTE)}" for note in notes)
    yield from _pairs(told)
    for field, proofs in tables.items():
        for proof in proofs:
            yield from ("", f"[[tool.{_key(name)}.{field}]]", *_pairs(proof))


def _pairs(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        line = f"{_key(name)} = {one_line(value)}"
        if len(line) <= _WIDTH or not is_list(value):
            yield line
        else:
            yield from (f"{_key(name)} = [", *(f"  {one_line(one)}," for one in value), "]")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else one_line(name)
