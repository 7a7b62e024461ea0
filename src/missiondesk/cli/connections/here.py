"""What the commands work on: the installation's folder and its database."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from rich.console import Console
from rich.text import Text

from missiondesk.app import connections_at, database_at
from missiondesk.changes import Source, publish_connections
from missiondesk.cli.client import operator
from missiondesk.integrations import Connections, declared, usable_connections
from missiondesk.kit.database import Database
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.settings import Settings
from missiondesk.kit.text import visible

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Here:
    """`connections` stand as folder and database say now; `broken`: by id, what is wrong with files of the folder."""

    settings: Settings
    database: Database
    connections: Connections
    broken: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def by(self) -> str:
        return operator()

    @property
    def asking(self) -> Source:
        """The same as one who asks for a change."""
        return Source("operator", self.by)

    @property
    def whole(self) -> list[str]:
        """The ids of the connections whose file can be used, or that need none."""
        return [name for name in self.connections.files if name not in self.broken]


def with_connections(do: Callable[[Here], Awaitable[T]], *, of: str | None = None) -> T:
    """Run `do` on the installation that the settings name, for the connection `of` or for all of them.

    Raises `Misconfigured` if the file of that one is broken; of others it warns.
    """

    async def go() -> T:
        async with here() as found:
            if of is not None:
                _look_at(of, found.broken)
            return await do(found)

    return asyncio.run(go())


@asynccontextmanager
async def here() -> AsyncGenerator[Here]:
    """The folder's files are read first: what they say is asked for, and in setup holds in every process."""
    settings = Settings.read()
    broken: Mapping[str, str] = {}
    async with database_at(settings) as database:
        if settings.company is not None:
            if not settings.company.is_dir():
                raise Misconfigured(f"{settings.company} (MISSIONDESK_COMPANY) is not there.")
            async with database.transaction() as tx:
                files, broken = usable_connections(settings.company, instead=await declared(tx))
                await publish_connections(tx, files)
        connections = connections_at(settings, database)
        await connections.refresh()
        try:
            yield Here(settings, database, connections, broken)
        finally:
            await connections.close()


def _look_at(connection: str, broken: Mapping[str, str]) -> None:
    if connection in broken:
        raise Misconfigured(broken[connection])
    for sentence in broken.values():
        told = Text.assemble(("Warning", "yellow"), f": {visible(sentence)} That connection stays as it was.")
        Console(stderr=True).print(told, soft_wrap=True)
