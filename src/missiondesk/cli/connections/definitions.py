"""A tool's definition in a terminal: all that a review pins. What is the server's own text stands behind a bar."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from missiondesk.cli.client import console
from missiondesk.integrations import PINNED, Definition
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.text import visible

_DEEPEST = 6  # schemas in schemas that are shown line by line; what is deeper is shown as JSON
_NAMED = ("properties", "$defs", "definitions", "patternProperties", "dependentSchemas")
_CALLED = {"inputSchema": "takes", "outputSchema": "gives"}
_WIDTH = 100
_BAR = "│ "


def print_definition(definition: Definition, *, bound: Collection[str] = ()) -> None:
    """Everything that is pinned but its name; `bound` arguments are marked as ours."""
    for field in PINNED:
        if field != "name" and (value := definition.kept.get(field)) is not None:
            for line in _field(field, value, bound):
                for part in folded(f"  {visible(line)}", console.width if console.is_terminal else None):
                    console.print(Text(part), soft_wrap=True)


def folded(line: str, width: int | None) -> list[str]:
    """A line as lines of at most `width` cells that stand as far in, or further: a terminal would begin at its edge.

    Behind a bar they all stand behind one. `None`: it is read by a program, or kept.
    """
    if width is None or cell_len(line) <= width:
        return [line]
    text = line.lstrip(" ")
    first = line[: len(line) - len(text)]
    first, text = (f"{first}{_BAR}", text.removeprefix(_BAR)) if text.startswith(_BAR) else (first, text)
    others = first if first.endswith(_BAR) else f"{first}    "
    parts = Text(text).wrap(console, max(width - len(others), 20), overflow="fold")
    return [f"{others if place else first}{part.plain}" for place, part in enumerate(parts)]


def on_one_line(text: str) -> str:
    """A name from outside, that must not look like more than a name."""
    return visible(" ".join(text.split()))


def _field(field: str, value: Any, bound: Collection[str]) -> Iterator[str]:
    if field in _CALLED:
        yield from _schema(_CALLED[field], value, bound=bound if field == "inputSchema" else ())
    elif is_object(value):
        yield from (f"{field}:", *(f"  {on_one_line(str(name))}: {_json(one)}" for name, one in value.items()))
    else:
        yield from _words(field, value)


def _schema(
    name: str, schema: Any, *, required: bool = False, ours: bool = False, depth: int = 0, bound: Collection[str] = ()
) -> Iterator[str]:
    """A schema line by line. Each word of it is shown: as a line of its own, or as JSON behind the name."""
    if not is_object(schema) or depth > _DEEPEST:
        yield f"{name}: {_json(schema)}"
        return
    inside = {word: schema[word] for word in (*_NAMED, "items") if is_object(schema.get(word))}
    needed = _texts(schema.get("required"))
    plain = {word: value for word, value in schema.items() if word not in inside and word not in ("type", "required")}
    if unnamed := [one for one in needed or () if one not in inside.get("properties", {})] if needed else None:
        plain["required"] = unnamed
    elif needed is None and "required" in schema:
        plain["required"] = schema["required"]
    description = plain.pop("description", None)
    marks = [_type(schema), *(["required"] if required else []), *(["filled by us"] if ours else [])]
    yield from _head(f"{name}: {', '.join(marks)}", plain)
    if description is not None:
        yield from (f"  {line}" for line in _words("description", description))
    for word, parts in inside.items():
        yield from (f"  {line}" for line in _parts(word, parts, needed or (), depth + 1, bound))


def _parts(
    word: str, parts: Mapping[Any, Any], needed: Collection[str], depth: int, bound: Collection[str]
) -> Iterator[str]:
    if word == "items":
        yield from _schema("each of them", parts, depth=depth)
        return
    for name, one in parts.items():
        called = on_one_line(str(name)) if word == "properties" else f"{word} {on_one_line(str(name))}"
        asked, ours = (name in needed, name in bound) if word == "properties" else (False, False)
        yield from _schema(called, one, required=asked, ours=ours, depth=depth)


def _head(head: str, plain: Mapping[str, Any]) -> Iterator[str]:
    """The other words of a schema behind its name, or below it where that would be a long line."""
    words = [f"{on_one_line(str(word))} {_json(value)}" for word, value in plain.items()]
    if len(line := "; ".join([head, *words])) <= _WIDTH:
        yield line
    else:
        yield from (head, *(f"  {word}" for word in words))


def _words(field: str, value: Any) -> Iterator[str]:
    """Text of the server: on one line, or each line behind a bar, so that none can pass for one of ours."""
    if not isinstance(value, str):
        yield f"{field}: {_json(value)}"
    elif len(value.splitlines()) <= 1 and len(value) <= _WIDTH:
        yield f"{field}: {value}"
    else:
        yield from (f"{field}:", *(f"  {_BAR}{line}" for line in value.splitlines()))


def _type(schema: Mapping[Any, Any]) -> str:
    said = schema.get("type")
    names = [said] if isinstance(said, str) else _texts(said)
    return " or ".join(on_one_line(one) for one in names) if names else "anything" if said is None else _json(said)


def _texts(value: Any) -> list[str] | None:
    """The texts of a list of texts; `None` for anything else."""
    if not is_list(value) or not all(isinstance(one, str) for one in value):
        return None
    return list(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
