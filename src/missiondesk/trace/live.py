"""The live feed: one listening connection per process, filtered in memory. It says *that* something changed.

Progress of a running read is the exception: nothing is stored of it, so it is handed on as it was told.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import psycopg

from missiondesk.ids import MissionId
from missiondesk.kit.database import CHANNEL
from missiondesk.trace.progress import PROGRESS, Progress, progress_in

log = logging.getLogger(__name__)


class Told:
    """The newest progress of each read of one mission, until somebody takes it. `woken` is set when there is some."""

    def __init__(self, woken: asyncio.Event) -> None:
        self._woken = woken
        self._newest: dict[str, Progress] = {}

    def put(self, one: Progress) -> None:
        self._newest[one.tool] = one
        self._woken.set()

    def take(self) -> list[Progress]:
        found, self._newest = self._newest, {}
        return list(found.values())


class Live:
    """Whoever listens to a topic is woken after each commit that announced it, and whenever the connection was lost.

    A wake-up may be one too many, never one too few: the reader looks at the rows it does not have yet.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._listeners: dict[str, set[asyncio.Event]] = {}
        self._watchers: dict[MissionId, set[Told]] = {}
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

    @asynccontextmanager
    async def watching(self, mission_id: MissionId | None, woken: asyncio.Event) -> AsyncGenerator[Told]:
        """What running reads of a mission tell of their progress; `woken` is set with it. Nothing without a mission."""
        told = Told(woken)
        if mission_id is None:
            yield told
            return
        watchers = self._watchers.setdefault(mission_id, set())
        watchers.add(told)
        try:
            yield told
        finally:
            watchers.discard(told)
            if not watchers:
                self._watchers.pop(mission_id, None)

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
        async with connection, contextlib.aclosing(_notices(connection)) as notices:
            await connection.execute(f"listen {CHANNEL}")
            await connection.execute(f"listen {PROGRESS}")
            self._wake_all()
            self.ready.set()
            async for channel, payload in notices:
                if channel == PROGRESS:
                    self._hand_on(progress_in(payload))
                else:
                    self._wake(payload)

    def _wake(self, topic: str) -> None:
        for name in {topic, topic.partition(":")[0]}:
            for woken in self._listeners.get(name, ()):
                woken.set()

    def _hand_on(self, one: Progress) -> None:
        for told in self._watchers.get(one.mission_id, ()):
            told.put(one)

    def _wake_all(self) -> None:
        for listeners in self._listeners.values():
            for woken in listeners:
                woken.set()


async def _notices(connection: psycopg.AsyncConnection) -> AsyncGenerator[tuple[str, str]]:
    async for notice in connection.notifies():
        yield notice.channel, notice.payload
