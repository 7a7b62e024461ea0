"""The way to one server, and one call on it: list, compare with the pin, call once. Each end is an `Answer`."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import httpx2
from mcp.types import RequestParamsMeta

from missiondesk.integrations.mcp_client.answers import KEY, Answer, Listing, Progress
from missiondesk.integrations.mcp_client.call import Call, asked, difference
from missiondesk.integrations.mcp_client.http import OverHttp
from missiondesk.integrations.mcp_client.listing import Listings
from missiondesk.integrations.mcp_client.progress import Throttled
from missiondesk.integrations.mcp_client.reasons import TRAIL, Trail, reason
from missiondesk.integrations.mcp_client.results import Results
from missiondesk.integrations.mcp_client.stdio import IDLE, OverStdio
from missiondesk.integrations.mcp_client.ways import Way

_LATE = "It took too long until it could be sent, so it was not."
GRACE = 5.0  # seconds beyond its patience, after which a call is over whatever the server does
Result = TypeVar("Result")


class Channel:
    """The way to one server: an address or a command, and how long it may take to answer, in seconds.

    Belongs to the event loop in which it is first used; close it there.
    """

    def __init__(
        self,
        *,
        url: str | None = None,
        headers: Mapping[str, str] | None = None,
        auth: httpx2.Auth | None = None,
        allow_private: Collection[str] = (),
        command: Sequence[str] | None = None,
        env: Mapping[str, str] | None = None,
        patience: float = 10,
        idle: float = IDLE,
    ) -> None:
        self.patience = patience
        self._way: Way
        if url is not None:
            self._way = OverHttp(
                url,
                headers=headers,
                auth=auth,
                allow_private=allow_private,
                patience=patience,
            )
        elif command:
            self._way = OverStdio(command, env=env, patience=patience, idle=idle)
        else:
            raise ValueError("a channel needs an address or a command")
        self._listings = Listings(self._way, patience=patience)
        self._results = Results()
        self._unfinished: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def definitions(self) -> Listing:
        """What the server offers now. Raises `ConnectionError` with a sentence when it cannot be asked."""
        found = await self._within_patience(self._listings.fresh())
        if found is None:
            raise ConnectionError(self._too_late())
        return found.told()

    async def call(
        self,
        connection: str,
        tool: str,
        arguments: dict[str, Any],
        *,
        pin: str,
        key: str | None = None,
        traceparent: str | None = None,
        progress: Callable[[Progress], None] | None = None,
        begin_by: float | None = None,
    ) -> Answer:
        """Call one tool once, if its definition is still the pinned one. Never raises: every end is an `Answer`.

        `key` and `traceparent` travel in `_meta`, the latter as an HTTP header too. After the `instant` `begin_by`
        nothing of the call leaves, however long this process stood still: it is `gone`.
        """
        meta = {name: value for name, value in ((KEY, key), ("traceparent", traceparent)) if value is not None}
        call = Call(
            connection,
            tool,
            arguments,
            pin,
            RequestParamsMeta(**meta),
            Trail(traceparent, begin_by=begin_by),
            Throttled(progress) if progress else None,
            Answer("gone", "The system cannot be reached."),
        )
        try:
            answer = await self._within_patience(self._carried_out(call))
        finally:
            if call.progress:
                call.progress.end()
        return answer or replace(call.end, why=self._too_late())

    async def close(self) -> None:
        """End what is under way, and the process if there is one."""
        self._closed = True
        unfinished = set(self._unfinished)
        for task in unfinished:
            task.cancel()
        await self._listings.close()
        await self._way.close()
        if unfinished:
            await asyncio.wait(unfinished, timeout=1)

    async def _carried_out(self, call: Call) -> Answer:
        TRAIL.set(call.trail)
        try:
            found = await self._listings.fresh()
            if (changed := difference(call, found)) is not None:
                return changed
            async with self._way.session() as held:
                answer = await asked(held, call, found, self._results, patience=self.patience)
        except Exception as error:  # noqa: BLE001  an end nobody foresaw is an answer too: gone, or unknown
            answer = replace(call.end, why=reason(error, call.trail), heard=call.trail.heard)
        return Answer("gone", _LATE) if call.trail.held_back and not call.trail.sent else answer

    async def _within_patience(self, work: Coroutine[Any, Any, Result]) -> Result | None:
        """`None` when it takes longer than it may, or we are closed. It is told to end, and nobody waits for that."""
        task = asyncio.create_task(work)
        self._unfinished.add(task)
        task.add_done_callback(self._unfinished.discard)
        try:
            await asyncio.wait({task}, timeout=self.patience + GRACE)
            return task.result() if task.done() and not task.cancelled() else None
        finally:
            task.cancel()

    def _too_late(self) -> str:
        return (
            "The connection was closed." if self._closed else f"It gave no answer in {self.patience + GRACE:g} seconds."
        )
