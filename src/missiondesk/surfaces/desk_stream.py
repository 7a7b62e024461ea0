"""The Desk, live: the queue's changes, and the Explain rail of one mission without a gap."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from missiondesk.changes import changes_waiting
from missiondesk.ids import ChangeId
from missiondesk.insights import seeded_mission
from missiondesk.kit.errors import NotAllowed, SignedOut
from missiondesk.missions import Mission, queue_state
from missiondesk.missions import mission as mission_
from missiondesk.surfaces.desk_shapes import DeskEvent, ProgressView
from missiondesk.surfaces.doors import AReader, Here, staff_or_key
from missiondesk.surfaces.ids import AMission
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.queue import changed_tools
from missiondesk.surfaces.rail import observation_view
from missiondesk.surfaces.streams import CHECK_SESSION, wait
from missiondesk.trace import Observation, Progress, observed

router = APIRouter(prefix="/api/desk", tags=["desk"])
_News = Literal["case", "connections", "freeze"]
_NEWS: tuple[_News, ...] = ("case", "connections", "freeze")
Queue = dict[str, str]  # each thing that waits, and how its answers stand
Changes = dict[ChangeId, int]  # of the configuration: each that waits, and how many have answered


async def followed(who: AReader, here: Here, mission: AMission | None = None) -> Mission | None:
    """The mission whose rail is asked for, before a stream of it begins. Raises `NotFound`."""
    if mission is None:
        return None
    async with here.parts.database.transaction() as tx:
        if await seeded_mission(tx, mission) is not None:
            return None  # nothing happens in it any more
        return await mission_(tx, mission)


@router.get("/stream", operation_id="desk_stream", response_class=EventSourceResponse)
async def stream(
    request: Request, followed: Annotated[Mission | None, Depends(followed)], here: Here, after: int = 0
) -> AsyncIterator[ServerSentEvent]:
    """`hello`, then `queue`, `case`, `connections` and `freeze` when they changed.

    Of `mission` each observation after `after`, in order, and between them the newest `progress` of its running reads;
    of that, words may be left out.
    """
    topics = ["queue", "sessions", *_NEWS, *([f"mission:{followed.id}"] if followed else [])]
    before: tuple[Queue, Changes] | None = None
    async with (
        here.live.listening(*topics) as woken,
        AsyncExitStack() as stack,
        here.live.watching(followed.id if followed else None, woken) as running,
    ):
        news = {name: await stack.enter_async_context(here.live.listening(name)) for name in _NEWS}
        while not here.live.ended:
            woken.clear()
            moved: list[_News] = [name for name in _NEWS if news[name].is_set()]
            for one in news.values():
                one.clear()
            if not await _still_in(request, here):
                yield ServerSentEvent(data=DeskEvent(type="bye"))
                return
            queue = await _queue(here)
            if queue != before:
                yield ServerSentEvent(data=_changed(before, queue))
            for name in moved if before is not None else ():
                yield ServerSentEvent(data=DeskEvent(type=name))
            before = queue
            for one in await _observed(here, followed, after):
                after = one.n
                yield ServerSentEvent(
                    data=DeskEvent(type="observation", observation=observation_view(one)), id=str(one.n)
                )
            for told in running.take():
                yield ServerSentEvent(data=DeskEvent(type="progress", progress=_progress(told)))
            await wait(woken, CHECK_SESSION)


async def _still_in(request: Request, here: Installation) -> bool:
    try:
        await staff_or_key(request, here, "read", idle=True)
    except (SignedOut, NotAllowed):
        return False
    return True


def _changed(before: tuple[Queue, Changes] | None, now: tuple[Queue, Changes]) -> DeskEvent:
    """How the queue stands, and what in it is new, gone or signed since the last look."""
    queue, changes = now
    old, old_changes = before or ({}, {})
    changed = {one for one in {*queue, *old} if queue.get(one) != old.get(one)}
    changed |= {one for one in {*changes, *old_changes} if changes.get(one) != old_changes.get(one)}
    type_ = "hello" if before is None else "queue"
    return DeskEvent(type=type_, waiting=len(queue), changes=len(changes), changed=sorted(changed))


def _progress(told: Progress) -> ProgressView:
    return ProgressView(**asdict(told))


async def _queue(here: Installation) -> tuple[Queue, Changes]:
    async with here.parts.database.transaction() as tx:
        queue = {**await queue_state(tx), **{one.id: one.kind for one in await changed_tools(tx)}}
        return queue, await changes_waiting(tx)


async def _observed(here: Installation, followed: Mission | None, after: int) -> list[Observation]:
    if followed is None:
        return []
    async with here.parts.database.transaction() as tx:
        return await observed(tx, followed.id, after=after)
