"""`missiondesk keys`: the API keys of programs."""

from typing import Annotated

import typer
from rich.table import Table

from missiondesk.cli.client import AsJson, console, delete, get, post

app = typer.Typer(help="API keys: programs read and propose by them, and never decide.", no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What it is for.")],
    scope: Annotated[list[str] | None, typer.Option(help="read or propose; as often as needed. Else: read.")] = None,
    days: Annotated[int, typer.Option(help="How long it is good for.")] = 90,
    address: Annotated[
        list[str] | None, typer.Option(help="An address or network it may be used from; else from anywhere.")
    ] = None,
) -> None:
    """Make a key of your own. It is printed once, and never shown again."""
    body = {"name": name, "scopes": scope or ["read"], "days": days, "addresses": address or []}
    made = post("/api/studio/keys", body)
    console.print(made["secret"], soft_wrap=True)
    typer.echo(f"Good until {made['key']['expires_at'][:10]}. Keep it now: it is not shown again.", err=True)


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """Your keys; an admin sees all. Never their secrets."""
    found = get("/api/studio/keys")
    if as_json:
        console.print_json(data=found)
        return
    table = Table("id", "name", "owner", "may", "until", "used last", "")
    for one in found["items"]:
        over = f"ended by {one['ended_by']}" if one["ended_at"] else ""
        used = (one["used_at"] or "never")[:10]
        may = ", ".join(one["scopes"]) + (f" from {', '.join(one['addresses'])}" if one["addresses"] else "")
        table.add_row(one["id"], one["name"], one["owner"], may, one["expires_at"][:10], used, over)
    console.print(table)


@app.command()
def end(key: Annotated[str, typer.Argument(help="The key's id, as `list` shows it.")]) -> None:
    """A key is good for nothing any more."""
    delete(f"/api/studio/keys/{key}")
    console.print(f"{key} has ended.")
