"""For the executor alone: the only way out for a call that changes something."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any

from missiondesk.ids import ConnectionId
from missiondesk.integrations.breaker import ConnectionPaused
from missiondesk.integrations.connections import Connections
from missiondesk.integrations.known import Known, NotOffered
from missiondesk.integrations.manifest import Require
from missiondesk.integrations.mcp_client import GRACE, Answer, instant
from missiondesk.integrations.results.ownership import values_at
from missiondesk.integrations.results.redaction import redacted
from missiondesk.integrations.results.refusals import in_its_words
from missiondesk.kit.canonical import canonical
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.json_values import is_list, is_object

__all__ = ["Checked", "Window", "check", "filled", "instant", "look", "send", "window"]
_A_MOMENT = 3.0  # seconds
_SOON, _MARGIN = 3.0, 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Checked:
    """What was required, in words, and whether it held."""

    says: str
    held: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Seconds: how soon after an attempt was claimed its call must have begun, and when it is over at the latest."""

    begin: float
    over: float


def window(connections: Connections, known: Known) -> Window:
    """That of a call of this tool. Who is stopped in between, or waits for a credential, comes too late to send."""
    patience = connections.ways.patience_of(known.connection)
    begin = max(patience / 2, _SOON)
    return Window(begin, begin + patience + GRACE + _MARGIN)


async def send(
    connections: Connections, known: Known, arguments: dict[str, Any], *, key: str, begin_by: float
) -> Answer:
    """Call a write once, with the grant's key where the manifest says that it travels; after `begin_by` it is `gone`.

    The writing credentials are opened here, and closed again with the call.
    """
    complete = dict(arguments)
    if known.tool.key and known.tool.key.argument:
        complete[known.tool.key.argument] = key
    in_meta = key if known.tool.key and known.tool.key.meta else None
    async with AsyncExitStack() as stack:
        try:
            way = await stack.enter_async_context(connections.for_writing(known))
        except Misconfigured as no_credentials:
            return Answer("gone", str(no_credentials))
        answer = await way.channel.call(
            known.connection.id, known.name, complete, pin=known.pin, key=in_meta, begin_by=begin_by
        )
        answer = in_its_words(known.connection, way.safe(answer))
    await connections.noticed(known, answer)
    return replace(answer, value=redacted(known.tool, answer.value)) if answer.kind == "ok" else answer


async def look(
    connections: Connections, known: Known, arguments: dict[str, Any], records: Mapping[ConnectionId, str]
) -> Answer:
    """Read for the executor: like at the gate, a record that is not the customer's is missing.

    A system that is left alone for a moment is waited for, once: a person may have asked to look again.
    """
    try:
        complete = {**arguments, **known.bound(records)}
        try:
            return await connections.ask(known, complete, records)
        except ConnectionPaused as paused:
            await asyncio.sleep(min(paused.retry_in, _A_MOMENT))
            return await connections.ask(known, complete, records)
    except (ConnectionPaused, NotOffered) as no:
        return Answer("gone", str(no))


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
