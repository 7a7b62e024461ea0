"""The contract of both kinds of worker."""

from typing import Protocol

from missiondesk.kit.errors import Trouble
from missiondesk.workers.moves import Move
from missiondesk.workers.workbench import Workbench


class WorkerFailed(Trouble):
    """The worker could not go on; a person takes over."""


class Worker(Protocol):
    """The model worker, the procedure worker."""

    @property
    def name(self) -> str:
        """How the trace and the card name it, such as `procedure duplicate-charge@2` or `openai:gpt-5`."""
        ...

    async def next_move(self, desk: Workbench) -> Move:
        """Read, consult and think at the workbench until the mission must wait or end.

        Raises `WorkerFailed` when no sensible move came out, `SystemAway` when a system it needs gives
        nothing, and `ConnectionPaused` while one is away: then the turn is run again later.
        """
        ...
