"""What staff follow: cases, their missions and traces; and what a person says in a case."""

from collections.abc import Sequence

from fastapi import APIRouter

from missiondesk.cases import (
    Case,
    add_message,
    case,
    checked_text,
    hold,
    lock_case,
    messages_of,
    newest_cases,
    sent_before,
)
from missiondesk.ids import CaseId
from missiondesk.insights import seeded_case, seeded_mission
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import NotAllowed, NotFound, Refused
from missiondesk.kit.text import visible
from missiondesk.missions import Mission, close_handoffs, handoff_of, mission, missions_of, verdict_in, waiting_of
from missiondesk.people import Staff, customer, may
from missiondesk.surfaces.desk_shapes import (
    AwayView,
    CheckView,
    CustomerMessageView,
    DeskCase,
    DeskCasePage,
    DeskCaseRow,
    MissionSummary,
    ObservationPage,
    Reply,
)
from missiondesk.surfaces.doors import AReader, AStaff, Here, Key
from missiondesk.surfaces.ids import ACase, AMission
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.rail import observation_view
from missiondesk.surfaces.seeded import case_of_test, trace_of_test
from missiondesk.trace import observed, verify

router = APIRouter(prefix="/api/desk", tags=["desk"])
_WAITS = {
    "customer": "waits for the customer",
    "decision": "waits for a decision",
    "effect": "being carried out",
    "unknown_effect": "being checked",
    "connection": "waits for a system",
}


class WorkerHasIt(Refused):
    """The AI Worker still works on this case; a person answers once it is handed over."""


@router.get("/cases", operation_id="desk_cases")
async def cases(who: AReader, here: Here) -> DeskCasePage:
    """Newest first."""
    async with here.parts.database.transaction() as tx:
        items = [await _row(tx, one) for one in await newest_cases(tx)]
    return DeskCasePage(items=items, next=None)


@router.get("/cases/{case_id}", operation_id="desk_case")
async def one_case(case_id: ACase, who: AReader, here: Here) -> DeskCase:
    async with here.parts.database.transaction() as tx:
        if (test := await seeded_case(tx, case_id)) is not None:
            return await case_of_test(tx, test)
        return await _case(tx, who, await case(tx, case_id))


@router.post("/cases/{case_id}/messages", status_code=201, operation_id="reply")
async def reply(case_id: ACase, body: Reply, who: AStaff, here: Here, key: Key = None) -> DeskCase:
    """A person answers the customer and holds the case from then on."""
    return await _answer(here, who, case_id, body.text, closes=False, key=key)


@router.post("/cases/{case_id}/close", status_code=201, operation_id="close_case")
async def close(case_id: ACase, body: Reply, who: AStaff, here: Here) -> DeskCase:
    """Close a case that a person took over, with last words if there are any."""
    return await _answer(here, who, case_id, body.text, closes=True)


@router.get("/missions/{mission_id}/observations", operation_id="observations")
async def observations(mission_id: AMission, who: AReader, here: Here, after: int = 0) -> ObservationPage:
    """The trace of a mission from number `after` + 1 on, and whether the whole of it is as it was written."""
    async with here.parts.database.transaction() as tx:
        if (test := await seeded_mission(tx, mission_id)) is not None:
            return await trace_of_test(tx, test, after)
        await mission(tx, mission_id)
        found, whole = await observed(tx, mission_id, after=after), await verify(tx, mission_id)
    return ObservationPage(
        items=[observation_view(one) for one in found],
        verified=whole.broken is None,
        verified_to=whole.to,
        broken=whole.broken,
    )


async def _answer(
    here: Installation, who: Staff, case_id: CaseId, text: str, *, closes: bool, key: str | None = None
) -> DeskCase:
    if not may(who, "reply"):
        raise NotAllowed(f"Your role ({who.role}) looks, but does not answer customers.")
    words = checked_text(text) if text.strip() or not closes else None
    async with here.parts.database.transaction() as tx:
        of = await lock_case(tx, case_id)
        if of.held_by is None and await handoff_of(tx, case_id) is None:
            raise WorkerHasIt
        sent = f"{who.id}:{key}" if key else None
        if words and not (sent and await sent_before(tx, sent, words, case_id=case_id)):
            await add_message(tx, case_id, "person", who.name, words, key=sent)
        await hold(tx, case_id, None if closes else who.id)
        await close_handoffs(tx, case_id, who.name)
        return await _case(tx, who, await case(tx, case_id))


async def _case(tx: Transaction, who: Staff, of: Case) -> DeskCase:
    name, email = await _whose(tx, of)
    said = await messages_of(tx, of.id)
    with_person = of.held_by is not None or await handoff_of(tx, of.id) is not None
    return DeskCase(
        id=of.id,
        subject=visible(of.subject),
        customer=name,
        customer_email=email,
        portal=of.portal_id,
        opened_at=of.opened_at,
        updated_at=said[-1].at if said else of.opened_at,
        with_person=with_person,
        missions=[await _mission(tx, one) for one in await missions_of(tx, of.id)],
        messages=[
            CustomerMessageView(author=one.author, name=one.name, text=visible(one.text), at=one.at) for one in said
        ],
        can=["reply", "close"] if with_person and may(who, "reply") else [],
    )


async def _mission(tx: Transaction, one: Mission) -> MissionSummary:
    away = await waiting_of(tx, one)
    verdict = verdict_in(one.verdict) if one.verdict else None
    return MissionSummary(
        id=one.id,
        state=one.state,
        waits_for=one.waits_for,
        away=AwayView(system=away.source, since=away.since, why=away.why) if away else None,
        brief=one.brief,
        worker=one.worker,
        outcome=one.outcome,
        verdict=visible(verdict.text) if verdict else None,
        proof=[CheckView(says=one.says, held=one.held) for one in verdict.proof] if verdict else [],
        began_at=one.began_at,
        ended_at=one.ended_at,
    )


async def _row(tx: Transaction, of: Case) -> DeskCaseRow:
    missions, said = await missions_of(tx, of.id), await messages_of(tx, of.id)
    return DeskCaseRow(
        id=of.id,
        subject=visible(of.subject),
        customer=(await _whose(tx, of))[0],
        state=await _state(tx, of, missions),
        outcome=missions[-1].outcome if missions else None,
        updated_at=said[-1].at if said else of.opened_at,
    )


async def _whose(tx: Transaction, of: Case) -> tuple[str, str]:
    """The customer's name and address; a case goes on being shown and answered when their row is not there."""
    try:
        found = await customer(tx, of.customer_id)
    except NotFound:
        return "an unknown customer", ""
    return found.name, found.email


async def _state(tx: Transaction, of: Case, missions: Sequence[Mission]) -> str:
    if of.held_by is not None or await handoff_of(tx, of.id) is not None:
        return "with a person"
    if not missions or missions[-1].state == "done":
        return "closed"
    if (away := await waiting_of(tx, missions[-1])) is not None:  # also while it tries again
        return f"waits for {visible(away.source)}"
    waits = missions[-1].waits_for if missions[-1].state == "waiting" else None
    return _WAITS[waits] if waits else "working"
