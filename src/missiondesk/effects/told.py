"""What the trace tells of an action, before it runs: rows can be changed by hand, the chained trace cannot quietly."""

from collections.abc import Iterable

from missiondesk.decisions import Grant, NotAsApproved, Proposal, decisions_on
from missiondesk.ids import MissionId
from missiondesk.kit.database import Transaction
from missiondesk.trace import Observation, observed, verify

NOTHING_SENT = (None, "intent", "put_off", "frozen")


async def check_told(tx: Transaction, mission_id: MissionId, grant: Grant, found: Proposal) -> None:
    """Whether the trace is whole and tells of this grant and of each approval behind it. Raises `NotAsApproved`."""
    if (broken := (await verify(tx, mission_id)).broken) is not None:
        raise NotAsApproved(f"The trace of this mission was changed: {broken}.")
    trace = await observed(tx, mission_id)
    granted = {(one.told["grant"], one.told["digest"]) for one in trace if one.kind == "granted"}
    if (grant.id, grant.digest) not in granted:
        raise NotAsApproved("The trace does not tell of this grant.")
    answers = [one.told for one in trace if one.kind == "decided"]
    said = {(one.get("decision"), one.get("seen")) for one in answers if one["answer"] == "approve"}
    for one in await decisions_on(tx, found.id):
        if one.kind == "approve" and (one.id, one.seen) not in said:
            raise NotAsApproved(f"The trace does not tell that {one.by_name} approved this.")


def last_told(trace: Iterable[Observation], digest: str) -> str | None:
    """The last state that the trace tells of the effect of the action with this digest."""
    states = [one.told["state"] for one in trace if one.kind == "effect" and one.told.get("digest") == digest]
    return states[-1] if states else None
