"""An MCP server made of plain functions: named, described, and with each refusal in words and on record."""

import inspect
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp_types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import BaseModel, ValidationError

from missiondesk_demo.systems.book import Book, Refused, Unavailable, record_refusal

READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def writes(*, destructive: bool, idempotent: bool) -> ToolAnnotations:
    """`destructive`: it undoes or replaces something. `idempotent`: a repetition, even without a key, adds nothing."""
    return ToolAnnotations(
        read_only_hint=False, destructive_hint=destructive, idempotent_hint=idempotent, open_world_hint=False
    )


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that is offered: its docstring and its types describe it, its first parameter is the call."""

    function: Callable[..., BaseModel]
    title: str
    hints: ToolAnnotations


class SystemServer(MCPServer[Book]):
    """The tools of one system over its book."""

    def __init__(self, name: str, title: str, book: Book, tools: Sequence[Tool]) -> None:
        @asynccontextmanager
        async def with_book(_: MCPServer[Book]) -> AsyncGenerator[Book]:
            yield book

        super().__init__(name, title=title, version="1.0.0", log_level="WARNING", lifespan=with_book)
        self._parameters = {tool.function.__name__: _parameters(tool.function) for tool in tools}
        for tool in tools:
            self.add_tool(tool.function, title=tool.title, annotations=tool.hints, structured_output=True)

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Book, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        try:
            self._check_names(name, arguments)
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            refusal = _in_plain_words(error)
            if context is not None and not isinstance(refusal, Unavailable):
                await run_sync(record_refusal, context, str(refusal))
            raise refusal from error.__cause__

    def _check_names(self, name: str, arguments: dict[str, Any]) -> None:
        known = self._parameters.get(name)
        if known is None:
            raise Refused("unknown_tool", "no such tool")
        if not arguments.keys() <= known:  # the SDK drops what it does not know: a misspelt key would pass unseen
            raise Refused("bad_input", f"unknown argument; this tool takes {', '.join(sorted(known))}")


def _parameters(function: Callable[..., BaseModel]) -> frozenset[str]:
    _the_call, *rest = inspect.signature(function).parameters
    return frozenset(rest)


def _in_plain_words(error: ToolError) -> ToolError:
    """`code: sentence` without the SDK's prefix; a crash keeps its type, so that the SDK logs it."""
    match error, error.__cause__:
        case UnexpectedToolError(), _:
            return UnexpectedToolError("internal_error: the system failed; nothing was changed")
        case _, Refused() as refused:
            return refused
        case _, ValidationError() as invalid:
            return Refused("bad_input", "; ".join(_complaint(one["loc"], one["msg"]) for one in invalid.errors()))
        case _:
            return error


def _complaint(where: tuple[int | str, ...], what: str) -> str:
    return f"{'.'.join(map(str, where))}: {what.removeprefix('Value error, ')}"
