"""A doorway before a system: open, shut, held, or losing the answers to one tool after its calls went through.

async with doorway(northwind.urls["billing"]) as door:
    door.loses_answers_of = "refund_payment"
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class Doorway:
    """`url` is where callers come in. `lost` counts the answers that were thrown away, `visits` who came.

    `shut` turns callers away until `open`. `hold` makes them wait inside until `let_in`. With `keeps_line` a caller
    whose answer was lost goes on waiting for it; otherwise the line is cut.
    """

    def __init__(self, url: str) -> None:
        self._inside = urlsplit(url)
        self.url = ""
        self._turns_away = False
        self.keeps_line = False
        self.shuts_after_losing = False
        self.loses_answers_of: str | None = None
        self.lost = 0
        self.visits = 0
        self._free = asyncio.Event()
        self._free.set()
        self.stopped = 0
        self._stops: str | None = None
        self._on = asyncio.Event()
        self._inside_now: set[asyncio.Task[None]] = set()

    def stand_at(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}{self._inside.path}"

    def shut(self) -> None:
        """Turn everybody away, also those who are inside."""
        self._turns_away = True
        for visit in self._inside_now - {asyncio.current_task()}:
            visit.cancel()

    def open(self) -> None:
        self._turns_away = False

    def hold(self) -> None:
        self._free.clear()

    def let_in(self) -> None:
        self._free.set()

    def stop(self, tool: str) -> None:
        """Keep calls of this tool here, until they `may_go_on`. `stopped` counts them."""
        self._stops = tool

    def may_go_on(self) -> None:
        self._on.set()

    async def visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._inside_now.add(task)
        self.visits += 1
        try:
            await self._free.wait()
            if not self._turns_away:
                await self._through(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._inside_now.discard(task)
            writer.close()

    async def _through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection(self._inside.hostname, self._inside.port)
        asked = _Heard()
        there = asyncio.create_task(self._carry(reader, forth, asked))
        try:
            while answer := await back.read(65536):
                if self._loses(asked):
                    self.lost += 1
                    if self.shuts_after_losing:
                        self.shut()
                    if self.keeps_line:
                        await asyncio.Event().wait()
                    return
                asked.clear()
                writer.write(answer)
                await writer.drain()
        finally:
            there.cancel()
            forth.close()

    async def _carry(self, reader: asyncio.StreamReader, forth: asyncio.StreamWriter, asked: "_Heard") -> None:
        with suppress(ConnectionError):
            while words := await reader.read(65536):
                asked.add(words)
                if self._stops is not None and asked.is_call_of(self._stops):
                    self.stopped += 1
                    await self._on.wait()
                forth.write(words)
                await forth.drain()
        forth.close()

    def _loses(self, asked: "_Heard") -> bool:
        return self.loses_answers_of is not None and asked.is_call_of(self.loses_answers_of)

    async def close(self) -> None:
        for visit in list(self._inside_now):
            visit.cancel()
        await asyncio.gather(*self._inside_now, return_exceptions=True)


class _Heard:
    """What came through since the last answer."""

    def __init__(self) -> None:
        self._words = bytearray()

    def add(self, words: bytes) -> None:
        self._words += words

    def clear(self) -> None:
        self._words.clear()

    def is_call_of(self, tool: str) -> bool:
        return b"tools/call" in self._words and f'"{tool}"'.encode() in self._words


@asynccontextmanager
async def doorway(url: str) -> AsyncGenerator[Doorway]:
    """A doorway on a free port of loopback, before the server at `url`."""
    door = Doorway(url)
    server = await asyncio.start_server(door.visit, "127.0.0.1", 0)
    door.stand_at(server.sockets[0].getsockname()[1])
    try:
        yield door
    finally:
        server.close()
        await door.close()
