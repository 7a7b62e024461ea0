"""The faulty system over HTTP, on loopback, in a thread. Faults of the way are the functions of `WAYS`."""

import asyncio
import contextlib
import itertools
import json
import ssl
import threading
import zlib
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import Future
from typing import Any

from tests.support.faulty import HUGE, METADATA, MODERN, Json, System, noise, told

_CHUNK = b'"' + b"x" * 65_534 + b'"'
_SSE = {"content-type": "text/event-stream", "connection": "close"}
Way = Callable[[System, Json, StreamWriter], Awaitable[None]]


class FaultyHttp:
    """`heads` are the headers of each request, with the method of the message as `:message`."""

    def __init__(self, system: System, tls: ssl.SSLContext | None = None) -> None:
        self.system = system
        self.heads: list[dict[str, str]] = []
        self.port = 0
        self.manner = ""  # "typescript": refuses with the codes that the SDK takes for its own
        self.more_headers: dict[str, str] = {}
        self._tls = tls
        self._sessions = itertools.count()
        self.living: set[str] = set()
        self._end: Future[None] = Future()
        self._connections: set[asyncio.Task[Any] | None] = set()  # held: a task that waits for ever may vanish else

    @property
    def url(self) -> str:
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}/mcp"

    def end(self) -> None:
        if not self._end.done():
            self._end.set_result(None)

    async def serve(self, ready: Callable[[], None]) -> None:
        server = await asyncio.start_server(self._connection, "127.0.0.1", self.port, ssl=self._tls, limit=2**22)
        self.port = server.sockets[0].getsockname()[1]
        ready()
        await asyncio.wrap_future(self._end)
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0.01)  # the connections that they close are closed in the next rounds

    async def _connection(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._connections.add(asyncio.current_task())
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not writer.is_closing():
                await self._request(reader, writer)
        writer.close()

    async def _request(self, reader: StreamReader, writer: StreamWriter) -> None:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines) if value}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        message: Json = json.loads(body) if body else {}
        self.heads.append({**headers, ":verb": first.split()[0], ":message": message.get("method", "")})
        self.system.asked.append(message.get("method", first.split()[0]))
        self.system.asked_with.append(message.get("params") or {})
        if first.startswith("DELETE"):
            self.living.discard(headers.get("mcp-session-id", ""))
            await send(writer, 200, b"")
        elif first.startswith("GET"):
            await send(writer, 405, b"")
        elif "id" not in message or "method" not in message:
            await send(writer, 202, b"")
        elif self._homeless(message, headers):
            await self._unknown_session(message, writer)
        else:
            await self._answer(message, writer)

    async def _unknown_session(self, message: Json, writer: StreamWriter) -> None:
        if self.manner == "typescript":
            await refuse(writer, 404, message, -32001, "Session not found")
        else:
            await send(writer, 404, b"no such session", {"content-type": "text/plain"})

    def _homeless(self, message: Json, headers: dict[str, str]) -> bool:
        """Before the current revision, each request but the first belongs to a session."""
        opening = message["method"] in ("initialize", "server/discover")
        return self.system.era != MODERN and not opening and headers.get("mcp-session-id", "") not in self.living

    async def _answer(self, message: Json, writer: StreamWriter) -> None:
        if (way := WAYS.get(self.system.fault_of(message))) is not None:
            await way(self.system, message, writer)
            return
        if self.manner == "typescript" and self.system.era != MODERN and message["method"] == "server/discover":
            await refuse(writer, 400, message, -32000, "Bad Request: Unsupported protocol version")
            return
        headers = {"content-type": "application/json", **self.more_headers}
        if message["method"] == "initialize" and self.system.era != MODERN:
            session = f"session-{next(self._sessions)}"
            self.living.add(session)
            headers["mcp-session-id"] = session
        reply = self.system.reply(message)
        unknown_method = self.system.era == MODERN and reply.get("error", {}).get("code") == -32601
        await send(writer, 404 if unknown_method else 200, json.dumps(reply).encode(), headers)


@contextlib.contextmanager
def faulty_at(system: System, *, port: int = 0, tls: ssl.SSLContext | None = None) -> Generator[FaultyHttp]:
    """The system, reachable while this is entered."""
    http = FaultyHttp(system, tls)
    http.port = port
    ready = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(http.serve(ready.set)), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield http
    finally:
        http.end()
        thread.join(10)
        assert not thread.is_alive(), "the server does not end"


async def send(writer: StreamWriter, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
    await begin(writer, status, {"content-length": str(len(body)), **(headers or {})})
    writer.write(body)
    await writer.drain()


async def begin(writer: StreamWriter, status: int, headers: dict[str, str]) -> None:
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers.items())]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    await writer.drain()


async def refuse(writer: StreamWriter, status: int, message: Json, code: int, words: str) -> None:
    error = {"jsonrpc": "2.0", "id": message["id"], "error": {"code": code, "message": words}}
    await send(writer, status, json.dumps(error).encode(), {"content-type": "application/json"})


async def event(writer: StreamWriter, message: Json) -> None:
    writer.write(b"event: message\ndata: " + json.dumps(message).encode() + b"\n\n")
    await writer.drain()


