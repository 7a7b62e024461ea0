"""A session in a task of its own. Who uses it from another task is told when it breaks, and never cancelled by it."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, cast

from missiondesk.integrations.mcp_client.reasons import TRAIL, reason
from missiondesk.integrations.mcp_client.session import US, Metered, Session, unheard

Streams = AbstractAsyncContextManager[tuple[Any, Any]]  # what the SDK calls a transport
_GOODBYE = 5.0  # seconds for leaving


class Held:
    """Opens at once, within `opening` seconds; `begin` says hello. A request may take `answering` seconds.

    `why` it ended, if it did so unasked. `reused`: an earlier call left it in order.
    """

    def __init__(
        self,
        streams: Streams,
        begin: Callable[[Session], Awaitable[None]],
        *,
        opening: float,
        answering: float | None = None,
    ) -> None:
        self.why: str | None = None
        self.session: Session | None = None
        self.reused = False
        self._streams = streams
        self._begin = begin
        self._opening = opening
        self._answering = answering
        self._told = asyncio.Event()  # that it is ready, or never will be
        self._leave = asyncio.Event()
        self.task = asyncio.create_task(self._hold())

    @property
    def over(self) -> bool:
        """Whether nothing can be asked any more."""
        return self.task.done() or self.why is not None or self._leave.is_set()

    async def ready(self) -> Session:
        """The open session. Raises `ConnectionError` saying why there is none."""
        await self._told.wait()
        if self.session is None or self.over:
            raise ConnectionError(await self.ending() or "The connection was closed.")
        return self.session

    async def ending(self) -> str | None:
        """Why it broke, when it did: a caller hears of the end a moment before the reason is known."""
        await asyncio.wait({self.task}, timeout=1)
        return self.why

    def leave(self) -> None:
        self._leave.set()

    async def _hold(self) -> None:
        try:
            async with asyncio.timeout(self._opening) as limit, self._session() as session:
                await self._begin(session)
                limit.reschedule(None)
                self.session = session
                self._told.set()
                await self._leave.wait()
                limit.reschedule(asyncio.get_running_loop().time() + _GOODBYE)
        except* Exception as errors:  # noqa: BLE001  whatever a server makes the SDK raise ends this session, no more
            self.why = reason(errors, TRAIL.get())
        finally:
            self._told.set()

    @contextlib.asynccontextmanager
    async def _session(self) -> AsyncGenerator[Session]:
        async with (
            self._streams as (incoming, outgoing),
            Session(
                cast("Any", Metered(incoming)),
                outgoing,
                read_timeout_seconds=self._answering,
                message_handler=cast("Any", unheard),
                client_info=US,
            ) as session,
        ):
            yield session
