"""The review: somebody reads what the server says of each tool, and pins it."""

from typing import Annotated

import typer
from rich.text import Text

from missiondesk.cli.client import console
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.cli.connections.shown import print_changes
from missiondesk.integrations import Inspection, Reviewed, inspect, write_review
from missiondesk.integrations import review as review_
from missiondesk.kit.text import visible


def review(
    connection: str,
    tool: Annotated[
        list[str] | None, typer.Argument(help="Only these tools; all that are not off, if left out.")
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; I have read them.")] = False,
) -> None:
    """Read the definitions of a connection's tools, and pin them as reviewed."""

    async def go(here: Here) -> tuple[Reviewed, bool]:
        found = await inspect(here.connections, connection)
        seen = {view.name: view.digest for view in found.tools if view.digest is not None}
        _show(found, tool)
        if not yes:
            typer.confirm("Are these the tools you reviewed?", abort=True)
        made = await review_(here.connections, connection, tools=tool or None, seen=seen, by=here.by)
        in_file = found.stored.source == "file" and here.settings.company is not None
        if in_file and here.settings.company is not None:
            write_review(here.settings.company, connection, made)
        return made, in_file

    made, in_file = with_connections(go)
    console.print(f"{len(made.tools)} tools are pinned{f' in {connection}.reviewed.json' if in_file else ''}.")


def _show(found: Inspection, only: list[str] | None) -> None:
    for view in found.tools:
        if view.live is None or (view.effect == "off" if not only else view.name not in only):
            continue
        file, decided = found.stored.file, found.stored.file.tool.get(view.name)
        console.print(Text.assemble((f"{file.id}.{view.name}", "bold"), f" ({view.effect}, {view.state})"))
        console.print(visible(str(view.live.told.get("description", ""))))
        if decided is not None and decided.owner == "nobody":
            console.print(Text("Its records belong to nobody: every customer's mission may read them all.", "yellow"))
        print_changes(f"{file.id}.{view.name}", view)
