"""The effects of a mission that nobody can read any more: each comes to an end all the same."""

from dataclasses import dataclass
from typing import Any

from missiondesk.decisions import grants_in
from missiondesk.effects.store import effects_standing, record_proof, settle, skip_effect
from missiondesk.ids import MissionId
from missiondesk.kit.database import Transaction
from missiondesk.trace import Kind


@dataclass(frozen=True, slots=True)
class Told:
    """An observation that is yet to be written, in the transaction of the fact that it tells."""

    kind: Kind
    what: dict[str, Any]


async def abandon_effects(tx: Transaction, mission_id: MissionId, why: str) -> list[Told]:
    """What was not sent never will be; of what may have been sent a person is asked; what was done was not read back.

    Returns what is to be told of them.
    """
    told: list[Told] = []
    for grant in await grants_in(tx, mission_id):
        if await skip_effect(tx, grant, mission_id):
            told.append(_told("skipped", grant.id, grant.digest, why))
    for grant_id, digest, state in await effects_standing(tx, mission_id):
        if state == "done":
            says = f"it could be read back ({why})"
            await record_proof(tx, grant_id, [(says, False)], proved=False)
            checks = [{"says": says, "held": False}]
            whose = {"grant": grant_id, "digest": digest}
            told.append(Told("proved", {"held": False, **whose, "checks": checks, "baseline": {}}))
        elif state != "unknown":
            ended = "stale" if state == "intent" else "unknown"
            await settle(tx, grant_id, ended, why=why)
            told.append(_told(ended, grant_id, digest, why))
    return told


def _told(state: str, grant_id: str, digest: str, why: str) -> Told:
    return Told("effect", {"state": state, "grant": grant_id, "digest": digest, "why": why})
