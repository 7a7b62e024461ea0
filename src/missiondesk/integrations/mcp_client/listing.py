"""What a server offers now, asked before each call. Calls that wait at the same time share one listing."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from mcp.shared.exceptions import MCPError
from mcp.types import (
    SERVER_INFO_META_KEY,
    DiscoverResult,
    ListToolsResult,
    PaginatedRequestParams,
    Tool,
)

from missiondesk.integrations.definitions import Definition
from missiondesk.integrations.mcp_client.answers import Listing
from missiondesk.integrations.mcp_client.reasons import TRAIL, Trail, broke, late, reason
from missiondesk.integrations.mcp_client.session import Session
from missiondesk.integrations.mcp_client.ways import Way
from missiondesk.kit.json_values import is_object
from missiondesk.kit.text import visible

MOST_PAGES = 50
MOST_TOOLS = 2_000
_TOGETHER = 0.1  # seconds: for a slower listing than this nobody waits to begin the next one
_BEYOND = ("resources", "prompts", "logging", "completions", "tasks", "extensions", "experimental")


class _Stale(ConnectionError):
    """A session that an earlier call had left in order is not in order any more."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The tools of one listing, in the SDK's words."""

    server: str
    protocol: str
    tools: dict[str, Tool]
    twice: tuple[str, ...]
    beyond: tuple[str, ...]
    alone: bool  # one page that says all of this, also whose it is
    _pins: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str], compare=False)

    def pin(self, connection: str, tool: str) -> str | None:
        """Of a tool as it is listed; `None` for one that is not there, or there twice."""
        if (connection, tool) not in self._pins:
            if (live := self.definition(tool)) is None:
                return None
            self._pins[connection, tool] = live.pin(connection, self.server)
        return self._pins[connection, tool]

    def definition(self, tool: str) -> Definition | None:
        """`None` for a tool that is not there, or there twice."""
        return _definition(self.tools[tool]) if tool in self.tools else None

    def told(self) -> Listing:
        definitions = {name: _definition(tool) for name, tool in self.tools.items()}
        return Listing(self.server, self.protocol, definitions, self.beyond, self.twice)


async def listed(session: Session) -> Listed:
    """All pages. Raises `ConnectionError` for more than anyone could review, and what the SDK raises."""
    found: list[Tool] = []
    cursor: str | None = None
    stamp: str | None = None
    for _ in range(MOST_PAGES):
        page = await session.list_tools(params=PaginatedRequestParams(cursor=cursor) if cursor else None)
        stamp = _stamp(page) or stamp
        found += page.tools
        if len(found) > MOST_TOOLS:
            raise ConnectionError(f"It lists more than {MOST_TOOLS:,} tools, which nobody can review.")
        if (cursor := page.next_cursor) is None:
            break
    else:
        raise ConnectionError(f"Its list of tools has more than {MOST_PAGES} pages.")
    counts = Counter(tool.name for tool in found)
    return Listed(
        server=stamp if stamp is not None else await _name(session),
        protocol=session.protocol_version or "",
        tools={tool.name: tool for tool in found if counts[tool.name] == 1},
        twice=tuple(sorted(name for name, count in counts.items() if count > 1)),
        beyond=_beyond(session),
        alone=cursor is None and len(found) == len(page.tools) and stamp is not None,
    )


class Listings:
    """Hands out listings, none of which began before it was asked for. One may take `patience` seconds."""

    def __init__(self, way: Way, *, patience: float) -> None:
        self._way = way
        self._patience = patience
        self._latest: asyncio.Future[Any] | None = None
        self._next: asyncio.Task[Listed] | None = None
        self._last: Listed | None = None
        self._unfinished: set[asyncio.Task[Listed]] = set()

    async def fresh(self) -> Listed:
        """One that begins now or later. Raises `ConnectionError` with a sentence."""
        if self._next is None and (self._latest is None or self._latest.done()):
            return await self._alone()
        if self._next is None:
            self._next = asyncio.create_task(self._begin(after=self._latest))
            self._unfinished.add(self._next)
            self._next.add_done_callback(self._heard)
        return await asyncio.shield(self._next)

    async def _alone(self) -> Listed:
        """Nobody else is asking: no task is needed for it. Who comes meanwhile waits a moment for its end."""
        over = self._latest = asyncio.get_running_loop().create_future()
        outer = TRAIL.get()
        try:
            return await self._asked()
        finally:
            TRAIL.set(outer)
            over.set_result(None)

    async def _begin(self, *, after: asyncio.Future[Any] | None) -> Listed:
        if after is not None and not after.done():
            await asyncio.wait({after}, timeout=_TOGETHER)
        self._latest, self._next = self._next, None  # who comes from here on needs another one
        return await self._asked()

    async def _asked(self) -> Listed:
        """A server may have been replaced by one that speaks differently, or forgotten our session: then once more."""
        trail = Trail()
        TRAIL.set(trail)
        try:
            try:
                return await self._asked_once(trail)
            except (MCPError, _Stale) as error:
                if not _may_go_better(error, trail) or not self._way.forget():
                    raise
                self._last = None
                return await self._asked_once(trail)
        except Exception as error:  # whatever a server makes the SDK raise is its not answering
            raise ConnectionError(reason(error, trail)) from error

    async def _asked_once(self, trail: Trail) -> Listed:
        async with asyncio.timeout(self._patience):
            same = await self._way.lists_the_same() if self._last is not None else None
        if same and self._last is not None:
            return self._last
        async with self._way.session() as held:
            try:
                async with asyncio.timeout(self._patience):
                    found = await listed(await held.ready())
            except MCPError as error:
                if broke(error) and held.reused:
                    raise _Stale from error
                if broke(error) and (why := await held.ending()):
                    raise ConnectionError(why) from error
                raise
        if found != self._last:
            self._way.remember(trail.listings[-1] if trail.listings and found.alone else None)
        elif same is False:
            self._way.remember(None)  # it says the same in other words each time
        self._last = found
        return found

    async def close(self) -> None:
        if left := set(self._unfinished):
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=1)

    def _heard(self, task: asyncio.Task[Listed]) -> None:
        """Its failure is no surprise, also when everyone who waited has gone."""
        self._unfinished.discard(task)
        if not task.cancelled():
            task.exception()


def _may_go_better(error: MCPError | _Stale, trail: Trail) -> bool:
    if isinstance(error, _Stale):
        return True
    if broke(error) or late(error):
        return False
    return trail.status is None or (trail.status < 500 and trail.status not in (401, 403, 429))


def _definition(tool: Tool) -> Definition:
    return Definition(tool.model_dump(mode="json", by_alias=True, exclude_none=True))


def _stamp(page: ListToolsResult) -> str | None:
    """The server's name, which the current revision writes on each result."""
    return _named((page.meta or {}).get(SERVER_INFO_META_KEY))


def _named(about: object) -> str | None:
    name = about.get("name") if is_object(about) else None
    return visible(name) if isinstance(name, str) else None


async def _name(session: Session) -> str:
    """As it said when we met; a server of the current revision that named itself then is asked again now."""
    about, met = session.server_info, session.discover_result
    if about is not None and met is not None:
        again = DiscoverResult.model_validate(await session.send_discover(session.protocol_version or ""))
        return _named((again.meta or {}).get(SERVER_INFO_META_KEY)) or ""
    return visible(about.name) if about else ""


def _beyond(session: Session) -> tuple[str, ...]:
    offered = session.server_capabilities
    return tuple(name for name in _BEYOND if getattr(offered, name, None) is not None)
