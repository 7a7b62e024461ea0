"""PostgreSQL, and nothing else. Its clock is the only clock: all processes agree on it."""

import math
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, cast

import psycopg
from sqlalchemy import MetaData, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection as Transaction
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from missiondesk.kit.errors import Misconfigured

__all__ = [
    "ANNOUNCE",
    "AWAY",
    "OLDEST",
    "Database",
    "Transaction",
    "announce",
    "check_version",
    "driver_of",
    "lock",
    "metadata",
    "now",
    "plain_url",
]

_OF_THE_DRIVER = (psycopg.OperationalError, psycopg.InterfaceError)
AWAY = (
    OperationalError,
    InterfaceError,
    NoConnectionFree,
    *_OF_THE_DRIVER,
)  # what comes when it cannot be reached, or is overrun
OLDEST = 160000
# whatever the server says; to compile a query takes longer than any of ours
_TOLD = "set synchronous_commit = on; set idle_in_transaction_session_timeout = '15s'; set jit = off"
A_MOMENT = 0.1  # seconds: no restart of a server is quicker
CHANNEL = "missiondesk"
ANNOUNCE = f"select pg_notify('{CHANNEL}', :topic)"
_RELIED_ON = "select name, setting from pg_settings where name in ('server_version_num', 'fsync', 'full_page_writes')"
metadata = MetaData()


def plain_url(url: str) -> str:
    """`url` as psycopg wants it: without SQLAlchemy's driver name."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


class Database:
    """One pool of connections to one PostgreSQL."""

    def __init__(self, url: str, *, pool: int = 10) -> None:
        if not url.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
            raise Misconfigured("DATABASE_URL must begin with postgresql:// — Missiondesk stands on PostgreSQL only.")
        self.url = plain_url(url).replace("postgres://", "postgresql://", 1)
        self._engine: AsyncEngine = create_async_engine(
            self.url.replace("postgresql://", "postgresql+psycopg://", 1),
            pool_size=pool,
            max_overflow=pool,
            hide_parameters=True,
            connect_args={"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3},
        )

        event.listen(self._engine.sync_engine, "connect", _tell)
        _ping_what_rested(self._engine)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Transaction]:
        """One transaction: committed at the end, rolled back by an exception."""
        async with self._engine.begin() as tx:
            yield tx

    async def check(self) -> None:
        """Raise `Misconfigured`, in words for an operator, unless the server answers and can be relied on."""
        try:
            async with self.transaction() as tx:
                rows = await tx.execute(text(_RELIED_ON))
                settings: dict[str, str] = {name: value for name, value in rows}
        except (OperationalError, DBAPIError, OSError) as error:
            reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
            raise Misconfigured(
                f"The database does not answer: {reason}. Check DATABASE_URL, "
                "or leave it out to use the embedded PostgreSQL."
            ) from error
        check_version(int(settings["server_version_num"]))
        for name in ("fsync", "full_page_writes"):
            if settings.get(name, "on") != "on":
                raise Misconfigured(
                    f"PostgreSQL runs with {name} = off: a power cut could forget a refund. Turn it on."
                )

    async def close(self) -> None:
        await self._engine.dispose()


def _tell(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """A commit is on disk when it is told; and a process that stands still lets go of what it had locked."""
    cursor = connection.cursor()
    cursor.execute(_TOLD)
    cursor.close()
    connection.commit()


def _ping_what_rested(engine: AsyncEngine) -> None:
    """A connection that nobody used for a moment may be broken. One ping each time would cost as much as a query."""

    def rests(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info["rests_since"] = time.monotonic()

    def is_wanted(connection: DBAPIConnection, record: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
        if time.monotonic() - record.info.get("rests_since", math.inf) < A_MOMENT:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error  # then it takes a new one

    event.listen(engine.sync_engine, "checkin", rests)
    event.listen(engine.sync_engine, "checkout", is_wanted)


def check_version(number: int) -> None:
    """`number` is PostgreSQL's server_version_num, such as 180004. Raises `Misconfigured` when it is too old."""
    if number < OLDEST:
        raise Misconfigured(
            f"PostgreSQL {number // 10000}.{number % 10000} is too old: Missiondesk needs {OLDEST // 10000} or newer. "
            "Upgrade it, or leave DATABASE_URL out to use the embedded PostgreSQL."
        )


async def driver_of(tx: Transaction) -> psycopg.AsyncConnection[Any]:
    """The driver's connection under a transaction, which goes on being SQLAlchemy's to end."""
    connection = (await tx.get_raw_connection()).driver_connection
    assert isinstance(connection, psycopg.AsyncConnection)
    return cast("psycopg.AsyncConnection[Any]", connection)


async def now(tx: Transaction) -> datetime:
    """This instant by the database's clock, aware, in UTC."""
    return (await tx.execute(text("select clock_timestamp()"))).scalar_one()


async def announce(tx: Transaction, topic: str) -> None:
    """Wake who listens to `topic`, when and if this transaction commits. It carries no data: listeners read rows."""
    await tx.execute(text(ANNOUNCE), {"topic": topic})


async def lock(tx: Transaction, name: str) -> None:
    """Whoever locks the same name waits until this transaction ends."""
    await tx.execute(text("select pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})
