"""The review: somebody reads what the server says of each tool, and pins it."""

from typing import Annotated

import typer

from missiondesk.changes import Change, review_connection
from missiondesk.cli.changes.shown import tell_if_it_waits
from missiondesk.cli.client import console
from missiondesk.cli.connections.asking import agreed
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.cli.connections.shown import print_tools
from missiondesk.integrations import Inspection, Review, inspect, write_review


def review(
    connection: str,
    tool: Annotated[
        list[str] | None, typer.Argument(help="Only these tools; all that are not off, if left out.")
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; I have read them.")] = False,
) -> None:
    """Read the definitions of a connection's tools, and pin them as reviewed."""

    async def go(here: Here) -> tuple[Review, Change, bool]:
        found = await inspect(here.connections, connection)
        seen = {view.name: view.digest for view in found.tools if view.digest is not None}
        print_tools(found, tool or _wanted(found))
        if not yes:
            agreed("Are these the tools you reviewed?")
        read, made = await review_connection(
            here.connections, connection, tools=tool or None, seen=seen, asked_by=here.asking
        )
        in_file = found.stored.source == "file" and here.settings.company is not None
        if in_file and here.settings.company is not None:
            write_review(here.settings.company, connection, read.reviewed)
        return read, made, in_file

    read, made, in_file = with_connections(go, of=connection)
    console.print(f"{len(read.reviewed.tools)} tools are pinned{f' in {connection}.reviewed.json' if in_file else ''}.")
    tell_if_it_waits(made)


def _wanted(found: Inspection) -> list[str]:
    return [view.name for view in found.tools if view.effect != "off"]
