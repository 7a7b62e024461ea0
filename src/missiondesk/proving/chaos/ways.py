"""The two ways to a wrapped server. Each call over HTTP has a session of its own; a command is one process for all."""

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol, cast

import httpx2
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from mcp.types import CONNECTION_CLOSED

_PATIENCE = httpx2.Timeout(300, connect=10)


class Way(Protocol):
    """Over HTTP, or to a command. `where` is for people."""

    @property
    def where(self) -> str: ...

    def session(self, headers: Mapping[str, str]) -> AbstractAsyncContextManager[Client]:
        """A conversation, with these headers if it has any. What is raised on entering it: nothing was sent."""
        ...

    async def close(self) -> None: ...


class ToAddress:
    """Streamable HTTP. `headers` go with every request, unless the caller brought the same."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        self._url = url
        self._headers = {name.lower(): value for name, value in (headers or {}).items()}
        self._pool = httpx2.AsyncHTTPTransport()

    @property
    def where(self) -> str:
        return f"at {self._url}"

    @contextlib.asynccontextmanager
    async def session(self, headers: Mapping[str, str]) -> AsyncGenerator[Client]:
        async with (
            httpx2.AsyncClient(
                transport=_Lent(self._pool), headers={**self._headers, **headers}, timeout=_PATIENCE, trust_env=False
            ) as http,
            Client(streamable_http_client(self._url, http_client=http), cache=None) as client,
        ):
            yield client

    async def close(self) -> None:
        await self._pool.aclose()


class ToCommand:
    """A process, begun with the first call, and again when it has died. It sees our whole environment."""

    def __init__(self, command: Sequence[str]) -> None:
        self._what = StdioServerParameters(command=command[0], args=list(command[1:]), env=dict(os.environ))
        self._held: _Held | None = None
        self._one_by_one = asyncio.Lock()

    @property
    def where(self) -> str:
        return f"`{' '.join([self._what.command, *self._what.args])}`"

    @contextlib.asynccontextmanager
    async def session(self, headers: Mapping[str, str]) -> AsyncGenerator[Client]:
        async with self._one_by_one:
            if self._held is None or not await self._held.answers():
                await self.close()
                self._held = _Held(self._what)
            client = await self._held.ready()
        yield client

    async def close(self) -> None:
        if self._held is not None:
            await self._held.end()


class _Held:
    """A process in a task of its own: whoever asks is told when it ends, and not cancelled by it."""

    def __init__(self, what: StdioServerParameters) -> None:
        self._what = what
        self._client: asyncio.Future[Client] = asyncio.get_running_loop().create_future()
        self._leave = asyncio.Event()
        self._task = asyncio.create_task(self._hold())

    async def ready(self) -> Client:
        """Raises what was wrong with its beginning."""
        return await asyncio.shield(self._client)

    async def answers(self) -> bool:
        """Whether it is there still: what is sent to a process that has died would count as delivered."""
        if not self._client.done() or self._client.exception() is not None:
            return False
        try:
            await self._client.result().session.list_tools()
        except MCPError as error:
            return error.code != CONNECTION_CLOSED
        return True

    async def end(self) -> None:
        self._leave.set()
        await asyncio.wait({self._task})

    async def _hold(self) -> None:
        try:
            async with Client(self._what, cache=None) as client:
                self._client.set_result(client)
                await self._leave.wait()
        except Exception as error:  # noqa: BLE001  it is told to whoever waits; the next one begins another
            if not self._client.done():
                self._client.set_exception(error)


class _Lent(httpx2.AsyncBaseTransport):
    """One pool for all callers, each with headers of its own."""

    def __init__(self, pool: httpx2.AsyncHTTPTransport) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return await self._pool.handle_async_request(request)

    async def aclose(self) -> None:
        """It goes on for the others."""


def leaves(error: BaseException) -> list[BaseException]:
    """The errors in a group of groups of them."""
    if isinstance(error, BaseExceptionGroup):
        inner = cast("BaseExceptionGroup[BaseException]", error).exceptions
        return [leaf for one in inner for leaf in leaves(one)]
    return [error]
