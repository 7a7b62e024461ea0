"""Signing in and out, for browsers (a cookie) and for programs (the token in the answer)."""

from typing import Literal

from fastapi import APIRouter, Request, Response

from missiondesk.decisions import STEP_UP
from missiondesk.ids import PortalId
from missiondesk.kit.errors import NotFound
from missiondesk.people import StaffSession, sign_in_customer, sign_in_staff, sign_out, step_up
from missiondesk.surfaces.doors import AStaffSession, Here, cookie_name, token_of
from missiondesk.surfaces.shapes import SignedIn, SignIn, SteppedUp, StepUp

router = APIRouter(prefix="/api/sessions", tags=["sessions"])


@router.post("", status_code=201, operation_id="sign_in")
async def sign_in(body: SignIn, response: Response, here: Here) -> SignedIn:
    """Sign in: staff without a portal, customers with theirs."""
    if body.portal is not None and body.portal not in here.parts.portals:
        raise NotFound("There is no such portal.")
    database = here.parts.database
    if body.portal is None:
        token, session = await sign_in_staff(database, body.email, body.password)
    else:
        token, session = await sign_in_customer(database, PortalId(body.portal), body.email, body.password)
    kind = "staff" if isinstance(session, StaffSession) else "customer"
    response.set_cookie(
        cookie_name(kind, secure=here.secure), token, httponly=True, secure=here.secure, samesite="lax", path="/"
    )
    return SignedIn(
        token=token,
        kind=kind,
        id=session.who.id,
        name=session.who.name,
        role=session.who.role if isinstance(session, StaffSession) else None,
        portal=body.portal,
        expires_at=session.expires_at,
    )


@router.post("/step-up", operation_id="step_up")
async def step_up_again(body: StepUp, session: AStaffSession, request: Request, here: Here) -> SteppedUp:
    """Staff give their password again in this session; what the policy asks it for can be approved for five minutes.

    403 `wrong_password`; 429 after ten wrong ones, as at the sign-in.
    """
    token = token_of(request, "staff", here)
    assert token is not None, "a session came by it"
    at = await step_up(here.parts.database, token, body.password)
    return SteppedUp(until=at + STEP_UP)


@router.delete("", status_code=204, operation_id="sign_out")
async def leave(request: Request, response: Response, here: Here, kind: Literal["customer", "staff"] = "staff") -> None:
    """End this session; its streams end too."""
    token = token_of(request, kind, here)
    if token is not None:
        async with here.parts.database.transaction() as tx:
            await sign_out(tx, token)
    response.delete_cookie(cookie_name(kind, secure=here.secure), path="/", secure=here.secure, httponly=True)
