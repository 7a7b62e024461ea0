"""Signing in by consent: an admin opens an address and agrees, and the answer comes back to this terminal."""

from collections.abc import Mapping
from typing import Annotated

import typer
from rich.text import Text

from missiondesk.cli.authorize import let_agree
from missiondesk.cli.client import console
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.integrations import Connection, begin_signing_in, finish_signing_in
from missiondesk.kit.errors import NotFound


def authorize(
    connection: str, *, write: Annotated[bool, typer.Option("--write", help="The sign-in that effects use.")] = False
) -> None:
    """Sign in to a system that wants somebody's consent: open the address that is printed, and agree."""

    async def go(here: Here) -> None:
        file = here.connections.files.get(connection)
        if file is None:
            raise NotFound(f"There is no connection {connection!r}.")
        await agree(here, file, write=write)

    with_connections(go, of=connection)
    console.print(f"Signed in. Next: missiondesk connections check {connection}")


async def agree(here: Here, file: Connection, *, write: bool = False) -> None:
    """Raises `NobodyAgreed`, `NotSignedIn`, `Refused`."""
    side = "write" if write else "read"

    async def begin(back: str) -> str:
        return await begin_signing_in(here.connections, file, side, back, by=here.by)

    async def finish(answer: Mapping[str, str]) -> None:
        await finish_signing_in(here.connections, file, side, answer, by=here.by)

    await let_agree(begin, finish, _show)


def _show(address: str) -> None:
    console.print("Open this address in a browser on this machine, and agree. It is waited for ten minutes.")
    console.print(Text(address), soft_wrap=True)
