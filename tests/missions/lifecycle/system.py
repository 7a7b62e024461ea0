"""The system that is paid through: the sandbox's ledger, a real MCP server over HTTP whose book stays, with moods."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from missiondesk.proving.sandbox import Book
from missiondesk.proving.sandbox.ledger import server_of
from tests.support.doorway import Doorway
from tests.support.loopback import Loopback

Mood = Literal["well", "hears nothing", "answers nothing", "away"]
PAYS = ("pay_keyed", "pay_queryable", "pay_once")


class Ledger:
    """`url` is where Missiondesk calls; `book` tells what really happened."""

    def __init__(self, book: Book, door: "_Door", tools: "_Tools") -> None:
        self.book = book
        self.url = door.url
        self._door = door
        self._tools = tools

    def is_now(self, mood: Mood) -> None:
        """What befalls the next payment that is asked for: the line is cut before or after it, or nobody comes in."""
        self._door.mood = mood

    def changes_tools(self, *, changed: bool = True) -> None:
        """One byte of what its payment tools say of themselves is another, or is again as it was reviewed."""
        self._tools.changed = changed

    @property
    def changed_tools(self) -> bool:
        return self._tools.changed


class _Door(Doorway):
    """Each mood is over when one payment has felt it; those who are inside already are never turned away."""

    mood: Mood = "well"

    async def visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.mood == "away":
            self.mood = "well"
            writer.close()
            return
        await super().visit(reader, writer)

    async def _carry(self, reader: asyncio.StreamReader, forth: asyncio.StreamWriter, asked: Any) -> None:
        await super()._carry(_Heeding(self, reader), forth, asked)  # pyright: ignore[reportArgumentType] # it reads

    def _loses(self, asked: Any) -> bool:
        if self.mood != "answers nothing" or not any(asked.is_call_of(tool) for tool in PAYS):
            return False
        self.mood = "well"
        return True


class _Heeding:
    """What the caller says, up to the payment that is not heard."""

    def __init__(self, door: _Door, reader: asyncio.StreamReader) -> None:
        self._door = door
        self._reader = reader

    async def read(self, most: int) -> bytes:
        words = await self._reader.read(most)
        if self._door.mood == "hears nothing" and any(f'"{tool}"'.encode() in words for tool in PAYS):
            self._door.mood = "well"
            return b""
        return words


class _Tools:
    """The server, and in its listings one letter of what a payment tool says of itself, once it has changed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.changed = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def said(message: Message) -> None:
            if self.changed and message["type"] == "http.response.body":
                message["body"] = message["body"].replace(b"Pay. ", b"Bay. ").replace(b"Pay, ", b"Bay, ")
            await send(message)

        await self._app(scope, receive, said)


@asynccontextmanager
async def ledger_at(home: Path) -> AsyncGenerator[Ledger]:
    """It serves in a thread of its own; its doorway stands in this event loop."""
    book = Book.at(home)
    tools = _Tools(server_of(book, slow=0).streamable_http_app(stateless_http=True))
    with Loopback(tools, lifespan=True) as loopback:
        door = _Door(f"{loopback.url}/mcp")
        server = await asyncio.start_server(door.visit, "127.0.0.1", 0)
        door.stand_at(server.sockets[0].getsockname()[1])
        try:
            yield Ledger(book, door, tools)
        finally:
            server.close()
            await door.close()
