"""The one module that speaks MCP. A session for each call over one pool: nothing a server does reaches a neighbour."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal, cast

import httpx2
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, RequestParamsMeta

from missiondesk.integrations.definitions import Definition

KEY = "io.missiondesk/idempotency-key"
LARGEST = 2_000_000  # bytes of one body on the wire
_PAGES = 50

AnswerKind = Literal[
    "ok",
    "missing",  # the customer has no such record
    "refused",  # the tool said no for another reason
    "gone",  # not reached: nothing was sent
    "changed",  # the tool is not what was reviewed: nothing was sent
    "unknown",  # sent, and no usable answer: it may have happened
]


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` is the result's JSON for `ok`, a sentence for the rest; `why` is for the trace."""

    kind: AnswerKind
    value: Any
    why: str | None = None


class Channel:
    """The way to one server: an HTTP pool, or a command."""

    def __init__(
        self,
        *,
        url: str | None = None,
        command: list[str] | None = None,
        env: dict[str, str] | None = None,
        patience: float = 10,
    ) -> None:
        self.patience = patience
        self._url = url
        self._command = command
        self._env = env
        self._pool: httpx2.AsyncClient | None = None

    async def definitions(self) -> tuple[str, dict[str, Definition]]:
        """The server's own name and its tools. Raises `ConnectionError` with a sentence when it cannot be asked."""
        found: tuple[str, dict[str, Definition]] | None = None
        why = "it did not answer"
        try:
            async with asyncio.timeout(self.patience), self._session() as client:
                found = _name(client), await _listed(client)
        except* Exception as errors:  # noqa: BLE001  whatever a server makes the SDK raise is its not answering
            why = _reason(errors)
        if found is None:
            raise ConnectionError(why)
        return found

    async def call(
        self, connection: str, tool: str, arguments: dict[str, Any], *, pin: str, key: str | None = None
    ) -> Answer:
        """Call one tool once, if its definition is still the pinned one. Never raises: every end is an `Answer`."""
        answer = Answer("gone", "The system cannot be reached.")
        try:
            async with asyncio.timeout(self.patience + 5), self._session() as client:
                live = (await _listed(client)).get(tool)
                if live is None or live.pin(connection, _name(client)) != pin:
                    answer = Answer("changed", f"{tool} is not the tool that was reviewed.")
                else:
                    answer = Answer("unknown", "The system gave no usable answer.")  # from here on it may have acted
                    answer = await self._ask(client, tool, arguments, key)
        except* Exception as errors:  # noqa: BLE001  an end nobody foresaw is an answer too: gone, or unknown
            if answer.kind not in ("ok", "refused", "changed"):
                answer = Answer(answer.kind, answer.value, _reason(errors))
        return answer

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.aclose()
            self._pool = None

    async def _ask(self, client: Client, tool: str, arguments: dict[str, Any], key: str | None) -> Answer:
        meta = RequestParamsMeta(**{KEY: key}) if key else None
        result = await client.session.call_tool(
            tool, arguments, read_timeout_seconds=self.patience, meta=meta, allow_input_required=True
        )
        if not isinstance(result, CallToolResult):
            return Answer("unknown", "The system asked for more input, which we never give.")
        if result.is_error:
            return Answer("refused", " ".join(getattr(part, "text", "") for part in result.content).strip())
        if result.structured_content is None:
            return Answer("ok", {"text": [getattr(part, "text", part.type) for part in result.content]})
        return Answer("ok", result.structured_content)

    @asynccontextmanager
    async def _session(self) -> AsyncGenerator[Client]:
        if self._url is not None:
            if self._pool is None:
                self._pool = httpx2.AsyncClient(transport=_Capped(), timeout=httpx2.Timeout(self.patience))
            transport = streamable_http_client(self._url, http_client=self._pool)
        else:
            command, *args = self._command or []
            transport = stdio_client(StdioServerParameters(command=command, args=args, env=self._env))
        async with Client(transport, cache=None) as client:
            yield client


def _name(client: Client) -> str:
    return client.server_info.name if client.server_info else ""


async def _listed(client: Client) -> dict[str, Definition]:
    found: dict[str, Definition] = {}
    cursor = None
    for _ in range(_PAGES):
        page = await client.list_tools(cursor=cursor, cache_mode="refresh")
        for tool in page.tools:
            found[tool.name] = Definition(tool.model_dump(mode="json", by_alias=True, exclude_none=True))
        cursor = page.next_cursor
        if cursor is None:
            break
    return found


def _reason(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = cast("BaseExceptionGroup[BaseException]", error).exceptions[0]
    return f"{type(error).__name__}: {error}"[:300]


class _Capped(httpx2.AsyncHTTPTransport):
    """Bodies are counted on the wire, at most `LARGEST`; compressed ones are refused: the count would mean nothing."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["accept-encoding"] = "identity"
        response = await super().handle_async_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            await response.aclose()
            raise httpx2.ReadError("compressed answers are refused")
        stream = response.stream
        assert isinstance(stream, httpx2.AsyncByteStream)
        response.stream = _Cap(stream)
        return response


class _Cap(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        count = 0
        async for part in self._inner:
            count += len(part)
            if count > LARGEST:
                raise httpx2.ReadError(f"the answer is larger than {LARGEST:,} bytes")
            yield part

    async def aclose(self) -> None:
        await self._inner.aclose()
