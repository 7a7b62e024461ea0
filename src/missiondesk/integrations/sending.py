"""For the executor alone: the only way out for a call that changes something."""

from dataclasses import dataclass
from typing import Any

from missiondesk.integrations.connections import Connections, Known
from missiondesk.integrations.manifest import Require
from missiondesk.integrations.mcp_client import Answer
from missiondesk.integrations.ownership import owned, values_at
from missiondesk.kit.canonical import canonical
from missiondesk.kit.json_values import is_list, is_object


@dataclass(frozen=True, slots=True)
class Checked:
    """What was required, in words, and whether it held."""

    says: str
    held: bool


async def send(connections: Connections, known: Known, arguments: dict[str, Any], *, key: str) -> Answer:
    """Call a write once, with the grant's key where the manifest says that it travels."""
    complete = dict(arguments)
    if known.tool.key and known.tool.key.argument:
        complete[known.tool.key.argument] = key
    in_meta = key if known.tool.key and known.tool.key.meta else None
    channel = connections.new_channel(known.connection.id)
    try:
        return await channel.call(known.connection.id, known.name, complete, pin=known.pin, key=in_meta)
    finally:
        await channel.close()


async def look(connections: Connections, known: Known, arguments: dict[str, Any], *, record: str) -> Answer:
    """Read for the executor: like at the gate, a record that is not the customer's is missing."""
    answer = await connections.ask(known, arguments)
    if answer.kind == "ok" and not owned(known.tool, answer.value, record):
        return Answer("missing", None)
    return answer


def filled(value: Any, arguments: dict[str, Any], key: str) -> Any:
    """`$args.NAME` and `$key` replaced, anywhere in a JSON value. Raises `KeyError` for a missing argument."""
    match value:
        case "$key":
            return key
        case str() if value.startswith("$args."):
            found: Any = arguments
            for part in value.removeprefix("$args.").split("."):
                found = found[part]
            return found
        case _ if is_object(value):
            return {name: filled(inner, arguments, key) for name, inner in value.items()}
        case _ if is_list(value):
            return [filled(inner, arguments, key) for inner in value]
        case _:
            return value


def check(require: Require, value: Any, arguments: dict[str, Any], key: str) -> Checked:
    """Whether a result has what is required at its path: exactly one value there, or it does not hold."""
    found = values_at(require.path, value)
    if len(found) != 1:
        return Checked(require.says, held=False)
    if require.one_of is not None:
        return Checked(require.says, held=found[0] in require.one_of)
    if require.at_least is not None:
        least = filled(require.at_least, arguments, key)
        numbers = isinstance(found[0], int | float) and isinstance(least, int | float)
        return Checked(require.says, held=numbers and found[0] >= least)
    return Checked(require.says, held=canonical(found[0]) == canonical(filled(require.equals, arguments, key)))
