"""The wrapped server, whichever it is: its tools, and one call of one of them. What it says is passed on as it is."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mcp.client.client import Client
from mcp.shared.dispatcher import ProgressFnT
from mcp.shared.exceptions import MCPError
from mcp.types import (
    CONNECTION_CLOSED,
    REQUEST_TIMEOUT,
    CallToolRequest,
    CallToolRequestParams,
    Implementation,
    ListToolsRequest,
    PaginatedRequestParams,
)
from pydantic import RootModel

from missiondesk.kit.errors import Trouble
from missiondesk.kit.text import shortened, visible
from missiondesk.proving.chaos.faults import Json
from missiondesk.proving.chaos.ways import Way, leaves

_PATIENCE = 300.0  # seconds for one call; whoever calls us has less
_REACHING = 60.0  # seconds for the first answer: some commands install themselves first
_MOST_PAGES = 50


class _Anything(RootModel[dict[str, Any]]):
    """A result as it was sent."""


class WrappedAway(Trouble):
    """The wrapped server cannot be reached: nothing was sent."""


class NoAnswer(Trouble):
    """The wrapped server was asked, and gave no answer."""

    nothing_sent = False


@dataclass(frozen=True, slots=True)
class About:
    """What the wrapped server says of itself."""

    server: Implementation
    tools: list[Json]


class Wrapped:
    """The server at the end of a way."""

    def __init__(self, way: Way) -> None:
        self._way = way

    async def about(self) -> About:
        """Raises `WrappedAway` with a sentence."""
        try:
            async with asyncio.timeout(_REACHING), self._way.session({}) as client:
                tools: list[Json] = []
                cursor: str | None = None
                for _ in range(_MOST_PAGES):
                    page = await _page(client, cursor)
                    tools += page["tools"]
                    if (cursor := page.get("nextCursor")) is None:
                        break
                return About(client.server_info or Implementation(name="", version=""), tools)
        except Exception as error:
            raise self._away(error) from error

    async def page(self, cursor: str | None, headers: Mapping[str, str]) -> Json:
        """One page of its tools. Raises `WrappedAway`."""
        try:
            async with self._way.session(headers) as client:
                return await _page(client, cursor)
        except Exception as error:
            raise self._away(error) from error

    async def call(self, asked: Json, headers: Mapping[str, str], told: ProgressFnT, *, listed: bool) -> Json:
        """The result of one call. `listed`: only who has listed the tools can send it rightly.

        Raises `WrappedAway` if nothing was sent, `NoAnswer`, and the `MCPError` that it answered with.
        """
        request = CallToolRequest(params=CallToolRequestParams.model_validate(asked, by_name=False))
        sent, result = False, None
        try:
            async with self._way.session(headers) as client:
                if listed:
                    await client.session.list_tools()
                sent = True
                said = await client.session.send_request(request, _Anything, _PATIENCE, progress_callback=told)
                result = said.root
        except Exception as error:
            if result is None:
                raise _no_result(error) if sent else self._away(error) from error
        assert result is not None
        return result

    async def close(self) -> None:
        await self._way.close()

    def _away(self, error: Exception) -> WrappedAway:
        return WrappedAway(f"The wrapped server {self._way.where} cannot be reached. {_sentence(error)}")


async def _page(client: Client, cursor: str | None) -> Json:
    params = PaginatedRequestParams(cursor=cursor) if cursor else None
    return (await client.session.send_request(ListToolsRequest(params=params), _Anything)).root


def _no_result(error: Exception) -> Exception:
    for leaf in leaves(error):
        if isinstance(leaf, MCPError) and leaf.code not in (CONNECTION_CLOSED, REQUEST_TIMEOUT):
            return leaf
    return NoAnswer(f"The wrapped server gave no answer. {_sentence(error)}")


def _sentence(error: Exception) -> str:
    match leaves(error)[0]:
        case FileNotFoundError(filename=name):
            return f"There is no command {visible(str(name))}."
        case TimeoutError():
            return "It gave no answer in time."
        case MCPError(error=said):
            return f"It said: {shortened(visible(said.message), 200)}"
        case other:
            return f"{type(other).__name__}: {shortened(visible(str(other)), 200)}"
