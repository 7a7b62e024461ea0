"""What a turn does beside each read: it tells how far the read is, and that a system answers again."""

import asyncio
import logging

from missiondesk.integrations import Known
from missiondesk.integrations import Progress as Told
from missiondesk.kit.database import AWAY
from missiondesk.missions.durable import Turn
from missiondesk.missions.waiting import Waiting, went_on
from missiondesk.trace import Observation, Progress, tell_progress

log = logging.getLogger(__name__)


class TurnOnlooker:
    """Of one turn. `waiting` is what the mission waited for when the turn began."""

    def __init__(self, turn: Turn, waiting: Waiting | None) -> None:
        self._turn = turn
        self._waiting = waiting
        self._running: dict[str, Progress] = {}  # the newest that a read has told, by tool
        self._untold: dict[str, Progress] = {}
        self._telling: asyncio.Task[None] | None = None

    async def seen(self, one: Observation) -> None:
        if self._waiting is not None:
            await went_on(self._turn, self._waiting, one)

    def heard(self, known: Known, told: Told) -> None:
        """A running read says how far it is. Only the newest word counts, and a word may be lost."""
        about = (self._turn.mission_id, known.key, known.tool.title, known.connection.title)
        self._running[known.key] = Progress(*about, told.done, told.total, told.message)
        self._tell(self._running[known.key])

    def over(self, tool: str) -> None:
        if (last := self._running.pop(tool, None)) is not None:
            self._tell(Progress(last.mission_id, tool, last.title, last.source, over=True))

    def _tell(self, one: Progress) -> None:
        self._untold[one.tool] = one
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell_all())

    async def _tell_all(self) -> None:
        while self._untold:
            untold, self._untold = self._untold, {}
            try:
                async with self._turn.database.transaction() as tx:
                    for one in untold.values():
                        await tell_progress(tx, one)
            except AWAY as error:
                log.info("progress could not be told: %s", error)
