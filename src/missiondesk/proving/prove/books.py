"""Reading what we recorded and what the trace tells, mission by mission."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from missiondesk.decisions import Grant, Proposal, decisions_on, grants_of, opened, proposals_of
from missiondesk.effects import effects_of
from missiondesk.ids import CaseId
from missiondesk.kit.database import Transaction
from missiondesk.missions import Mission as Row
from missiondesk.missions import missions_of
from missiondesk.proving.prove.judging import Granted, Mission
from missiondesk.trace import Observation, observed, verify

_OPEN = """select count(*) from missions where state <> 'done' and waits_for is distinct from 'unknown_effect'"""


async def still_open(tx: Transaction) -> int:
    """How many missions neither ended nor wait for a person to say what happened."""
    return (await tx.execute(text(_OPEN))).scalar_one()


async def how_far(tx: Transaction) -> int:
    """A number that grows while anything happens."""
    return (await tx.execute(text("select coalesce(sum(n), 0) from trace_heads"))).scalar_one()


async def read_mission(tx: Transaction, case_id: CaseId) -> Mission:
    """The one mission of a case, as the database and the trace have it."""
    rows = await missions_of(tx, case_id)
    grants = [granted for row in rows for granted in await _grants(tx, row)]
    return Mission(
        ended=all(one.state == "done" or one.waits_for == "unknown_effect" for one in rows),
        done=all(one.state == "done" for one in rows),
        handed_off=any(one.outcome == "handed_off" for one in rows),
        whole=all([(await verify(tx, one.id)).broken is None for one in rows]),
        grants=grants,
    )


async def _grants(tx: Transaction, row: Row) -> list[Granted]:
    trace = await observed(tx, row.id)
    found: list[Granted] = []
    for one in await proposals_of(tx, row.id):
        signed = await decisions_on(tx, one.id)
        approved = any(it.kind == "approve" and it.seen == one.digest for it in signed) and one.closed == "approved"
        states = await effects_of(tx, one.id)
        for grant in await grants_of(tx, one.id):
            effect = states.get(grant.id)
            found.append(_granted(one, grant, trace, approved=approved, state=effect.state if effect else None))
    return found


def _granted(one: Proposal, grant: Grant, trace: Sequence[Observation], *, approved: bool, state: Any) -> Granted:
    sealed = one.proposed.actions[grant.position].sealed
    action = opened(sealed)
    seen = {it.n: it.told for it in trace if it.kind == "seen"}
    revisions = [seen[it.observation]["value"]["account"]["revision"] for it in action.evidence]
    told = Counter(it.told["state"] for it in trace if it.kind == "effect" and it.told["grant"] == grant.id)
    granted = any(it.kind == "granted" and it.told["grant"] == grant.id for it in trace)
    return Granted(
        grant.digest,
        sealed,
        action.arguments,
        approved and granted,
        max(revisions, default=0),
        grant.key,
        state,
        told,
    )
