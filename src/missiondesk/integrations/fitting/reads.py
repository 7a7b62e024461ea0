"""Do the reads fit that a write is rechecked, found again and proved by?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from missiondesk.integrations.definitions import Definition
from missiondesk.integrations.manifest import Connection, Require, Tool
from missiondesk.integrations.paths import steps_of
from missiondesk.integrations.schemas.schema import arguments_of, listed, may_hold
from missiondesk.kit.json_values import is_list, is_object


@dataclass(frozen=True, slots=True)
class _Read:
    """One read that a write names: `field` is find, proof or recheck."""

    field: str
    key: str
    args: Mapping[str, Any]
    there: tuple[str, ...] = ()
    require: tuple[Require, ...] = ()


def misfits_of_reads(
    where: str,
    tool: Tool,
    input: Mapping[str, Any],
    files: Mapping[str, Connection],
    reviewed: Mapping[str, Mapping[str, Definition]],
) -> Iterator[str]:
    """A sentence for each thing in `find`, `proof` and `recheck` of a write that cannot work."""
    for read in _reads(tool):
        for value in _given(read):
            yield from _placeholder(f"{where}: {read.field}", value, tool, input)
        connection, _, name = read.key.partition(".")
        decided = files[connection].tool.get(name) if connection in files else None
        if decided is None or decided.effect != "read":
            yield f'{where}: {read.field} names {read.key!r}, which is no read. Name a tool with effect = "read".'
            continue
        definition = reviewed.get(connection, {}).get(name)
        if definition is None:
            yield f"{where}: {read.field} names {read.key!r}, which nobody has reviewed. Review {connection} first."
        else:
            yield from _arguments(where, read, decided, definition)
            yield from _requirements(where, read, decided, definition)


def _reads(tool: Tool) -> Iterator[_Read]:
    for field, proofs in (("recheck", tool.recheck), ("proof", tool.proof)):
        for proof in proofs:
            paths = tuple(one.path for one in proof.require)
            yield _Read(field, proof.tool, proof.args, paths, tuple(proof.require))
    if tool.find:
        yield _Read("find", tool.find.tool, tool.find.args, (tool.find.there,))


def _given(read: _Read) -> Iterator[str]:
    """Every text that may stand for something else."""
    values: list[Any] = [read.args, *(one for need in read.require for one in (need.equals, need.at_least))]
    while values:
        value = values.pop(0)
        if isinstance(value, str) and re.match(r"\$[A-Za-z]", value):
            yield value
        elif is_object(value):
            values += value.values()
        elif is_list(value):
            values += value


def _placeholder(where: str, value: str, tool: Tool, input: Mapping[str, Any]) -> Iterator[str]:
    if value == "$key":
        return
    key = tool.key.argument if tool.key else None
    arguments = {name: of for name, of in arguments_of(input).items() if name != key}
    first, *rest = value.removeprefix("$args.").split(".")
    if not value.startswith("$args."):
        yield f"{where} uses {value!r}, which is neither $args.NAME nor $key. Write one of them, or a plain value."
    elif first not in arguments:
        yield f"{where} uses {value!r}, which is no argument of it ({listed(arguments)}). Name it as there."
    elif first not in {*input.get("required", ()), *tool.bind}:
        yield f"{where} uses {value!r}, which may be left out. Use an argument that is required."
    elif not may_hold(arguments[first], [("name", part) for part in rest], input):
        yield f"{where} uses {value!r}, but {first!r} has no such field. Name it as the inputSchema does."


def _arguments(where: str, read: _Read, decided: Tool, definition: Definition) -> Iterator[str]:
    schema: Any = definition.told.get("inputSchema")
    if not is_object(schema):
        return
    takes = arguments_of(schema)
    for name in read.args:
        if name in decided.bind:
            yield f"{where}: {read.field} gives {name!r} to {read.key}, which is bound there. Take it out of args."
        elif name not in takes:
            yield (
                f"{where}: {read.field} gives {name!r} to {read.key}, which is no argument of it ({listed(takes)}). "
                "Name it as there."
            )
    for name in schema.get("required", ()):
        if name not in read.args and name not in decided.bind:
            yield f"{where}: {read.field} leaves out {name!r}, which {read.key} requires. Add it to args."


def _requirements(where: str, read: _Read, decided: Tool, definition: Definition) -> Iterator[str]:
    output: Any = definition.told.get("outputSchema")
    for path in read.there:
        steps = steps_of(path)
        if path in decided.redact:
            yield f"{where}: {read.field} looks at {path!r}, which {read.key} redacts. Look at something that is seen."
        elif steps is not None and is_object(output) and not may_hold(output, steps, output):
            yield (
                f"{where}: {read.field} looks at {path!r}, which can stand in no result of {read.key}. Name it as its "
                "outputSchema does."
            )
    for need in read.require:
        for value in need.one_of or ():
            if isinstance(value, str) and value.startswith("$args."):
                yield f"{where}: {read.field} has {value!r} in one_of, which takes plain values. Use equals."
