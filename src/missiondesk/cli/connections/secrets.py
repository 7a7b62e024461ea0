"""Secrets of a connection: given once, sealed, never shown again."""

import sys
from typing import Annotated

import typer
from rich.table import Table

from missiondesk.cli.client import console
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.integrations import Kept, forget_secret, keep_secret, kept_secrets, vault_of
from missiondesk.kit.errors import Invalid


def secret(
    connection: str,
    name: Annotated[
        str | None, typer.Argument(help="As the file names it, without the $. Left out: list them.")
    ] = None,
    *,
    write: Annotated[bool, typer.Option("--write", help="For writing: only effects may open it.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Forget it.")] = False,
) -> None:
    """Give a secret its value: asked for without showing it, or read from standard input."""

    async def listed(here: Here) -> list[Kept]:
        return await kept_secrets(here.connections, connection)

    if name is None:
        table = Table("secret", "for", "set by", "set at")
        for one in with_connections(listed, of=connection):
            table.add_row(f"${one.name}", one.side, one.set_by, f"{one.set_at:%Y-%m-%d %H:%M}")
        console.print(table)
        return
    side = "write" if write else "read"
    if forget:
        with_connections(lambda here: forget_secret(here.connections, connection, side, name), of=connection)
        console.print(f"${name} is forgotten.")
        return
    value = typer.prompt(f"${name}", hide_input=True) if sys.stdin.isatty() else sys.stdin.read().strip()
    if not value:
        raise Invalid(f"${name} needs a value.")
    with_connections(
        lambda here: keep_secret(here.connections, connection, side, name, value, by=here.by), of=connection
    )
    console.print(f"${name} is kept, sealed. It is never shown again.")


def reseal() -> None:
    """Seal all secrets with the newest key, so that an old one can be thrown away."""

    async def go(here: Here) -> int:
        async with here.database.transaction() as tx:
            return await vault_of(here.connections).reseal(tx)

    console.print(f"{with_connections(go)} are sealed with the newest key.")
