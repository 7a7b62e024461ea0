"""Trying a read as one customer: what a worker would see, and nothing else."""

import json
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from rich.text import Text

from missiondesk.cli.client import console
from missiondesk.cli.connections.as_json import print_json
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.ids import ConnectionId
from missiondesk.integrations import Answer, Known, NotOffered, called_otherwise, inspect, read_as, standing
from missiondesk.kit.errors import Invalid, NotFound, Refused
from missiondesk.kit.json_values import is_object
from missiondesk.kit.text import visible


def try_read(
    tool: Annotated[str, typer.Argument(help="CONNECTION.TOOL, a reviewed read.")],
    arguments: Annotated[str, typer.Argument(help="The arguments as JSON, without those that we fill.")] = "{}",
    *,
    record: Annotated[
        list[str] | None, typer.Option(help="connection=id: the customer's id in a system, as for add-customer.")
    ] = None,
) -> None:
    """Call a read for one customer and show what a worker would see. A write is never called."""
    connection, dot, _ = tool.partition(".")
    if not dot:
        raise Invalid(f"{tool!r} is no tool: say CONNECTION.TOOL, such as billing.get_payment.")
    given, records = _arguments(arguments), _records(record or [])
    answer = with_connections(lambda here: _tried(here, tool, given, records), of=connection)
    match answer.kind:
        case "ok":
            print_json(answer.value)
        case "missing":
            console.print("There is no such record of this customer.")
        case _:
            told = visible(" ".join(str(part) for part in (answer.value, answer.why) if part))
            console.print(Text.assemble((f"{answer.kind}: ", "red"), told), soft_wrap=True)
            raise typer.Exit(1)


async def _tried(here: Here, tool: str, arguments: Mapping[str, Any], records: Mapping[ConnectionId, str]) -> Answer:
    """Raises `NotOffered`, `NotFound`, `Refused` and `Invalid`, each with what to do."""
    known = here.connections.known(tool)
    if known is None:
        raise NotOffered(await _why_not(here, tool))
    if known.tool.effect != "read":
        raise Refused(f"{tool} changes something: it is never called from here.")
    _check(known, records, here.connections.files)
    answer = await read_as(here.connections, tool, arguments, records)
    if answer.kind == "changed":
        raise NotOffered(await _why_not(here, tool))
    return answer


async def _why_not(here: Here, tool: str) -> str:
    """Why a tool cannot be called. Raises `NotFound` if there is no such connection, or no such tool in it."""
    connection, _, name = tool.partition(".")
    if connection not in here.connections.files:
        raise NotFound(f"There is no connection {connection!r}.{_meant(connection, here.connections.files)}")
    found = await inspect(here.connections, connection)
    view = next((one for one in found.tools if one.name == name), None)
    if view is None:
        raise NotFound(f"{connection} has no tool {name!r}.{_meant(name, [one.name for one in found.tools])}")
    if found.listing is not None and (other := called_otherwise(found.stored.file, found.listing)):
        return f"{tool} cannot be used. {other}"
    misfits = [sentence for sentence in found.misfits if sentence.startswith(f"{tool}: ")]
    return f"{tool} {standing(tool, view) or 'does not fit.'} {' '.join(misfits)}".rstrip()


def _check(known: Known, records: Mapping[ConnectionId, str], connections: Collection[str]) -> None:
    """Raises `Invalid` naming --record if the customer's ids are not those that the tool needs."""
    for given in records:
        connection = given.partition(".")[0]
        if connection not in connections:
            raise Invalid(f"--record {given}: there is no connection {connection!r}.{_meant(connection, connections)}")
    title, whole = known.connection.title, known.connection.whole_for
    for name in _needed(known):
        if name not in records:
            raise Invalid(f"Whose? Say --record {name}=ID, with the customer's id in {title}.")
    if whole is not None and records[ConnectionId(known.connection.id)] != whole:
        raise Invalid(f"All of {title} belongs to {whole!r}: say --record {known.connection.id}={whole}.")


def _needed(known: Known) -> Iterator[str]:
    """The names of the customer's ids without which the tool is not called."""
    if known.connection.whole_for is not None or isinstance(known.tool.owner, list):
        yield known.connection.id
    for value in known.tool.bind.values():
        if isinstance(value, str) and value.startswith("$customer"):
            yield known.connection.id + value.removeprefix("$customer")


def _meant(name: str, names: Collection[str]) -> str:
    near = get_close_matches(name, names, 1)
    if near:
        return f" Did you mean {near[0]}?"
    return f" There {'is' if len(names) == 1 else 'are'} {', '.join(sorted(names))}." if names else ""


def _arguments(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Invalid(f"The arguments are not JSON: {error}") from None
    if not is_object(found):
        raise Invalid('The arguments must be a JSON object, such as \'{"order_id": "4471"}\'.')
    return dict(found)


def _records(pairs: list[str]) -> dict[ConnectionId, str]:
    split = [one.partition("=") for one in pairs]
    if any(not name or not value for name, _, value in split):
        raise Invalid("--record needs connection=id, such as billing=acct_5001.")
    return {ConnectionId(name): value for name, _, value in split}
