"""The live feed: one listening connection per process, filtered in memory. It says *that* something changed."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import psycopg

from missiondesk.kit.database import CHANNEL

log = logging.getLogger(__name__)


class Live:
    """Whoever listens to a topic is woken after each commit that announced it, and whenever the connection was lost.

    A wake-up may be one too many, never one too few: the reader looks at the rows it does not have yet.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._listeners: dict[str, set[asyncio.Event]] = {}
        self.ready = asyncio.Event()
        self.ended = False

    def end(self) -> None:
        """Nothing more will come: whoever listens is woken and should leave, so that the process can stop."""
        self.ended = True
        self._wake_all()

    @asynccontextmanager
    async def listening(self, *topics: str) -> AsyncGenerator[asyncio.Event]:
        """An event that is set when one of `topics` was announced. Clear it before looking at the rows.

        `case` hears of every `case:…`.
        """
        woken = asyncio.Event()
        for topic in topics:
            self._listeners.setdefault(topic, set()).add(woken)
        try:
            yield woken
        finally:
            for topic in topics:
                self._listeners[topic].discard(woken)
                if not self._listeners[topic]:
                    del self._listeners[topic]

    async def run(self) -> None:
        """Listen until cancelled; a lost connection is opened again, and everyone looks once."""
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                log.warning("the live feed lost the database, trying again: %s", error)
            self.ready.clear()
            await asyncio.sleep(0.5)

    async def _listen(self) -> None:
        connection = await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, connect_timeout=5, keepalives_idle=10, keepalives_interval=5, keepalives_count=3
        )
        async with contextlib.aclosing(_notices(connection)) as notices:
            await connection.execute(f"listen {CHANNEL}")
            self._wake_all()
            self.ready.set()
            async for topic in notices:
                for name in {topic, topic.partition(":")[0]}:
                    for woken in self._listeners.get(name, ()):
                        woken.set()

    def _wake_all(self) -> None:
        for listeners in self._listeners.values():
            for woken in listeners:
                woken.set()


async def _notices(connection: psycopg.AsyncConnection) -> AsyncGenerator[str]:
    async with connection:
        async for notice in connection.notifies():
            yield notice.payload
