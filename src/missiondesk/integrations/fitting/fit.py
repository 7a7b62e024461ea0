"""Does a manifest fit what the server really offers? What does not is said in a sentence: where, what, what to do."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from missiondesk.integrations.definitions import Definition
from missiondesk.integrations.fitting.paths import misfits_of_paths
from missiondesk.integrations.fitting.reads import misfits_of_reads
from missiondesk.integrations.manifest import Connection, Tool
from missiondesk.integrations.schemas.reach import reaches_out
from missiondesk.integrations.schemas.schema import alternatives, arguments_of, listed, types_of, wrong_with
from missiondesk.kit.text import visible

_NUMBERS = {"integer", "number"}


@dataclass(frozen=True, slots=True)
class _Case:
    """One tool of the manifest beside its definition; `where` is `billing.refund_payment`."""

    where: str
    tool: Tool
    definition: Definition
    input: Mapping[str, Any]

    @property
    def arguments(self) -> dict[str, Any]:
        return arguments_of(self.input)

    @property
    def key(self) -> str | None:
        return self.tool.key.argument if self.tool.key else None


def misfits(
    file: Connection,
    tools: Mapping[str, Definition],
    files: Mapping[str, Connection],
    definitions_of_others: Mapping[str, Mapping[str, Definition]],
) -> list[str]:
    """All that does not fit, in the manifest's order.

    `tools` is what the server offers; `files` and `definitions_of_others` are the connections by id, and what was
    reviewed of them.
    """
    reviewed = {**definitions_of_others, file.id: tools}
    return [
        sentence
        for name, tool in file.tool.items()
        for sentence in _misfits(f"{file.id}.{name}", name, tool, tools, files, reviewed)
    ]


def _misfits(
    where: str,
    name: str,
    tool: Tool,
    tools: Mapping[str, Definition],
    files: Mapping[str, Connection],
    reviewed: Mapping[str, Mapping[str, Definition]],
) -> Iterator[str]:
    if name not in tools:
        near = difflib.get_close_matches(name, tools, 1)
        meant = f" Did you mean {visible(near[0])}?" if near else ""
        yield f"{where}: the server has no tool of this name.{meant} Name it as the server does, or take it out."
        return
    if tool.effect == "off":
        return
    definition = tools[name]
    for field in ("inputSchema", "outputSchema"):
        schema = definition.told.get(field)
        if (field == "inputSchema" or schema is not None) and (wrong := wrong_with(schema)):
            yield f'{where}: its {field} {wrong}. Set effect = "off", and tell whoever keeps the server.'
            return
    yield from unfit(where, tool, definition, files, reviewed)


def unfit(
    where: str,
    tool: Tool,
    definition: Definition,
    files: Mapping[str, Connection],
    reviewed: Mapping[str, Mapping[str, Definition]],
) -> Iterator[str]:
    """The same for one read or write, whose schemas can be used."""
    case = _Case(where, tool, definition, definition.told["inputSchema"])
    for looked_at in (_more_than_reading, _listed_plainly, _bound, _named_arguments, _limits, _templates):
        yield from looked_at(case)
    yield from misfits_of_paths(where, tool, definition.told.get("outputSchema"))
    yield from misfits_of_reads(where, tool, case.input, files, reviewed)


def _more_than_reading(case: _Case) -> Iterator[str]:
    if case.tool.effect != "read":
        return
    hints: dict[str, Any] = case.definition.told.get("annotations") or {}
    why = reaches_out(case.definition, case.tool.bind)
    if hints.get("readOnlyHint") is False:
        why = "the server says that it changes something (readOnlyHint is false)"
    if hints.get("destructiveHint"):
        why = "the server says that it destroys something (destructiveHint)"
    if why:
        yield f"{case.where}: the manifest says read, but {why}. Such a read is gated: make it a write, or off."


def _listed_plainly(case: _Case) -> Iterator[str]:
    """We bind, hide and check arguments by name, so they must stand where names are looked for."""
    types = types_of(case.input)
    if types is not None and types != {"object"}:
        yield f'{case.where}: its inputSchema is no object, so it cannot be called. Set effect = "off".'
    elsewhere = [name for name in ("$ref", "allOf", "anyOf", "oneOf") if name in case.input]
    if elsewhere and not case.arguments:
        yield (
            f"{case.where}: its arguments are not listed under properties (but by {elsewhere[0]}), so none can be "
            'bound or checked. Set effect = "off".'
        )
    for name in case.input.get("required", ()):
        if name not in case.arguments and not elsewhere:
            yield (
                f"{case.where}: it requires {visible(name)!r}, which its inputSchema does not describe, so nobody "
                'could fill it. Set effect = "off".'
            )


def _bound(case: _Case) -> Iterator[str]:
    for name, value in case.tool.bind.items():
        if name not in case.arguments:
            yield _no_argument(case, "bind", name)
            continue
        of = case.arguments[name]
        if name == case.key:
            yield f"{case.where}: {name!r} is bound and carries the key, too. It can only be one of them."
        if isinstance(value, str) and value.startswith("$customer"):
            if not _takes(of, case.input, {"string"}):
                yield f"{case.where}: bind fills {name!r} with an id, which is text; it takes none. Do not bind it."
        elif not _allows(of, case.input, value):
            yield f"{case.where}: bind fills {name!r} with {value!r}, which its inputSchema forbids. Change the value."


def _named_arguments(case: _Case) -> Iterator[str]:
    if case.key is not None and case.key not in case.arguments:
        yield _no_argument(case, "key", case.key)
    elif case.key is not None and not _takes(case.arguments[case.key], case.input, {"string"}):
        yield f"{case.where}: key names {case.key!r}, which takes no text. Name the argument for the idempotency key."
    for name in case.tool.destinations:
        if name not in case.arguments:
            yield _no_argument(case, "destinations", name)
        elif name in case.tool.bind or name == case.key:
            yield f"{case.where}: destinations names {name!r}, which we fill ourselves. Take it out of destinations."
    for change in case.tool.changes:
        if change.of not in case.arguments:
            yield _no_argument(case, "changes", change.of)


def _limits(case: _Case) -> Iterator[str]:
    for name in case.tool.limits.at_most:
        if name not in case.arguments:
            yield _no_argument(case, "limits.at_most", name)
        elif name in case.tool.bind or name == case.key:
            yield f"{case.where}: limits.at_most names {name!r}, which we fill ourselves. Take the limit out."
        elif not _takes(case.arguments[name], case.input, _NUMBERS, only=True):
            yield f"{case.where}: limits.at_most names {name!r}, which is no number. Limit an argument that is one."


def _templates(case: _Case) -> Iterator[str]:
    texts = [("card", case.tool.card), ("remedy", case.tool.remedy)]
    if case.tool.effect == "write" and case.tool.remedy is None:
        texts.append(("title", case.tool.title))
    texts += [("changes", text) for one in case.tool.changes for text in (one.label, one.becomes)]
    for field, text in texts:
        for name in re.findall(r"\{([^{}]+)\}", text or ""):
            if name == case.key:
                yield f"{case.where}: {field} shows {{{name}}}, which is filled only when it is sent. Take it out."
            elif name not in case.arguments:
                yield _no_argument(case, field, name)


def _no_argument(case: _Case, field: str, name: str) -> str:
    takes = listed(case.arguments)
    return f"{case.where}: {field} names {name!r}, which is no argument of it ({takes}). Name it as there."


def _allows(schema: Any, root: Mapping[str, Any], value: Any) -> bool:
    validator: Any = Draft202012Validator(root)
    return validator.evolve(schema=schema).is_valid(value)


def _takes(schema: Any, root: Mapping[str, Any], types: set[str], *, only: bool = False) -> bool:
    """Whether an argument takes values of one of these types, or (`only`) no others."""
    told = [types_of(one) for one in alternatives(schema, root)]
    if only:
        return bool(told) and all(one is not None and one - {"null"} <= types for one in told)
    return not told or any(one is None or one & types for one in told)
