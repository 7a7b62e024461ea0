"""Sessions live on the server: a random token outside, its SHA-256 here, ended by idleness, by age or by hand."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, DateTime, Select, Table, Text, delete, insert, select, update

from missiondesk.ids import CustomerId, PortalId, StaffId
from missiondesk.kit.database import Database, Transaction, announce, metadata, now
from missiondesk.kit.errors import NotAllowed, SignedOut
from missiondesk.people.attempts import Attempt, attempt, was_right
from missiondesk.people.customers import Customer, customer, customers
from missiondesk.people.passwords import fits, place
from missiondesk.people.staff import Staff, staff, staff_in, staff_member

_LONGEST = timedelta(hours=12)
_IDLE = timedelta(minutes=30)
_CUSTOMER_IDLE = timedelta(hours=12)
_SEEN_AGAIN = timedelta(seconds=30)  # how often a session in use is written

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("staff_id", Text),
    Column("customer_id", Text),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("stepped_up_at", DateTime(timezone=True)),  # when they gave their password again
)


@dataclass(frozen=True, slots=True)
class StaffSession:
    """`stepped_up_at`: when they gave their password again in this session, the last time."""

    who: Staff
    expires_at: datetime
    stepped_up_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CustomerSession:
    who: Customer
    expires_at: datetime


Session = StaffSession | CustomerSession


class WrongSignIn(SignedOut):
    """That e-mail address and password do not fit together."""


class WrongPassword(NotAllowed):
    """That is not your password. Please type it again."""


async def sign_in_staff(database: Database, email: str, password: str) -> tuple[str, StaffSession]:
    """A token and its session. Holds no connection while the password is checked. Raises `WrongSignIn`, `TooMany`."""
    email = email.strip().lower()
    query = select(staff).where(staff.c.email == email, staff.c.active)
    row, tried = await _let_in(database, f"staff:{email}", query, password)
    async with database.transaction() as tx:
        token, expires_at = await _begin(tx, tried, staff_id=row.id)
    return token, StaffSession(staff_in(row), expires_at)


async def sign_in_customer(
    database: Database, portal_id: PortalId, email: str, password: str
) -> tuple[str, CustomerSession]:
    """Like `sign_in_staff`, for a customer of one portal."""
    email = email.strip().lower()
    query = select(customers).where(customers.c.portal_id == portal_id, customers.c.email == email)
    row, tried = await _let_in(database, f"{portal_id}:{email}", query, password)
    async with database.transaction() as tx:
        token, expires_at = await _begin(tx, tried, customer_id=row.id)
    return token, CustomerSession(Customer(row.id, row.portal_id, row.name, row.email), expires_at)


async def session_of(tx: Transaction, token: str, *, idle: bool = False) -> Session | None:
    """Who holds this token, or `None` when it is unknown, idle for too long, too old or ended.

    An `idle` look, such as an open stream's, does not count as use.
    """
    instant = await now(tx)
    mine = sessions.c.token_hash == _hash(token)
    row = (await tx.execute(select(sessions).where(mine))).first()
    if row is None or row.begun_at < instant - _LONGEST:
        return None
    if row.seen_at < instant - (_IDLE if row.staff_id else _CUSTOMER_IDLE):
        return None
    if not idle and row.seen_at < instant - _SEEN_AGAIN:
        await tx.execute(update(sessions).where(mine).values(seen_at=instant))
    expires_at = row.begun_at + _LONGEST
    if row.customer_id:
        return CustomerSession(await customer(tx, CustomerId(row.customer_id)), expires_at)
    who = await staff_member(tx, StaffId(row.staff_id))
    return StaffSession(who, expires_at, row.stepped_up_at) if who else None


async def step_up(database: Database, token: str, password: str) -> datetime:
    """Somebody of staff gives their password again in their session; when. Wrong ones count as at the sign-in.

    Raises `SignedOut`, `WrongPassword`, `TooMany`.
    """
    async with database.transaction() as tx:
        found = await session_of(tx, token)
    if not isinstance(found, StaffSession):
        raise SignedOut
    query = select(staff).where(staff.c.id == found.who.id, staff.c.active)
    try:
        _, tried = await _let_in(database, f"staff:{found.who.email}", query, password)
    except WrongSignIn:
        raise WrongPassword from None
    async with database.transaction() as tx:
        await was_right(tx, tried)
        at = await now(tx)
        await tx.execute(update(sessions).where(sessions.c.token_hash == _hash(token)).values(stepped_up_at=at))
    return at


async def sign_out(tx: Transaction, token: str) -> None:
    """End a session; its live streams are closed."""
    await tx.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))
    await announce(tx, "sessions")


async def _let_in(database: Database, account: str, query: Select[Any], password: str) -> tuple[Any, Attempt]:
    """The account's row, if the password is right. An attempt counts as wrong until it has proved right."""
    with place():
        async with database.transaction() as tx:
            tried = await attempt(tx, account)
            row = (await tx.execute(query)).first()
        if not await fits(password, row.password if row else None):
            raise WrongSignIn
    return row, tried


async def _begin(tx: Transaction, tried: Attempt, **who: str) -> tuple[str, datetime]:
    await was_right(tx, tried)
    token, begun_at = secrets.token_urlsafe(32), await now(tx)
    await tx.execute(insert(sessions).values(token_hash=_hash(token), begun_at=begun_at, seen_at=begun_at, **who))
    await tx.execute(delete(sessions).where(sessions.c.begun_at < begun_at - _LONGEST))
    return token, begun_at + _LONGEST


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
