"""Notices that could not be told, and telling them again: for supervisors and admins."""

from typing import Annotated

from fastapi import APIRouter, Depends

from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import NotAllowed
from missiondesk.kit.text import visible
from missiondesk.notices import Notice, notices_list, try_again
from missiondesk.people import Staff, may
from missiondesk.surfaces.desk_shapes import NoticePage, NoticeView
from missiondesk.surfaces.doors import AStaff, Here
from missiondesk.surfaces.ids import ANotice

router = APIRouter(prefix="/api/desk/notices", tags=["desk"])


def telling(who: AStaff) -> Staff:
    """Raises `NotAllowed`."""
    if not may(who, "tell"):
        raise NotAllowed("Supervisors and admins see what could not be told: ask one of them.")
    return who


ATeller = Annotated[Staff, Depends(telling)]


@router.get("", operation_id="dead_notices")
async def dead(who: ATeller, here: Here) -> NoticePage:
    """What was given up, the newest first, and why the last attempt failed."""
    async with here.parts.database.transaction() as tx:
        return await _page(tx)


@router.post("/{notice_id}/retry", operation_id="retry_notice")
async def retry(notice_id: ANotice, who: ATeller, here: Here) -> NoticePage:
    """Tell it again, from the first attempt on and with the same id; what is still given up. 409: it is not dead."""
    async with here.parts.database.transaction() as tx:
        await try_again(tx, notice_id)
        return await _page(tx)


async def _page(tx: Transaction) -> NoticePage:
    return NoticePage(items=[_view(one) for one in await notices_list(tx, dead=True)])


def _view(one: Notice) -> NoticeView:
    return NoticeView(
        id=one.id,
        route=one.route,
        title=visible(one.told.title),
        path=one.told.path,
        attempts=one.attempts,
        error=visible(one.error) if one.error else None,
        made_at=one.made_at,
    )
