"""A system that a mission needs is away: the mission waits as a row, and its turn is run again until it answers.

The turn keeps its number, so what it has read and thought is not done again, and nothing tells twice of one outage.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from missiondesk.integrations import ConnectionPaused
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.json_values import UNREADABLE
from missiondesk.missions.durable import Turn
from missiondesk.missions.store import Mission, mission, set_mission
from missiondesk.trace import Observation, observe, observed_at_step

LONGEST = timedelta(minutes=30)  # of waiting; then a person takes the case over
_A_LITTLE = timedelta(milliseconds=100)  # later than the connection may be asked again


@dataclass(frozen=True, slots=True)
class Waiting:
    """`source` is the system's title, `since` when it was found to be away; `n` is the observation that tells it."""

    connection_id: str
    source: str
    why: str
    since: datetime
    n: int


async def wait_for(turn: Turn, paused: ConnectionPaused) -> bool:
    """End the turn until the connection may be asked again. False: this mission has waited for too long already."""
    crashpoint("missions.waiting.before")
    async with turn.tx() as tx:
        at = await now(tx)
        began = (await mission(tx, turn.mission_id)).waits_since or at
        if at - began > LONGEST:
            return False
        step = _step(paused.connection_id, began)
        if await observed_at_step(tx, turn.mission_id, step) is None:
            told = {"connection": paused.connection_id, "source": paused.title, "why": paused.why}
            since = paused.since.astimezone(UTC).isoformat()
            await observe(tx, turn.mission_id, "waiting", step=step, state="away", **told, since=since)
        wake_in = timedelta(seconds=paused.retry_in) + _A_LITTLE
        await turn.end(tx, "connection", wake_in=wake_in, waits_on=paused.connection_id, since=began)
    crashpoint("missions.waiting.after_commit")
    return True


async def waiting_of(tx: Transaction, this: Mission) -> Waiting | None:
    """What a mission waits for; also while it tries again, until the system has answered."""
    if this.waits_on is None or this.waits_since is None:
        return None
    found = await observed_at_step(tx, this.id, _step(this.waits_on, this.waits_since))
    if found is None:
        return None
    try:
        told = found.told
        return Waiting(this.waits_on, told["source"], told["why"], datetime.fromisoformat(told["since"]), found.n)
    except UNREADABLE:  # the pages show it all the same
        return Waiting(this.waits_on, this.waits_on, "", this.waits_since, found.n)


async def went_on(turn: Turn, waiting: Waiting, seen: Observation) -> None:
    """Tell that the system answers again, once, if `seen` is the first thing that was read of it since."""
    connection_id = str(seen.told["tool"]).partition(".")[0]
    if seen.kind != "seen" or seen.n < waiting.n or connection_id != waiting.connection_id:
        return
    crashpoint("missions.went_on.before")
    async with turn.tx() as tx:
        this = await mission(tx, turn.mission_id)
        if this.waits_on != waiting.connection_id or this.waits_since is None:
            return  # told already: by a read beside this one
        told = {"connection": waiting.connection_id, "source": waiting.source}
        seconds = round((await now(tx) - this.waits_since).total_seconds())
        step = f"{_step(waiting.connection_id, this.waits_since)}:over"
        await observe(tx, turn.mission_id, "waiting", step=step, state="over", **told, seconds=seconds)
        await set_mission(tx, turn.mission_id, waits_on=None, waits_since=None)
    crashpoint("missions.went_on.after_commit")


def _step(connection_id: str, began: datetime) -> str:
    """One outage, as this mission meets it."""
    return f"waiting:{connection_id}:{began.astimezone(UTC).isoformat()}"
