"""Sessions that a call left in order, for the next one: to open one costs time, with an older server a handshake."""

import asyncio

from missiondesk.integrations.mcp_client.held import Held

_MOST = 16
_FOR = 60.0  # seconds
_A_MOMENT = 0.3  # seconds that a call waits for a session that is lent, before it opens another


class Kept:
    """Lends each session to one call at a time. Whoever is handed one owns it, until it is kept again."""

    def __init__(self) -> None:
        self._idle: list[tuple[float, Held]] = []  # since when, oldest first
        self._waiting: list[asyncio.Future[Held]] = []
        self._timer: asyncio.TimerHandle | None = None

    async def one(self, *, lent: int) -> Held | None:
        """One that is free now, or in a moment if some are `lent`."""
        while self._idle:
            held = self._idle.pop()[1]
            if not held.over:
                return held
        return await self._soon() if lent else None

    def keep(self, held: Held) -> None:
        held.reused = True
        if self._waiting:
            self._waiting.pop(0).set_result(held)
        elif len(self._idle) < _MOST:
            self._idle.append((asyncio.get_running_loop().time(), held))
            self._watch()
        else:
            held.leave()

    def clear(self) -> None:
        """Leave those that nobody uses."""
        for _, held in self._idle:
            held.leave()
        self._idle.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _soon(self) -> Held | None:
        free: asyncio.Future[Held] = asyncio.get_running_loop().create_future()
        self._waiting.append(free)
        try:
            await asyncio.wait({free}, timeout=_A_MOMENT)
        except asyncio.CancelledError:
            if free.done():
                self.keep(free.result())
            raise
        finally:
            if not free.done():
                self._waiting.remove(free)
        return free.result() if free.done() else None

    def _watch(self) -> None:
        if self._timer is None and self._idle:
            self._timer = asyncio.get_running_loop().call_at(self._idle[0][0] + _FOR, self._leave_old)

    def _leave_old(self) -> None:
        self._timer = None
        while self._idle and self._idle[0][0] + _FOR <= asyncio.get_running_loop().time():
            self._idle.pop(0)[1].leave()
        self._watch()
