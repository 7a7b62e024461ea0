"""What customers touch: their portal, their cases, and the live view of one case."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from missiondesk.cases import case, cases_of
from missiondesk.ids import CaseId
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.errors import NotFound
from missiondesk.missions import ask_for_person, hear, open_with
from missiondesk.people import Customer, CustomerSession
from missiondesk.surfaces.case_view import case_summary, case_view
from missiondesk.surfaces.customer_shapes import CaseEvent, CasePage, CaseView, CustomerView, NewMessage, PortalView
from missiondesk.surfaces.doors import ACustomer, Here, Key, session, token_of
from missiondesk.surfaces.ids import ACase
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.streams import CHECK_SESSION, wait

router = APIRouter(prefix="/api/customer", tags=["customer"])


@router.get("/portals/{portal}", operation_id="portal")
async def portal(portal: str, here: Here) -> PortalView:
    """The entrance, for everybody."""
    if portal not in here.parts.portals:
        raise NotFound("There is no such portal.")
    found = here.parts.portals[portal]
    return PortalView(id=found.id, name=found.name, greeting=found.greeting, assistant=found.assistant, hue=found.hue)


@router.get("/me", operation_id="customer_me")
async def me(who: ACustomer, here: Here) -> CustomerView:
    return CustomerView(id=who.id, name=who.name, portal=await portal(who.portal_id, here))


@router.get("/cases", operation_id="customer_cases")
async def my_cases(who: ACustomer, here: Here) -> CasePage:
    """Newest first."""
    async with here.parts.database.transaction() as tx:
        items = [await case_summary(tx, here.parts, one) for one in await cases_of(tx, who.id)]
    return CasePage(items=items, next=None)


@router.post("/cases", status_code=201, operation_id="open_case")
async def write(body: NewMessage, who: ACustomer, here: Here, key: Key = None) -> CaseView:
    """Open a case with a first message. The same Idempotency-Key again is the same case."""
    async with here.parts.database.transaction() as tx:
        case_id = await open_with(tx, who, body.text, key=key)
    crashpoint("missions.received.after_commit")
    return await _view(here, who, case_id)


@router.get("/cases/{case_id}", operation_id="customer_case")
async def one_case(case_id: ACase, who: ACustomer, here: Here) -> CaseView:
    return await _view(here, who, case_id)


@router.post("/cases/{case_id}/messages", status_code=201, operation_id="write_message")
async def say(case_id: ACase, body: NewMessage, who: ACustomer, here: Here, key: Key = None) -> CaseView:
    """Write in a case. A proposal that waits is taken back, and the worker looks again."""
    async with here.parts.database.transaction() as tx:
        await hear(tx, who, case_id, body.text, key=key)
    crashpoint("missions.heard.after_commit")
    return await _view(here, who, case_id)


@router.post("/cases/{case_id}/person", status_code=201, operation_id="ask_person")
async def person(case_id: ACase, who: ACustomer, here: Here) -> CaseView:
    """Ask for a person."""
    async with here.parts.database.transaction() as tx:
        await ask_for_person(tx, who, here.parts.portals[who.portal_id], case_id)
    crashpoint("missions.person_asked.after_commit")
    return await _view(here, who, case_id)


async def own_case(case_id: ACase, who: ACustomer, here: Here) -> CaseId:
    """A case of this customer's, before a stream of it begins. Raises `NotFound`."""
    async with here.parts.database.transaction() as tx:
        return (await case(tx, case_id, customer=who.id)).id


@router.get("/cases/{case_id}/stream", operation_id="case_stream", response_class=EventSourceResponse)
async def stream(
    case_id: Annotated[CaseId, Depends(own_case)], request: Request, who: ACustomer, here: Here
) -> AsyncIterator[ServerSentEvent]:
    """The case, whole, now and after each change: a reconnect misses nothing."""
    last: CaseView | None = None
    token = token_of(request, "customer", here)
    async with here.live.listening(f"case:{case_id}", "sessions") as woken:
        while not here.live.ended:
            woken.clear()
            if not isinstance(await session(here, token, idle=True), CustomerSession):
                yield ServerSentEvent(data=CaseEvent(type="bye"))
                return
            found = await _view(here, who, case_id)
            if found != last:
                yield ServerSentEvent(data=CaseEvent(type="case", case=found))
                last = found
            await wait(woken, CHECK_SESSION)


async def _view(here: Installation, who: Customer, case_id: CaseId) -> CaseView:
    async with here.parts.database.transaction() as tx:
        return await case_view(tx, here.parts, await case(tx, case_id, customer=who.id))
