"""The MCP server of a described HTTP API, over stdio. To everyone else it is a connection's server like any other."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import anyio
import httpx2
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
)

from missiondesk.integrations.mcp_client import KEY, NotAllowed, Redirected, SafeTransport, TooLarge
from missiondesk.integrations.openapi.addressing import checked_url
from missiondesk.integrations.openapi.answering import No, NoUsableAnswer, Result, answered
from missiondesk.integrations.openapi.asking import Unsendable, request_for
from missiondesk.integrations.openapi.credentials import Secrets
from missiondesk.integrations.openapi.description import Description, Operation
from missiondesk.kit.errors import Misconfigured

LONGEST = 60  # seconds of one call; whoever calls has less patience as a rule
_PAGE = 100  # tools
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Where:
    """What the operator fixed. `key_header`: the header that our idempotency key travels in, besides arguments."""

    url: str
    allow_private: tuple[str, ...] = ()
    key_header: str | None = None


def read_where(environ: Mapping[str, str]) -> Where:
    """From `OPENAPI_URL`, `OPENAPI_ALLOW_PRIVATE` and `OPENAPI_KEY_HEADER`. Raises `Misconfigured`, `NotUsable`."""
    if not (url := environ.get("OPENAPI_URL")):
        raise Misconfigured("OPENAPI_URL is not set: the address of the system belongs into the connection's env.")
    key_header = environ.get("OPENAPI_KEY_HEADER") or None
    if key_header and not _HEADER_NAME.fullmatch(key_header):
        raise Misconfigured(f"OPENAPI_KEY_HEADER must be the name of a header, not {key_header!r}.")
    hosts = environ.get("OPENAPI_ALLOW_PRIVATE", "").split(",")
    allowed = tuple(host.strip() for host in hosts if host.strip())
    return Where(checked_url(url, said_by="OPENAPI_URL"), allowed, key_header)


class System:
    """The HTTP API behind the tools. One call is one request: nothing is sent twice."""

    def __init__(self, description: Description, where: Where, secrets: Secrets, transport: SafeTransport) -> None:
        self.operations = {one.name: one for one in description.operations}
        self._where = where
        self._secrets = secrets
        self._transport = transport

    async def call(self, operation: Operation, arguments: Mapping[str, Any], meta: Mapping[str, Any]) -> Result | No:
        """Raises `NoUsableAnswer`: whether it happened, nobody knows."""
        signature = self._secrets.signature(operation)
        if signature is None:
            raise Unsendable(f"no credential: give {' or '.join(self._secrets.wanted(operation))} a value")
        request = request_for(operation, self._where.url, arguments, signature=signature, extra=self._extra(meta))
        try:
            async with asyncio.timeout(LONGEST):
                response = await self._transport.handle_async_request(request)
                try:
                    body = (await response.aread()).decode("utf-8-sig")
                finally:
                    await response.aclose()
        except (NotAllowed, Redirected, TooLarge) as error:
            raise NoUsableAnswer(str(error)) from error
        except (TimeoutError, httpx2.TimeoutException) as error:
            raise NoUsableAnswer("It gave no answer in time.") from error
        except httpx2.TransportError as error:
            raise NoUsableAnswer(f"The connection failed ({type(error).__name__}).") from error
        except UnicodeDecodeError as error:
            raise NoUsableAnswer("It answered with what is no UTF-8.") from error
        return answered(operation, response.status_code, response.headers, self._secrets.hidden(body))

    def _extra(self, meta: Mapping[str, Any]) -> dict[str, str]:
        extra: dict[str, str] = {}
        key, traceparent = meta.get(KEY), meta.get("traceparent")
        if self._where.key_header and isinstance(key, str):
            extra[self._where.key_header.lower()] = key
        if isinstance(traceparent, str) and _TRACEPARENT.fullmatch(traceparent):
            extra["traceparent"] = traceparent
        return extra


def server_of(description: Description, system: System) -> Server[Any]:
    """An MCP server with a tool for each operation."""
    tools = [Tool.model_validate(one.definition.told) for one in description.operations]

    async def list_tools(_: ServerRequestContext[Any], params: PaginatedRequestParams | None) -> ListToolsResult:
        cursor = params.cursor if params and params.cursor else "0"
        if not cursor.isdecimal():
            raise MCPError(INVALID_PARAMS, "no such page")
        start, end = int(cursor), int(cursor) + _PAGE
        return ListToolsResult(tools=tools[start:end], next_cursor=str(end) if end < len(tools) else None)

    async def call_tool(context: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        operation = system.operations.get(params.name)
        if operation is None:
            raise MCPError(INVALID_PARAMS, "no such tool")
        try:
            match await system.call(operation, params.arguments or {}, dict(context.meta or {})):
                case Result(value):
                    return CallToolResult(content=[], structured_content=value)
                case No(sentence):
                    return _refused(sentence)
        except Unsendable as error:
            return _refused(f"not_sent: {error}")
        except NoUsableAnswer as error:
            raise MCPError(INTERNAL_ERROR, str(error)) from error

    return Server(description.server, title=description.title, on_list_tools=list_tools, on_call_tool=call_tool)


def _refused(sentence: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=sentence)], is_error=True)


def serve(description: Description, where: Where, secrets: Secrets) -> None:
    """Serve until stdin ends."""

    async def go() -> None:
        async with SafeTransport(where.allow_private) as transport:
            server = server_of(description, System(description, where, secrets, transport))
            async with stdio_server() as (incoming, outgoing):
                await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(go)
