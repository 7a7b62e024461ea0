"""A breaker: a system that fails again and again is left alone for a while, then asked once, then by everybody again.

It is pure: the caller hands in the time, in seconds of a clock that only goes forward.
"""

import random
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Literal

from missiondesk.kit.errors import Trouble
from missiondesk.kit.text import shortened, visible

UNREACHED = 3  # failures in a row that never reached the system
FAILED, WITHIN = 5, 30.0  # failures in a row of any kind, within so many seconds
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 30.0  # seconds
PROBE = 60.0  # seconds after which a probe that nobody reported on is left to somebody else
SOON = 1.0  # seconds: when to come back while somebody probes
_SPREAD = 0.25  # a pause is longer by up to this share of it, so that not everybody comes back at once

State = Literal["closed", "open", "half-open"]


class ConnectionPaused(Trouble):
    """A connected system does not answer; we try again by ourselves.

    `why` is for people; `since` is aware; `retry_in` is in seconds.
    """

    status = 503

    def __init__(self, connection_id: str, title: str, why: str, since: datetime, retry_in: float) -> None:
        self.why = shortened(visible(why), 300)
        super().__init__(f"{title} does not answer: {self.why}")
        self.connection_id = connection_id
        self.title = title
        self.since = since
        self.retry_in = retry_in


class Breaker:
    """Of one connection in one process.

    Closed: everybody may ask. Open: nobody, until `retry_at`; then it is half-open, and `allows` says yes to exactly
    one. What that one reports closes it, or opens it again for twice as long. `since` is when it last opened or closed;
    a probe that fails changes nothing about that. `retry_at` is when to come back. `jitter` gives numbers from 0 to 1.
    """

    def __init__(self, *, jitter: Callable[[], float] = random.random) -> None:
        self._jitter = jitter
        self._failed: deque[float] = deque(maxlen=FAILED)  # in a row, the newest last
        self._unreached = 0
        self._pause = FIRST_PAUSE
        self._probe_until = 0.0
        self.state: State = "closed"
        self.since = 0.0
        self.retry_at = 0.0
        self.why: str | None = None

    def allows(self, at: float) -> bool:
        """Whether to ask now. Whoever gets a yes reports by `succeeded` or `failed`."""
        if self.state == "closed":
            return True
        if at < (self.retry_at if self.state == "open" else self._probe_until):
            return False
        self.state, self.retry_at, self._probe_until = "half-open", at + SOON, at + PROBE
        return True

    def succeeded(self, at: float) -> bool:
        """It has answered. True if that closed the breaker."""
        self._failed.clear()
        self._unreached = 0
        self._pause = FIRST_PAUSE
        if self.state == "closed":
            return False
        self.state, self.since, self.retry_at, self.why = "closed", at, at, None
        return True

    def failed(self, at: float, *, reached: bool, why: str = "") -> bool:
        """It could not be reached, or gave no usable answer. True if that opened the breaker, which was closed."""
        match self.state:
            case "open":  # one that was asked before: nothing new
                return False
            case "half-open":
                self.why = why
                self._open(at)
                return False
            case "closed":
                self._failed.append(at)
                self._unreached = 0 if reached else self._unreached + 1
                if not self._enough(at):
                    return False
                self.since, self.why = at, why
                self._open(at)
                return True

    def _enough(self, at: float) -> bool:
        return self._unreached >= UNREACHED or (len(self._failed) == FAILED and at - self._failed[0] <= WITHIN)

    def _open(self, at: float) -> None:
        self.state = "open"
        self.retry_at = at + self._pause * (1 + _SPREAD * self._jitter())
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
