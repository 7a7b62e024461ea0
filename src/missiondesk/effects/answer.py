"""A person's answer about an effect that nobody knows the outcome of. None of these sends anything."""

from typing import Literal

from missiondesk.effects.store import effect, reopen, settle
from missiondesk.ids import GrantId, MissionId
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import NotAllowed, NotFound, Refused
from missiondesk.people import Staff, may
from missiondesk.trace import observe

UnknownAnswer = Literal["happened", "not_happened", "check_again"]


class AlreadySettled(Refused):
    """This effect is settled already; the card shows how."""


async def answer_unknown(tx: Transaction, grant_id: GrantId, said: UnknownAnswer, *, by: Staff, note: str) -> MissionId:
    """Record the answer; the caller holds the mission's lock and wakes it. `check_again` looks it up in the system.

    Raises `NotFound`, `NotAllowed`, `AlreadySettled`.
    """
    if not may(by, "decide"):
        raise NotAllowed
    found = await effect(tx, grant_id)
    if found is None:
        raise NotFound("There is no such effect.")
    if found.state != "unknown":
        raise AlreadySettled
    match said:
        case "check_again":
            await reopen(tx, grant_id)
        case "happened":
            await settle(tx, grant_id, "done", why=f"{by.name}: it happened. {note}".strip())
        case "not_happened":
            await settle(tx, grant_id, "failed", why=f"{by.name}: it did not happen. {note}".strip())
    told = {"by": by.name, "role": by.role, "answer": said, "note": note, "grant": grant_id}
    await observe(tx, found.mission_id, "decided", **told)
    crashpoint("effects.answered.before_commit")
    return found.mission_id
