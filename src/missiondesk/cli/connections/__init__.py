"""`missiondesk connections`: what is connected, and the review that pins each tool."""

import asyncio
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from missiondesk.cli.client import console
from missiondesk.integrations import Connections, Definition, Reviewed, read_connections
from missiondesk.kit.errors import Misconfigured, Trouble
from missiondesk.kit.settings import Settings
from missiondesk.kit.text import visible

app = typer.Typer(help="Connected systems.", no_args_is_help=True)


class Unreachable(Trouble):
    """The system does not answer."""


@app.command("list")
def list_connections() -> None:
    """Each tool that is named in a connection's file, and whether it is what was reviewed."""
    table = Table("tool", "effect", "state")
    found = _connections()
    for name, file in found.files.items():
        server, live = _live(found, name)
        for tool, decided in file.tool.items():
            known = found.known(f"{name}.{tool}")
            table.add_row(
                f"{name}.{tool}", decided.effect, _state(known.pin if known else None, live.get(tool), name, server)
            )
    console.print(table)


@app.command()
def review(
    connection: str, *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask; I have read them.")] = False
) -> None:
    """Read the definitions of the tools named in a connection's file, and pin them as reviewed."""
    found = _connections()
    if connection not in found.files:
        raise Misconfigured(f"There is no connection {connection!r}.")
    server, live = _live(found, connection)
    file = found.files[connection]
    if server != file.server:
        raise Misconfigured(f"The server calls itself {server!r}; the file expects {file.server!r}.")
    if missing := [tool for tool in file.tool if tool not in live]:
        raise Misconfigured(f"The server has no tool {', '.join(missing)}.")
    for tool in file.tool:
        console.print(Text.assemble((f"{connection}.{tool}", "bold"), f" ({file.tool[tool].effect})"))
        console.print(visible(str(live[tool].told.get("description", ""))))
    if not yes:
        typer.confirm("Are these the tools you reviewed?", abort=True)
    told = Reviewed(server=server, tools={tool: live[tool].kept for tool in sorted(file.tool)})
    path = found.folder / f"{connection}.reviewed.json"
    path.write_text(told.model_dump_json(indent=1) + "\n", encoding="utf-8")
    console.print(f"{len(told.tools)} tools are pinned in {path.name}.")


def _connections() -> Connections:
    settings = Settings.read()
    if settings.company is None:
        raise Misconfigured("Set MISSIONDESK_COMPANY to the installation's folder.")
    return read_connections(settings.company, patience=settings.tool_patience)


def _live(found: Connections, name: str) -> tuple[str, dict[str, Definition]]:
    async def go() -> tuple[str, dict[str, Definition]]:
        channel = found.new_channel(name)
        try:
            return await channel.definitions()
        finally:
            await channel.close()

    try:
        return asyncio.run(go())
    except ConnectionError as error:
        raise Unreachable(f"{found.files[name].title} does not answer: {error}") from error


def _state(pin: str | None, live: Definition | None, connection: str, server: str) -> Text:
    if live is None:
        return Text("the server does not have it", "red")
    if pin is None:
        return Text("not reviewed", "yellow")
    same = live.pin(connection, server) == pin
    return Text("reviewed", "green") if same else Text("changed since its review", "red")
