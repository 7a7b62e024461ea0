"""What staff decide with: the Decision Queue and its cards."""

from typing import Literal

from fastapi import APIRouter

from missiondesk.decisions import AlreadyDecided, Changed, Risk, decision_made, decisions_made
from missiondesk.ids import ProposalId
from missiondesk.insights import answer_test, seeded
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction
from missiondesk.missions import PAGE, Filter, TooLate, answer_effect, decide, take_back
from missiondesk.people import Staff
from missiondesk.surfaces.card import card
from missiondesk.surfaces.desk_shapes import Card, NewAnswer, NewDecision, QueuePage, StaffView
from missiondesk.surfaces.doors import AReader, AStaff, AStaffSession, Here, Key
from missiondesk.surfaces.ids import ADecision, AGrant, AProposal
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.queue import decided, waiting
from missiondesk.surfaces.shapes import Words

router = APIRouter(prefix="/api/desk", tags=["desk"])


@router.get("/me", operation_id="staff_me")
async def me(who: AReader) -> StaffView:
    return StaffView(id=who.id, name=who.name, email=who.email, role=who.role)


@router.get("/proposals", operation_id="queue")
async def queue(
    who: AReader,
    here: Here,
    view: Literal["open", "mine", "late", "aside", "decided"] = "open",
    kind: Literal["proposal", "unknown_effect", "handoff"] | None = None,
    brief: Words | None = None,
    risk: Risk | None = None,
    words: Words | None = None,
    after: Words | None = None,
    limit: int = PAGE,
) -> QueuePage:
    """`view=open`: all that waits for a person, but for what is put aside. `view=decided`: what was answered lately.

    `mine`: claimed by or given to whoever asks, or to their role. `words` stand in the title, subject or name.
    """
    wanted = Filter("all" if view in ("open", "decided") else view, kind, brief, risk, words)
    async with here.parts.database.transaction() as tx:
        if view == "decided":
            return await decided(tx, who)
        return await waiting(tx, who, wanted, after=after, limit=limit)


@router.get("/proposals/{proposal_id}", operation_id="card")
async def one_card(proposal_id: AProposal, who: AReader, here: Here) -> Card:
    return await _card(here, who, proposal_id)


@router.post("/proposals/{proposal_id}/decisions", status_code=201, operation_id="decide")
async def answer(
    proposal_id: AProposal, body: NewDecision, session: AStaffSession, here: Here, key: Key = None
) -> Card:
    """Approve or reject what was seen; with `undo` it can be taken back for so many seconds, and counts after that.

    The same answer by the same person again changes nothing; under the same key also when it was taken back meanwhile.

    409 with the current card: it was decided, taken back or changed meanwhile, and nothing was sent for this answer.
    403 `step_up_needed`: the policy asks for the password again (`POST /api/sessions/step-up`); then send the same.
    """
    who = session.who
    try:
        async with here.parts.database.transaction() as tx:
            if await seeded(tx, proposal_id) is not None:
                await answer_test(tx, here.parts, proposal_id, body.kind, by=who, seen=body.digest, reason=body.reason)
            elif not await _said_before(tx, who, proposal_id, body, key):
                await decide(
                    tx,
                    here.parts,
                    proposal_id,
                    body.kind,
                    by=who,
                    seen=body.digest,
                    reason=body.reason,
                    undo=body.undo,
                    key=key,
                    stepped_up_at=session.stepped_up_at,
                )
        crashpoint("decisions.decided.after_commit")
    except (AlreadyDecided, Changed) as conflict:
        current = await _card(here, who, proposal_id)
        raise type(conflict)(str(conflict), current=current.model_dump(mode="json")) from conflict
    return await _card(here, who, proposal_id)


@router.delete("/decisions/{decision_id}", operation_id="take_back")
async def undo(decision_id: ADecision, who: AStaff, here: Here) -> Card:
    """Take one's own decision back while it is held. It stays in the record, and never counts.

    409 with the current card: it counts already, or nothing is left to decide.
    """
    try:
        async with here.parts.database.transaction() as tx:
            proposal_id = await take_back(tx, decision_id, by=who)
        crashpoint("decisions.taken_back.after_commit")
    except TooLate as late:
        async with here.parts.database.transaction() as tx:
            proposal_id = (await decision_made(tx, decision_id)).proposal_id
        raise TooLate(str(late), current=(await _card(here, who, proposal_id)).model_dump(mode="json")) from late
    return await _card(here, who, proposal_id)


@router.post("/effects/{grant_id}/answers", status_code=201, operation_id="answer_unknown")
async def say_what_happened(grant_id: AGrant, body: NewAnswer, who: AStaff, here: Here) -> Card:
    """A person's answer about an effect of unknown outcome. None of the answers sends anything."""
    async with here.parts.database.transaction() as tx:
        proposal_id = await answer_effect(tx, grant_id, body.answer, by=who, note=body.note)
    crashpoint("effects.answered.after_commit")
    return await _card(here, who, proposal_id)


async def _said_before(
    tx: Transaction, who: Staff, proposal_id: ProposalId, body: NewDecision, key: str | None
) -> bool:
    """Whether this very answer is recorded already: a retry after a lost reply is no conflict."""
    return any(
        (one.by_id, one.kind, one.seen) == (who.id, body.kind, body.digest)
        and (one.standing in ("held", "counts") or (key is not None and one.key == key))
        for one in await decisions_made(tx, proposal_id)
    )


async def _card(here: Installation, who: Staff, proposal_id: ProposalId) -> Card:
    async with here.parts.database.transaction() as tx:
        return await card(tx, here.parts, who, proposal_id)
