"""Named places where a process can be told to die, so that a test can kill it exactly there."""

import os
import signal

_ARMED = os.environ.get("MISSIONDESK_CRASH_AT", "")
_STOP = "stop:"


def crashpoint(name: str) -> None:
    """Die by SIGKILL if `MISSIONDESK_CRASH_AT` names this place; stand still at `stop:NAME`; otherwise nothing."""
    if _ARMED and name == _ARMED:
        os.kill(os.getpid(), signal.SIGKILL)
    if _ARMED and _STOP + name == _ARMED:
        os.kill(os.getpid(), signal.SIGSTOP)
