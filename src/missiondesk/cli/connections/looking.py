"""Looking: what is connected, how it stands, and what each server says beside what was reviewed."""

import asyncio
from typing import Annotated

import typer
from rich.text import Text

from missiondesk.cli.client import AsJson, console
from missiondesk.cli.connections.as_json import broken_json, inspection_json, print_json, where_of
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.cli.connections.shown import print_inspection, print_tools, say, state_of, table_of
from missiondesk.integrations import Inspection, as_toml
from missiondesk.integrations import inspect as inspect_connection
from missiondesk.kit.errors import NotFound
from missiondesk.kit.text import visible


def list_connections(*, as_json: AsJson = False) -> None:
    """Every connection: where it leads, how it stands, and how many of its tools can be used."""

    async def go(here: Here) -> tuple[list[Inspection], dict[str, str]]:
        with console.status("Asking the servers …"):
            found = await asyncio.gather(*(inspect_connection(here.connections, name) for name in here.whole))
        return found, dict(here.broken)

    found, broken = with_connections(go)
    if as_json:
        print_json([*map(inspection_json, found), *(broken_json(*one) for one in broken.items())])
        return
    table = table_of("connection", "title", "where", "tools", "state")
    for one in found:
        file, state = one.stored.file, state_of(one)
        table.add_row(file.id, visible(file.title), f"{visible(where_of(file))}\n{_kept(one)}", _counts(one), state)
    for name in broken:
        table.add_row(visible(name), "", f"connections/{visible(name)}.toml", "", Text("broken", "red"))
    console.print(table if found or broken else "No connections yet: missiondesk connections add --help")
    for sentence in broken.values():
        say(sentence, "red")


def inspect(
    connection: str,
    tool: Annotated[list[str] | None, typer.Argument(help="All that these tools say of themselves.")] = None,
    *,
    toml: Annotated[bool, typer.Option("--toml", help="Print it as the file connections/ID.toml.")] = False,
    as_json: AsJson = False,
) -> None:
    """One connection: its server, and each tool as it is now beside what was reviewed."""
    found = with_connections(lambda here: inspect_connection(here.connections, connection), of=connection)
    if unknown := [name for name in tool or () if name not in {view.name for view in found.tools}]:
        raise NotFound(f"{found.stored.file.title} has no tool {unknown[0]!r}.")
    if toml:
        console.out(as_toml(found.stored.file, {}), highlight=False)
    elif as_json:
        print_json(inspection_json(found))
    elif tool:
        print_tools(found, tool)
    else:
        print_inspection(found, where_of(found.stored.file))


def _kept(one: Inspection) -> str:
    return "kept in its file" if one.stored.source == "file" else "kept in the database"


def _counts(one: Inspection) -> str:
    if one.listing is None:
        return "?"
    usable = [view.effect for view in one.tools if view.state == "reviewed"]
    open_ = sum(view.state in ("new", "unreviewed", "changed", "gone", "held back") for view in one.tools)
    reads, writes = usable.count("read"), usable.count("write")
    return f"{reads} read{'s' * (reads != 1)}\n{writes} write{'s' * (writes != 1)}\n{open_} to review"
