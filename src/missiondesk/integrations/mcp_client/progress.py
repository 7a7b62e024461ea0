"""How far a call is, told at most four times a second; the last word always."""

import asyncio
import logging
from collections.abc import Callable

from missiondesk.integrations.mcp_client.answers import Progress
from missiondesk.integrations.mcp_client.reasons import quoted

log = logging.getLogger(__name__)
_BETWEEN = 0.25  # seconds
_LONGEST_MESSAGE = 200  # characters


class Throttled:
    """Takes what the SDK hands over, and tells `tell`."""

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._tell = tell
        self._waiting: Progress | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def __call__(self, progress: float, total: float | None, message: str | None) -> None:
        self._waiting = Progress(progress, total, quoted(message, _LONGEST_MESSAGE) if message else None)
        if self._timer is None:
            self._tell_now()

    def end(self) -> None:
        """The call is over: what still waits is told."""
        if self._timer is not None:
            self._timer.cancel()
        if self._waiting is not None:
            self._say(self._waiting)
            self._waiting = None

    def _tell_now(self) -> None:
        self._timer = None
        if self._waiting is not None:
            told, self._waiting = self._waiting, None
            self._timer = asyncio.get_running_loop().call_later(_BETWEEN, self._tell_now)
            self._say(told)

    def _say(self, progress: Progress) -> None:
        try:
            self._tell(progress)
        except Exception:  # a listener in trouble must not cost the answer
            log.warning("the progress of a call could not be told", exc_info=True)
