"""Is the trace of a mission as it was written?"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from missiondesk.ids import MissionId
from missiondesk.kit.database import Transaction
from missiondesk.trace.observations import Observation, heads, observed
from missiondesk.trace.seal import FIRST, seal


@dataclass(frozen=True, slots=True)
class Verified:
    """`to` is the last observation found whole; `broken` says in a sentence what is wrong, or is `None`."""

    to: int
    broken: str | None


async def verify(tx: Transaction, mission_id: MissionId) -> Verified:
    """Compute the chain of a mission anew and compare. Names the first observation that is not as it was written."""
    head = (await tx.execute(select(heads.c.n, heads.c.hash).where(heads.c.mission_id == mission_id))).first()
    if head is None:
        return Verified(0, "there is no trace of this mission")
    found = await observed(tx, mission_id)
    whole = _first_break(mission_id, found)
    if whole.broken is None and (whole.to, found[-1].hash if found else FIRST) != (head.n, head.hash):
        return Verified(whole.to, f"the trace should end with #{head.n}, but ends with #{whole.to}")
    return whole


def _first_break(mission_id: MissionId, found: Sequence[Observation]) -> Verified:
    previous = FIRST
    for place, one in enumerate(found, start=1):
        if one.n != place:
            return Verified(place - 1, f"observation #{place} is missing")
        if one.previous != previous or one.hash != seal(previous, mission_id, one.n, one.kind, one.at, one.payload):
            return Verified(place - 1, f"observation #{place} ({one.kind}) is not as it was written")
        previous = one.hash
    return Verified(len(found), None)
