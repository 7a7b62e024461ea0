"""The Desk, live: the queue's changes, and the Explain rail of one mission without a gap."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from missiondesk.cases import case, messages_of
from missiondesk.ids import CaseId
from missiondesk.missions import Mission, missions_of
from missiondesk.missions import mission as mission_
from missiondesk.people import StaffSession
from missiondesk.surfaces.desk_shapes import DeskEvent
from missiondesk.surfaces.doors import AStaff, Here, session, token_of
from missiondesk.surfaces.ids import AMission
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.queue import waiting
from missiondesk.surfaces.rail import observation_view
from missiondesk.surfaces.streams import CHECK_SESSION, wait
from missiondesk.trace import Observation, observed

router = APIRouter(prefix="/api/desk", tags=["desk"])


@dataclass(frozen=True, slots=True)
class Seen:
    """What the stream last told: each waiting item with its signatures, and how the case stands."""

    queue: dict[str, tuple[int, str | None]]
    case: tuple[object, ...]


async def followed(who: AStaff, here: Here, mission: AMission | None = None) -> Mission | None:
    """The mission whose rail is asked for, before a stream of it begins. Raises `NotFound`."""
    if mission is None:
        return None
    async with here.parts.database.transaction() as tx:
        return await mission_(tx, mission)


@router.get("/stream", operation_id="desk_stream", response_class=EventSourceResponse)
async def stream(
    request: Request, followed: Annotated[Mission | None, Depends(followed)], here: Here, after: int = 0
) -> AsyncIterator[ServerSentEvent]:
    """`hello`, then `queue` and `case` when they changed, and each observation of `mission` after `after`, in order."""
    token = token_of(request, "staff", here)
    case_id = followed.case_id if followed else None
    topics = ["queue", "sessions", *([f"mission:{followed.id}", f"case:{followed.case_id}"] if followed else [])]
    before: Seen | None = None
    async with here.live.listening(*topics) as woken:
        while not here.live.ended:
            woken.clear()
            if not isinstance(await session(here, token, idle=True), StaffSession):
                yield ServerSentEvent(data=DeskEvent(type="bye"))
                return
            seen = await _look(here, case_id)
            for event in _told(before, seen, case_id):
                yield ServerSentEvent(data=event)
            before = seen
            for one in await _observed(here, followed, after):
                after = one.n
                yield ServerSentEvent(
                    data=DeskEvent(type="observation", observation=observation_view(one)), id=str(one.n)
                )
            await wait(woken, CHECK_SESSION)


def _told(before: Seen | None, seen: Seen, case_id: CaseId | None) -> list[DeskEvent]:
    """What has changed since the last look."""
    queue = seen.queue
    if before is None:
        return [DeskEvent(type="hello", waiting=len(queue), changed=sorted(queue))]
    events: list[DeskEvent] = []
    if queue != before.queue:
        changed = sorted(one for one in {*queue, *before.queue} if queue.get(one) != before.queue.get(one))
        events.append(DeskEvent(type="queue", waiting=len(queue), changed=changed))
    if seen.case != before.case:
        events.append(DeskEvent(type="case", case_id=case_id))
    return events


async def _look(here: Installation, case_id: CaseId | None) -> Seen:
    async with here.parts.database.transaction() as tx:
        queue = {item.id: (item.signed, item.decided) for item in await waiting(tx)}
        if case_id is None:
            return Seen(queue, ())
        of, said, missions = await case(tx, case_id), await messages_of(tx, case_id), await missions_of(tx, case_id)
        return Seen(queue, (of.held_by, len(said), *((one.id, one.state, one.waits_for) for one in missions)))


async def _observed(here: Installation, followed: Mission | None, after: int) -> list[Observation]:
    if followed is None:
        return []
    async with here.parts.database.transaction() as tx:
        return await observed(tx, followed.id, after=after)