async def hang(_system: System, _message: Json, _writer: StreamWriter) -> None:
    await asyncio.Event().wait()


async def drip(system: System, message: Json, writer: StreamWriter) -> None:
    body = json.dumps(system.reply(message)).encode()
    await begin(writer, 200, {"content-type": "application/json", "content-length": str(len(body))})
    for at in range(len(body)):
        writer.write(body[at : at + 1])
        await writer.drain()
        await asyncio.sleep(0.2)


async def cut_before(_system: System, _message: Json, writer: StreamWriter) -> None:
    writer.transport.abort()


async def cut_after(system: System, message: Json, writer: StreamWriter) -> None:
    system.reply(message)
    writer.transport.abort()


async def cut_within(system: System, message: Json, writer: StreamWriter) -> None:
    body = json.dumps(system.reply(message)).encode()
    await begin(writer, 200, {"content-type": "application/json", "content-length": str(len(body))})
    writer.write(body[:20])
    await writer.drain()
    writer.transport.abort()


async def cut_stream(_system: System, message: Json, writer: StreamWriter) -> None:
    await begin(writer, 200, _SSE)
    await event(writer, next(told(message, 1)))
    writer.close()


async def garbage(_system: System, _message: Json, writer: StreamWriter) -> None:
    await send(writer, 200, b'{"jsonrpc": "2.0", "id": 1, "resu\xff', {"content-type": "application/json"})


async def page(_system: System, _message: Json, writer: StreamWriter) -> None:
    await send(writer, 200, b"<h1>Welcome</h1>", {"content-type": "text/html"})


async def no_http(_system: System, _message: Json, writer: StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH\r\n\r\n")
    await writer.drain()


def status(code: int) -> Way:
    async def answer(_system: System, _message: Json, writer: StreamWriter) -> None:
        await send(writer, code, b"upstream has trouble", {"content-type": "text/plain"})

    return answer


async def rpc_error(_system: System, message: Json, writer: StreamWriter) -> None:
    await refuse(writer, 200, message, -32603, "the \u202edatabase is away")


async def code_of_the_sdk(_system: System, message: Json, writer: StreamWriter) -> None:
    await refuse(writer, 200, message, -32000, "the till is closed")


async def redirect(_system: System, _message: Json, writer: StreamWriter) -> None:
    await send(writer, 307, b"", {"location": METADATA})


async def moved(_system: System, _message: Json, writer: StreamWriter) -> None:
    await send(writer, 307, b"", {"location": "/mcp/?token=secret"})


async def huge_plain(_system: System, _message: Json, writer: StreamWriter) -> None:
    await begin(writer, 200, {"content-type": "application/json", "content-length": str(HUGE)})
    for _ in range(HUGE // len(_CHUNK)):
        writer.write(_CHUNK)
        await writer.drain()


async def huge_chunked(_system: System, _message: Json, writer: StreamWriter) -> None:
    await begin(writer, 200, {"content-type": "application/json", "transfer-encoding": "chunked"})
    for _ in range(HUGE // len(_CHUNK)):
        writer.write(f"{len(_CHUNK):x}\r\n".encode() + _CHUNK + b"\r\n")
        await writer.drain()


async def huge_stream(_system: System, _message: Json, writer: StreamWriter) -> None:
    await begin(writer, 200, _SSE)
    writer.write(b"data: ")
    for _ in range(HUGE // len(_CHUNK)):
        writer.write(_CHUNK)
        await writer.drain()


async def huge_gzip(_system: System, _message: Json, writer: StreamWriter) -> None:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    await begin(writer, 200, {"content-type": "application/json", "content-encoding": "gzip", "connection": "close"})
    for _ in range(HUGE // len(_CHUNK)):
        writer.write(squeeze.compress(_CHUNK))
        await writer.drain()
    writer.close()


async def flood(_system: System, _message: Json, writer: StreamWriter) -> None:
    await begin(writer, 200, _SSE)
    for n in itertools.count():
        await event(writer, noise(n))


async def progress(system: System, message: Json, writer: StreamWriter) -> None:
    await begin(writer, 200, _SSE)
    for one in told(message, 200):
        await event(writer, one)
    await event(writer, system.reply(message))
    writer.close()


async def asks_back(system: System, message: Json, writer: StreamWriter) -> None:
    """Wants a sample from our model, then answers well."""
    await begin(writer, 200, _SSE)
    params: dict[str, Any] = {"messages": [], "maxTokens": 9}
    await event(writer, {"jsonrpc": "2.0", "id": "ours", "method": "sampling/createMessage", "params": params})
    await event(writer, {"jsonrpc": "2.0", "id": "mine", "method": "roots/list"})
    await event(writer, system.reply(message))
    writer.close()


WAYS: dict[str, Way] = {
    way.__name__: way
    for way in (hang, drip, cut_before, cut_after, cut_within, cut_stream, garbage, page, no_http, rpc_error)
    + (code_of_the_sdk, redirect, moved, huge_plain, huge_chunked, huge_stream, huge_gzip, flood, progress, asks_back)
} | {f"status_{code}": status(code) for code in (401, 403, 404, 429, 500, 502, 503)}
