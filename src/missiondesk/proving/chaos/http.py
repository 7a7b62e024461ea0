"""The way to the caller over streamable HTTP, and what goes wrong on it."""

import asyncio
import socket
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from missiondesk.kit.errors import Misconfigured
from missiondesk.proving.chaos.faults import BROKEN, CHUNK, HUGE, METADATA
from missiondesk.proving.chaos.plan import Injection
from missiondesk.proving.chaos.server import Chaos, Context

_HOST = "127.0.0.1"
_ANSWER = "missiondesk.answer"  # in the scope of a request
_NOT_FOR_THE_WRAPPED = frozenset(
    {"host", "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "last-event-id"}
)
_ABOUT_THE_WAY = ("accept", "content-", "mcp-", "proxy-", "sec-", "origin")
_TROUBLE = (500, 502, 503, 504)


def listening(port: int) -> socket.socket:
    """A socket on loopback; port 0 is a free one. Raises `Misconfigured`."""
    # said to be TCP, or asyncio leaves Nagle's algorithm on and small answers wait 40 ms
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_HOST, port))
        listener.listen(100)
    except (OSError, OverflowError) as error:
        listener.close()
        why = error.strerror if isinstance(error, OSError) else "there are ports 0 to 65535"
        raise Misconfigured(f"Port {port} cannot be used: {why}. Choose another --port, or none.") from error
    return listener


async def serve_http(
    chaos: Chaos, listener: socket.socket, announce: Callable[[str], None], *, stop: asyncio.Event
) -> None:
    """Serve until `stop` is set. `announce` is handed the address when it answers."""
    app = chaos.server(_HttpWire()).streamable_http_app(stateless_http=True)
    config = uvicorn.Config(
        _Spoiling(app, chaos),
        log_level="critical",
        access_log=False,
        ws="none",
        http=_Cuttable,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, lambda: announce(f"http://{_HOST}:{listener.getsockname()[1]}/mcp"), stop)
    await server.serve(sockets=[listener])


class _HttpWire:
    def decided(self, context: Context, injection: Injection | None) -> None:
        assert context.request is not None
        context.request.scope[_ANSWER].decided(injection)

    def headers(self, context: Context) -> Mapping[str, str]:
        brought: Mapping[str, str] = context.request.headers if context.request is not None else {}
        return {
            name: value
            for name, value in brought.items()
            if name not in _NOT_FOR_THE_WRAPPED and not name.startswith(_ABOUT_THE_WAY)
        }


class _Spoiling:
    """The application, with an answer to each POST that can be spoilt."""

    def __init__(self, app: ASGIApp, chaos: Chaos) -> None:
        self._app = app
        self._chaos = chaos

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, receive, send, over=lambda: self._chaos.plan.drip)
        scope[_ANSWER] = answer
        await self._app(scope, receive, answer.send)


class _Answer:
    """Held back until it is decided what becomes of it, which for anything but a call is never: then until it is whole.

    `over` is how many seconds it trickles, if it does.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, *, over: Callable[[], float]) -> None:
        self._transport: asyncio.Transport = scope["state"]["transport"]
        self._receive = receive
        self._send = send
        self._over = over
        self._held: list[Message] = []
        self._decided = False
        self._injection: Injection | None = None
        self._spoilt = False

    def decided(self, injection: Injection | None) -> None:
        self._decided, self._injection = True, injection

    async def send(self, message: Message) -> None:
        if self._spoilt:
            return
        whole = message["type"] == "http.response.body" and not message.get("more_body", False)
        self._held.append(message)
        if self._decided or whole:
            messages, self._held = self._held, []
            await self._pass_on(messages)

    async def _pass_on(self, messages: list[Message]) -> None:
        match self._injection and self._injection.fault:
            case "drip":
                for message in messages:
                    await self._drip(message)
            case "cut-before" | "cut-after":
                self._spoilt = True
                self._transport.abort()
            case "hang":
                self._spoilt = True
                while (await self._receive())["type"] != "http.disconnect":
                    pass
            case "garbage":
                await self._instead(200, BROKEN, {"content-type": "application/json"})
            case "server-error":
                await self._instead(self._status(), b"upstream has trouble", {"content-type": "text/plain"})
            case "redirect":
                await self._instead(307, b"", {"location": METADATA})
            case "huge":
                await self._huge()
            case _:
                for message in messages:
                    await self._send(message)

    def _status(self) -> int:
        return _TROUBLE[int(self._injection.luck * len(_TROUBLE))] if self._injection else 500

    async def _instead(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self._spoilt = True
        await self._send(_start(status, {**headers, "content-length": str(len(body))}))
        await self._send({"type": "http.response.body", "body": body})

    async def _huge(self) -> None:
        self._spoilt = True
        await self._send(_start(200, {"content-type": "application/json"}))
        for _ in range(HUGE // len(CHUNK)):
            await self._send({"type": "http.response.body", "body": CHUNK, "more_body": True})
            if self._transport.is_closing():
                return
        await self._send({"type": "http.response.body", "body": b""})

    async def _drip(self, message: Message) -> None:
        body: bytes = message.get("body", b"")
        for at in range(len(body)):
            await self._send({"type": "http.response.body", "body": body[at : at + 1], "more_body": True})
            await asyncio.sleep(self._over() / len(body))
            if self._transport.is_closing():
                return
        await self._send({**message, "body": b""} if body else message)


def _start(status: int, headers: Mapping[str, str]) -> Message:
    told = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http.response.start", "status": status, "headers": told}


class _Cuttable(H11Protocol):
    """Lets the application at the connection itself, to cut it."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)


class _Server(uvicorn.Server):
    """Says when it answers, and ends when it is told. The process's signals are not its own."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None], stop: asyncio.Event) -> None:
        super().__init__(config)
        self._announce = announce
        self._stop = stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()

    async def main_loop(self) -> None:
        await self._stop.wait()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield
