"""Who comes in: a session from a cookie or a bearer token, and what a browser must prove before it changes anything.

Who decides is a person who signed in (`AStaff`). Where an API key is let in as well, the route says so by `AReader` or
`AProposer`: whatever says nothing is closed to keys.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Header, Request

from missiondesk.kit.errors import NotAllowed, SignedOut
from missiondesk.people import (
    Customer,
    CustomerSession,
    KeyCannot,
    Scope,
    Session,
    Staff,
    StaffSession,
    is_key,
    key_holder,
    session_of,
)
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.shapes import Words

_SAFE = ("GET", "HEAD", "OPTIONS")


class CrossSite(NotAllowed):
    """This came from another site, so it was refused."""


def installation(request: Request) -> Installation:
    return request.app.state.installation


Here = Annotated[Installation, Depends(installation)]


def cookie_name(kind: str, *, secure: bool) -> str:
    """`__Host-` over HTTPS; plain over http, which is for loopback only."""
    return f"{'__Host-' if secure else ''}missiondesk-{kind}"


def token_of(request: Request, kind: str, here: Installation) -> str | None:
    """The bearer token, or the cookie of a page of our own. Raises `CrossSite` for a change another site asks for."""
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and bearer:
        return bearer
    token = request.cookies.get(cookie_name(kind, secure=here.secure))
    if token is not None and request.method not in _SAFE:
        _own_site(request)
    return token


def _own_site(request: Request) -> None:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise CrossSite
    elif request.headers.get("origin") not in (str(request.base_url).rstrip("/"), None):
        raise CrossSite


async def session(here: Installation, token: str | None, *, idle: bool = False) -> Session | None:
    """Who holds the token now. An `idle` look does not keep the session alive."""
    if token is None:
        return None
    async with here.parts.database.transaction() as tx:
        return await session_of(tx, token, idle=idle)


async def staff_session(request: Request, here: Here, *, idle: bool = False) -> StaffSession:
    """Somebody of staff who gave their password. Raises `SignedOut`, and `KeyCannot` for whatever key."""
    token = token_of(request, "staff", here)
    if token is not None and is_key(token):
        raise KeyCannot
    found = await session(here, token, idle=idle)
    if not isinstance(found, StaffSession):
        raise SignedOut
    return found


async def signed_in_staff(request: Request, here: Here) -> Staff:
    """Raises what `staff_session` raises."""
    return (await staff_session(request, here)).who


def through(scope: Scope) -> Callable[[Request, Installation], Awaitable[Staff]]:
    """A person who signed in, or an API key with this scope."""

    async def came_in(request: Request, here: Here) -> Staff:
        return await staff_or_key(request, here, scope)

    return came_in


async def staff_or_key(request: Request, here: Installation, scope: Scope, *, idle: bool = False) -> Staff:
    """Raises `SignedOut`, and `KeyCannot` for a key without this scope."""
    token = token_of(request, "staff", here)
    if token is None or not is_key(token):
        return (await staff_session(request, here, idle=idle)).who
    who = await key_holder(here.parts.database, token, request.client.host if request.client else None)
    if scope not in (who.scopes or ()):
        raise KeyCannot(f"This API key has not the scope {scope}. Its owner can make one that has.")
    return who


async def signed_in_customer(request: Request, here: Here) -> Customer:
    """Raises `SignedOut`."""
    found = await session(here, token_of(request, "customer", here))
    if not isinstance(found, CustomerSession):
        raise SignedOut
    return found.who


AStaff = Annotated[Staff, Depends(signed_in_staff)]
AStaffSession = Annotated[StaffSession, Depends(staff_session)]
AReader = Annotated[Staff, Depends(through("read"))]
AProposer = Annotated[Staff, Depends(through("propose"))]
ACustomer = Annotated[Customer, Depends(signed_in_customer)]
Key = Annotated[Words | None, Header(alias="Idempotency-Key", max_length=100)]
