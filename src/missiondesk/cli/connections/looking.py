"""Looking: what is connected, how it stands, and what each server says beside what was reviewed."""

import asyncio
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from missiondesk.cli.client import AsJson, console
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.cli.connections.shown import inspection_json, print_inspection, state_of, way_of
from missiondesk.integrations import Inspection, as_toml
from missiondesk.integrations import inspect as inspect_connection
from missiondesk.kit.errors import Refused


class NotAllRight(Refused):
    """Something is wrong; it stands above."""


def list_connections(*, as_json: AsJson = False) -> None:
    """Every connection: where it leads, how it stands, and how many of its tools can be used."""

    async def go(here: Here) -> list[Inspection]:
        with console.status("Asking the servers …"):
            return await asyncio.gather(
                *(inspect_connection(here.connections, name) for name in here.connections.files)
            )

    found = with_connections(go)
    if as_json:
        console.print_json(data=[inspection_json(one) for one in found])
        return
    table = Table("connection", "title", "where", "kept in", "reads", "writes", "to review", "state")
    for one in found:
        file, usable = one.stored.file, [tool for tool in one.tools if tool.state == "reviewed"]
        reads, writes = (sum(tool.effect == effect for tool in usable) for effect in ("read", "write"))
        open_ = sum(tool.state in ("new", "unreviewed", "changed", "gone", "held back") for tool in one.tools)
        kept = f"connections/{file.id}.toml" if one.stored.source == "file" else "database"
        counts = (str(reads), str(writes), str(open_)) if one.listing else ("?", "?", "?")
        table.add_row(file.id, file.title, way_of(file), kept, *counts, state_of(one))
    console.print(table if found else "No connections yet: missiondesk connections add --help")


def inspect(
    connection: str,
    *,
    toml: Annotated[bool, typer.Option("--toml", help="Print it as the file connections/ID.toml.")] = False,
    as_json: AsJson = False,
) -> None:
    """One connection: its server, and each tool as it is now beside what was reviewed."""
    found = with_connections(lambda here: inspect_connection(here.connections, connection))
    if toml:
        console.print(as_toml(found.stored.file, {}), soft_wrap=True)
    elif as_json:
        console.print_json(data=inspection_json(found))
    else:
        print_inspection(found)


def check(
    connection: Annotated[str | None, typer.Argument(help="All, if left out.")] = None, *, as_json: AsJson = False
) -> None:
    """Whether each server answers, lets us in, and is what was reviewed. Exit status 1 if anything is wrong."""

    async def go(here: Here) -> list[Inspection]:
        names = [connection] if connection else list(here.connections.files)
        with console.status("Asking the servers …"):
            found = await asyncio.gather(*(inspect_connection(here.connections, name) for name in names))
            await here.connections.look_again()
        return found

    found = with_connections(go)
    wrong = {one.stored.file.id: _wrong(one) for one in found}
    if as_json:
        console.print_json(data=wrong)
    else:
        for one in found:
            file, sentences = one.stored.file, wrong[one.stored.file.id]
            for sentence in sentences:
                console.print(Text.assemble((f"{file.id}: ", "red"), sentence))
            if not sentences:
                console.print(
                    Text.assemble((f"{file.id}: ", "green"), f"{file.title} answers, and is what was reviewed.")
                )
    if any(wrong.values()):
        raise typer.Exit(1)


def _wrong(one: Inspection) -> list[str]:
    if one.listing is None:
        return [f"{one.stored.file.title} does not answer: {one.away}"]
    said = {
        "changed": "is not what was reviewed. See `missiondesk connections inspect`, then review it again.",
        "gone": "is not there any more.",
        "unreviewed": "waits for its review.",
        "held back": "was reviewed as a read, but the server says that it does more than reading.",
    }
    return [*one.misfits, *(f"{tool.name} {said[tool.state]}" for tool in one.tools if tool.state in said)]
