"""A system whose answers to one tool take their time: until they `may_come`, it tells how far it is."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from tests.support.loopback import Loopback

_PASSED_ON = ("content-type", "mcp-session-id", "mcp-protocol-version")


class Slow:
    """`url` stands before the system at `target`. Each word of progress says one more of 1000."""

    def __init__(self, target: str, tool: str) -> None:
        self.url = ""
        self._target = target
        self._tool = tool
        self._come = threading.Event()

    def may_come(self) -> None:
        self._come.set()

    async def answer(self, request: Request) -> Response:
        body = await request.body()
        headers = {name: value for name, value in request.headers.items() if name not in ("host", "content-length")}
        asked: Any = json.loads(body) if body else {}
        if asked.get("method") == "tools/call" and asked["params"]["name"] == self._tool:
            return StreamingResponse(self._slowly(asked, body, headers), media_type="text/event-stream")
        found = await self._ask(request.method, body, headers)
        kept = {name: value for name, value in found.headers.items() if name in _PASSED_ON}
        return Response(found.content, found.status_code, kept)

    async def _slowly(self, asked: Any, body: bytes, headers: dict[str, str]) -> AsyncIterator[bytes]:
        token = asked["params"]["_meta"]["progressToken"]
        done = 0
        while not self._come.is_set():
            done += 1
            told = {"progressToken": token, "progress": done, "total": 1000, "message": f"page {done}"}
            yield _event(json.dumps({"jsonrpc": "2.0", "method": "notifications/progress", "params": told}))
            await asyncio.sleep(0.05)
        found = await self._ask("POST", body, headers)
        yield found.content if "event-stream" in found.headers["content-type"] else _event(found.text)

    async def _ask(self, method: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        async with httpx.AsyncClient(timeout=10) as client:
            return await client.request(method, self._target, content=body, headers=headers)


def _event(data: str) -> bytes:
    return f"event: message\ndata: {data}\n\n".encode()


@contextmanager
def slow(target: str, tool: str) -> Generator[Slow]:
    found = Slow(target, tool)
    with Loopback(Starlette(routes=[Route("/mcp", found.answer, methods=["GET", "POST", "DELETE"])])) as loopback:
        found.url = f"{loopback.url}/mcp"
        try:
            yield found
        finally:
            found.may_come()
