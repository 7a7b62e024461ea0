"""Who looks at what waits: claimed, given, put aside; and what a person does with it beside answering."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter

from missiondesk.cases import checked_text, give_case
from missiondesk.decisions import AlreadyDecided, Attention, claim, give, put_aside, release
from missiondesk.ids import ProposalId, StaffId
from missiondesk.insights import answer_test, looked, seeded
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import NotFound
from missiondesk.missions import ask_customer, one_in_queue, take_over
from missiondesk.people import Staff, may, staff_list, staff_member
from missiondesk.surfaces.card import attention_view, card
from missiondesk.surfaces.desk_shapes import (
    AttentionView,
    Card,
    Claim,
    ColleaguePage,
    Give,
    PutAside,
    Question,
    StaffView,
)
from missiondesk.surfaces.doors import AReader, AStaff, Here
from missiondesk.surfaces.ids import AnItem, AProposal
from missiondesk.surfaces.installation import Installation

router = APIRouter(prefix="/api/desk", tags=["desk"])


@router.get("/colleagues", operation_id="colleagues")
async def colleagues(who: AReader, here: Here) -> ColleaguePage:
    """Who decides, by name: something can be given to them."""
    async with here.parts.database.transaction() as tx:
        found = [one for one in await staff_list(tx) if may(one, "decide") and await staff_member(tx, one.id)]
    return ColleaguePage(items=[StaffView(id=it.id, name=it.name, email=it.email, role=it.role) for it in found])


@router.post("/queue/{item}/claim", operation_id="claim")
async def claim_it(item: AnItem, body: Claim, who: AStaff, here: Here) -> AttentionView | None:
    """Read it now, for five minutes; again, to go on. 409: somebody else does, and says until when."""

    async def do(tx: Transaction) -> Attention:
        await looked(tx, item, who, "card")
        return await claim(tx, item, who, although=body.although)

    return await _attended(here, who, item, do)


@router.post("/queue/{item}/looks", status_code=204, operation_id="look")
async def look_at_it(item: AnItem, who: AStaff, here: Here) -> None:
    """What it rests on was looked at. The first time counts, while it waits; nothing more is kept of how one reads."""
    async with here.parts.database.transaction() as tx:
        if await one_in_queue(tx, item) is not None:
            await looked(tx, item, who, "evidence")


@router.delete("/queue/{item}/claim", operation_id="release")
async def release_it(item: AnItem, who: AStaff, here: Here) -> AttentionView | None:
    """Read it no longer."""
    return await _attended(here, who, item, lambda tx: release(tx, item, who))


@router.post("/queue/{item}/give", operation_id="give")
async def give_it(item: AnItem, body: Give, who: AStaff, here: Here) -> AttentionView | None:
    """To a colleague, to the supervisors, or to everybody again, with a note for them."""

    async def do(tx: Transaction) -> Attention:
        to = None
        if body.to == "supervisor":
            to = "supervisor"
        elif body.to is not None and (to := await staff_member(tx, StaffId(body.to))) is None:
            raise NotFound("There is no such colleague, or their account is closed. Please choose another.")
        given, of = await give(tx, item, to, by=who, note=body.note or ""), await one_in_queue(tx, item)
        if isinstance(to, Staff) and of is not None and of.kind == "handoff":
            await give_case(tx, of.case_id, to.id)
        return given

    return await _attended(here, who, item, do)


@router.post("/queue/{item}/aside", operation_id="put_aside")
async def put_it_aside(item: AnItem, body: PutAside, who: AStaff, here: Here) -> AttentionView | None:
    """Not shown until then, unless its service level is over before."""
    return await _attended(here, who, item, lambda tx: put_aside(tx, item, body.until, by=who))


@router.post("/proposals/{proposal_id}/ask", status_code=201, operation_id="ask_customer")
async def ask(proposal_id: AProposal, body: Question, who: AStaff, here: Here) -> Card:
    """Ask the customer first: the proposal is taken back, and the worker goes on from the answer.

    409 with the current card: it was decided or taken back meanwhile, and nothing was asked.
    """

    async def do(tx: Transaction) -> None:
        if await seeded(tx, proposal_id) is None:
            await ask_customer(tx, proposal_id, body.question, by=who)
        else:
            await answer_test(tx, here.parts, proposal_id, "ask", by=who, reason=checked_text(body.question))

    return await _in_hand(here, who, proposal_id, do)


@router.post("/proposals/{proposal_id}/take-over", status_code=201, operation_id="take_over")
async def take(proposal_id: AProposal, who: AStaff, here: Here) -> Card:
    """Answer the customer oneself from now on: the proposal is taken back, and the mission ends.

    409 with the current card: it was decided or taken back meanwhile.
    """

    async def do(tx: Transaction) -> None:
        if await seeded(tx, proposal_id) is None:
            await take_over(tx, here.parts, proposal_id, by=who)
        else:
            await answer_test(tx, here.parts, proposal_id, "take_over", by=who)

    return await _in_hand(here, who, proposal_id, do)


async def _attended(
    here: Installation, who: Staff, item: str, do: Callable[[Transaction], Awaitable[Attention]]
) -> AttentionView | None:
    async with here.parts.database.transaction() as tx:
        if await one_in_queue(tx, item) is None:
            raise NotFound("It does not wait any more, so nobody need look at it.")
        return attention_view(await do(tx), who)


async def _in_hand(
    here: Installation, who: Staff, proposal_id: ProposalId, do: Callable[[Transaction], Awaitable[None]]
) -> Card:
    try:
        async with here.parts.database.transaction() as tx:
            await do(tx)
        crashpoint("decisions.in_hand.after_commit")
    except AlreadyDecided as conflict:
        current = await _card(here, who, proposal_id)
        raise AlreadyDecided(str(conflict), current=current.model_dump(mode="json")) from conflict
    return await _card(here, who, proposal_id)


async def _card(here: Installation, who: Staff, proposal_id: ProposalId) -> Card:
    async with here.parts.database.transaction() as tx:
        return await card(tx, here.parts, who, proposal_id)
