"""Trying a read as one customer: what a worker would see, and nothing else."""

import json
from typing import Annotated, Any

import typer
from rich.text import Text

from missiondesk.cli.client import console
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.ids import ConnectionId
from missiondesk.integrations import Answer, read_as
from missiondesk.kit.errors import Invalid
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
    given, records = _arguments(arguments), _records(record or [])

    async def go(here: Here) -> Answer:
        return await read_as(here.connections, tool, given, records)

    answer = with_connections(go)
    match answer.kind:
        case "ok":
            console.print_json(data=answer.value)
        case "missing":
            console.print("There is no such record of this customer.")
        case _:
            console.print(Text.assemble((f"{answer.kind}: ", "red"), visible(f"{answer.value} {answer.why or ''}")))
            raise typer.Exit(1)


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
