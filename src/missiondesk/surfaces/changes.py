"""What staff decide changes of the configuration with: those that wait, what each would do, and their answers."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from missiondesk.changes import (
    SUBJECT,
    AnotherChange,
    Change,
    ChangeClosed,
    answer_change,
    by_whom,
    change,
    changes_closed,
    changes_open,
    changes_waiting,
    policy_text,
    withdraw_change,
)
from missiondesk.ids import ChangeId
from missiondesk.kit.errors import Refused
from missiondesk.people import Staff
from missiondesk.surfaces.change_shapes import ChangeCard, ChangePage, NewChangeAnswer, Replayed
from missiondesk.surfaces.change_view import change_card, change_page, replay_view
from missiondesk.surfaces.doors import AReader, AStaff, Here
from missiondesk.surfaces.ids import AChange
from missiondesk.surfaces.installation import Installation

router = APIRouter(prefix="/api/desk", tags=["desk"])


@router.get("/changes", operation_id="changes")
async def changes(
    who: AReader, here: Here, state: Literal["open", "closed"] = "open", one_hand: bool = False
) -> ChangePage:
    """Those that wait, oldest first; or the closed ones, newest first. `one_hand`: adopted without a second person."""
    async with here.parts.database.transaction() as tx:
        closed = state == "closed" or one_hand
        found = await changes_closed(tx, one_hand=one_hand) if closed else await changes_open(tx)
        return await change_page(tx, who, found, len(await changes_waiting(tx)))


@router.get("/changes/{change_id}", operation_id="change")
async def one_change(change_id: AChange, who: AReader, here: Here) -> ChangeCard:
    return await _view(here, who, change_id)


@router.get("/changes/{change_id}/replay", operation_id="replay_change")
async def replay(
    change_id: AChange, who: AReader, here: Here, days: Annotated[int, Query(ge=1, le=3660)] = 30
) -> Replayed:
    """What a policy that waits would have said to the proposals of the last days. 409: it is no policy."""
    async with here.parts.database.transaction() as tx:
        found = await change(tx, change_id)
        if found.kind != SUBJECT:
            raise Refused("Only a policy can be tried on what was proposed before.")
        return await replay_view(tx, policy_text(found.after["text"]), days)


@router.post("/changes/{change_id}/answers", status_code=201, operation_id="answer_change")
async def answer(change_id: AChange, body: NewChangeAnswer, who: AStaff, here: Here) -> ChangeCard:
    """Approve or reject the change with the digest `seen`; the second different person adopts it.

    The same answer by the same person again changes nothing. 409 with the current change: it was answered, withdrawn
    or replaced meanwhile, or what it started from is not in force any more. 403: you asked for it yourself.
    """
    try:
        async with here.parts.database.transaction() as tx:
            made = await answer_change(tx, change_id, body.answer, by=who, seen=body.seen, note=body.note)
        _look_whether_it_was_replaced(made)
    except (ChangeClosed, AnotherChange) as conflict:
        current = await _view(here, who, change_id)
        raise type(conflict)(str(conflict), current=current.model_dump(mode="json")) from conflict
    await here.parts.connections.refresh()
    return await _view(here, who, change_id)


@router.post("/changes/{change_id}/withdrawal", status_code=201, operation_id="withdraw_change")
async def withdraw(change_id: AChange, who: AStaff, here: Here) -> ChangeCard:
    """Who asked takes it back. 409 with the current change: it is closed already."""
    try:
        async with here.parts.database.transaction() as tx:
            await withdraw_change(tx, change_id, by=who)
    except ChangeClosed as conflict:
        current = await _view(here, who, change_id)
        raise ChangeClosed(str(conflict), current=current.model_dump(mode="json")) from conflict
    return await _view(here, who, change_id)


def _look_whether_it_was_replaced(made: Change) -> None:
    if made.state == "replaced":
        raise ChangeClosed(by_whom(made))


async def _view(here: Installation, who: Staff, change_id: ChangeId) -> ChangeCard:
    async with here.parts.database.transaction() as tx:
        return await change_card(tx, who, change_id)
