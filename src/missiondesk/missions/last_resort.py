"""The last resort: of a mission not even the rows can be read any more, and still a person gets the case.

It parses nothing that is stored of the mission, so no row of it can keep the case from a person.
"""

import logging
from collections.abc import Sequence

from missiondesk.cases import Case, add_message, case
from missiondesk.decisions import withdraw_all
from missiondesk.effects import Told, abandon_effects
from missiondesk.ids import CaseId, MissionId
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, announce
from missiondesk.kit.errors import NotFound
from missiondesk.missions.durable import PASSING, Turn
from missiondesk.missions.finishing import end_mission
from missiondesk.missions.parts import Parts
from missiondesk.missions.store import add_handoff, mission
from missiondesk.missions.verdict import Verdict
from missiondesk.trace import observe

log = logging.getLogger(__name__)

_TITLE = "The mission could not be read any more"


async def last_resort(turn: Turn, parts: Parts, error: str) -> None:
    """Hand the case over as it is, in one transaction. Raises `Fenced`, and what comes while the database is away."""
    reason = f"Something in the record of this case cannot be read any more: {error}"
    crashpoint("missions.last_resort.before")
    async with turn.tx() as tx:
        this = await mission(tx, turn.mission_id)
        taken_back = await withdraw_all(tx, this.id, _TITLE)
        message = await _tell(tx, parts, this.case_id)
        told = [
            *(Told("taken_back", {"proposal": one, "title": "A proposal", "why": f"{_TITLE}."}) for one in taken_back),
            *await abandon_effects(tx, this.id, f"{_TITLE}: {error}"),
            Told("failed", {"title": _TITLE, "why": error}),
            *([Told("told", {"message": message, "proposal": None})] if message else []),
            Told("handed_off", {"reason": reason}),
        ]
        await add_handoff(tx, this.id, this.case_id, reason)
        verdict = Verdict(outcome="handed_off", text=f"handed to a person: {reason}", customer_told=bool(message))
        await end_mission(tx, this.id, verdict)
        await announce(tx, f"case:{this.case_id}")
        await _observe(tx, this.id, [*told, Told("concluded", verdict.model_dump(mode="json"))])
    crashpoint("missions.last_resort.after_commit")


async def _tell(tx: Transaction, parts: Parts, case_id: CaseId) -> str | None:
    """What the customer was told; `None` when nobody can say any more who they are and where they came in."""
    of = await _case(tx, case_id)
    portal = parts.portals.get(of.portal_id) if of else None
    if of is None or portal is None:
        return None
    message = f"I am passing this on to {portal.team}. A person will look into it and answer you here."
    await add_message(tx, of.id, "assistant", portal.assistant, message)
    await announce(tx, f"customer:{of.customer_id}")
    return message


async def _case(tx: Transaction, case_id: CaseId) -> Case | None:
    try:
        return await case(tx, case_id)
    except NotFound:
        return None


async def _observe(tx: Transaction, mission_id: MissionId, told: Sequence[Told]) -> None:
    """All of it or, when it is the trace that takes nothing any more, nothing: a person is worth more than the rest."""
    try:
        async with tx.begin_nested():
            for one in told:
                await observe(tx, mission_id, one.kind, **one.what)
    except PASSING:
        raise
    except Exception:
        log.exception("the trace of %s takes no observation any more", mission_id)
