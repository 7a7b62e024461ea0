"""A conversation with a server, as we hold it: tools only, nothing answered that it asks, and not without end."""

import logging
import time
from asyncio import timeout
from importlib.metadata import version
from types import TracebackType
from typing import Literal, Protocol, Self

from anyio import EndOfStream
from mcp.client.session import ClientSession, IncomingMessage
from mcp.shared.exceptions import MCPError
from mcp.shared.message import SessionMessage
from mcp.types import (
    UNSUPPORTED_PROTOCOL_VERSION,
    CallToolResult,
    DiscoverResult,
    Implementation,
    ListToolsResult,
    Tool,
)
from pydantic import ValidationError

from missiondesk.integrations.mcp_client.reasons import broke

MOST_MESSAGES = 2_000  # at once, from one server
_MESSAGES_PER_SECOND = 100  # for as long as it likes
US = Implementation(name="missiondesk", version=version("missiondesk"))

Learned = DiscoverResult | Literal["handshake"]  # how a server wants to be spoken to
log = logging.getLogger(__name__)
for _name in ("mcp.client", "mcp.shared", "client"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # the SDK prints what servers say; we tell it in the answer
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # each address is printed else, and may hold a secret


class Flood(ConnectionError):
    """The server sends messages without end."""


class Incoming(Protocol):
    """The SDK's stream of what a server sends."""

    async def receive(self) -> SessionMessage | Exception: ...
    async def aclose(self) -> None: ...


class Metered:
    """What a server sends, at most `MOST_MESSAGES` at once: then reading raises `Flood`, which ends the session."""

    def __init__(self, incoming: Incoming) -> None:
        self._incoming = incoming
        self._left = float(MOST_MESSAGES)
        self._at = time.monotonic()

    @property
    def last_context(self) -> object:
        """The SDK runs what it is told in the context of who told it."""
        return getattr(self._incoming, "last_context", None)

    async def receive(self) -> SessionMessage | Exception:
        item = await self._incoming.receive()
        now = time.monotonic()
        self._left = min(MOST_MESSAGES, self._left + (now - self._at) * _MESSAGES_PER_SECOND) - 1
        self._at = now
        if self._left < 0:
            raise Flood(f"It sent more than {MOST_MESSAGES:,} messages, so the conversation was ended.")
        return item

    async def aclose(self) -> None:
        await self._incoming.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        try:
            return await self.receive()
        except EndOfStream:  # the SDK would leave a session open that hears nothing any more
            raise ConnectionError("The connection closed before an answer came.") from None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


class Session(ClientSession):
    """No sampling, roots or elicitation: who asks gets an error. Results are checked by us, see `results.py`."""

    _newest: Tool | None = None

    async def validate_tool_result(self, name: str, result: CallToolResult) -> None:
        """Not here: the SDK would list the tools after the call, and compile the schema for each session."""

    def knows(self, tool: Tool) -> None:
        """Tell a session of a tool that another one listed: some arguments travel in headers too."""
        if tool is not self._newest:
            self._absorb_tool_listing(ListToolsResult(tools=[tool]), complete=False)
            self._newest = tool


async def unheard(_: IncomingMessage) -> None:
    """What a server says unasked. That its tools changed shows before the next call, whether it says so or not."""


async def learn(session: Session, *, patience: float) -> Learned:
    """Find out how a server wants to be spoken to: by the current revision, or by a handshake as before it.

    Raises what the handshake raises, and `MCPError` when the connection closes.
    """
    try:
        async with timeout(patience):  # some never answer what they do not know
            return await session.discover()
    except MCPError as error:
        if broke(error):
            raise
    except (TimeoutError, ValidationError, RuntimeError):
        pass  # no usable word about the current revision
    try:
        await session.initialize()
    except MCPError as error:
        if error.code != UNSUPPORTED_PROTOCOL_VERSION:
            raise
        return await session.discover()  # it started slowly, read our first question after all, and took us by it
    return "handshake"


async def speak(session: Session, learned: Learned) -> None:
    """Begin as was learned earlier; for the current revision nothing is sent."""
    if learned == "handshake":
        await session.initialize()
    else:
        session.adopt(learned)
