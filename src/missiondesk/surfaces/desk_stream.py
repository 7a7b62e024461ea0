"""The Desk, live: the queue's changes, and the Explain rail of one mission without a gap."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from missiondesk.ids import MissionId
from missiondesk.people import StaffSession
from missiondesk.surfaces.desk_shapes import DeskEvent
from missiondesk.surfaces.doors import AStaff, Here, session, token_of
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.queue import waiting
from missiondesk.surfaces.rail import observation_view
from missiondesk.surfaces.streams import CHECK_SESSION, wait
from missiondesk.trace import Observation, observed

router = APIRouter(prefix="/api/desk", tags=["desk"])
Queue = dict[str, tuple[int, str | None]]


@router.get("/stream", operation_id="desk_stream", response_class=EventSourceResponse)
async def stream(
    request: Request, who: AStaff, here: Here, mission: str | None = None, after: int = 0
) -> AsyncIterator[ServerSentEvent]:
    """`hello`, then `queue` whenever it changed, and each observation of `mission` after number `after`, in order."""
    token = token_of(request, "staff", here)
    topics = ["queue", "sessions", *([f"mission:{mission}"] if mission else [])]
    before: Queue = {}
    first = True
    async with here.live.listening(*topics) as woken:
        while not here.live.ended:
            woken.clear()
            if not isinstance(await session(here, token), StaffSession):
                yield ServerSentEvent(data=DeskEvent(type="bye"))
                return
            queue = await _queue(here)
            if first or queue != before:
                changed = sorted(one for one in {*queue, *before} if queue.get(one) != before.get(one))
                yield ServerSentEvent(
                    data=DeskEvent(type="hello" if first else "queue", waiting=len(queue), changed=changed)
                )
            before, first = queue, False
            for one in await _observed(here, mission, after):
                after = one.n
                yield ServerSentEvent(
                    data=DeskEvent(type="observation", observation=observation_view(one)), id=str(one.n)
                )
            await wait(woken, CHECK_SESSION)


async def _queue(here: Installation) -> Queue:
    async with here.parts.database.transaction() as tx:
        return {item.id: (item.signed, item.decided) for item in await waiting(tx)}


async def _observed(here: Installation, mission: str | None, after: int) -> list[Observation]:
    if mission is None:
        return []
    async with here.parts.database.transaction() as tx:
        return await observed(tx, MissionId(mission), after=after)
