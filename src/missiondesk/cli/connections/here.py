"""What the commands work on: the installation's folder and its database."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from getpass import getuser
from typing import TypeVar

from missiondesk.app import connections_at, database_at
from missiondesk.integrations import Connections, publish_connections, read_connections
from missiondesk.kit.database import Database
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Here:
    """`connections` stand as folder and database say now."""

    settings: Settings
    database: Database
    connections: Connections

    @property
    def by(self) -> str:
        return f"{getuser()} at the command line"


def with_connections(do: Callable[[Here], Awaitable[T]]) -> T:
    """Run `do` on the installation that the settings name."""

    async def go() -> T:
        async with here() as found:
            return await do(found)

    return asyncio.run(go())


@asynccontextmanager
async def here() -> AsyncGenerator[Here]:
    """The folder's files are read first: what they say holds from now on, in every process."""
    settings = Settings.read()
    async with database_at(settings) as database:
        if settings.company is not None:
            if not settings.company.is_dir():
                raise Misconfigured(f"{settings.company} (MISSIONDESK_COMPANY) is not there.")
            files = read_connections(settings.company)
            async with database.transaction() as tx:
                await publish_connections(tx, files)
        connections = connections_at(settings, database)
        await connections.refresh()
        try:
            yield Here(settings, database, connections)
        finally:
            await connections.close()
