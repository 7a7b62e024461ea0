"""Accounts of staff as they change: added, given another role, closed. Each holds from the next request on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast, get_args

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from missiondesk.ids import PersonId, StaffId, random_id
from missiondesk.kit.database import Transaction, announce
from missiondesk.kit.errors import Invalid, NotFound, Refused
from missiondesk.people.passwords import hashed
from missiondesk.people.sessions import sessions
from missiondesk.people.staff import RIGHTS, Right, Role, Staff, person_at, staff, staff_in


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff, also one whose account is closed."""

    who: Staff
    active: bool
    added_at: datetime


def checked_role(role: str) -> Role:
    """Raises `Invalid`."""
    if role not in get_args(Role):
        raise Invalid(f"There is no role {role!r}: it is one of {', '.join(get_args(Role))}.")
    return cast(Role, role)


def checked_address(name: str, email: str) -> tuple[str, str]:
    """Both as they are kept. Raises `Invalid`."""
    name, email = name.strip(), email.strip().lower()
    if email.count("@") != 1 or not name or max(len(name), len(email)) > 200:
        raise Invalid("A name and an e-mail address are needed, each of at most 200 characters.")
    return name, email


async def add_account(tx: Transaction, *, name: str, email: str, role: str, password: str) -> Staff:
    """A new account, of the same person as another one with the same mailbox; `password` is its argon2 hash.

    Raises `Invalid`, or `Refused` for an address that is taken.
    """
    name, email = checked_address(name, email)
    made_id = StaffId(random_id("staff"))
    person = await person_at(tx, email) or PersonId(made_id)
    who = Staff(made_id, person, name, email, checked_role(role))
    values = {"id": made_id, "person": person, "name": name, "email": email, "role": role, "password": password}
    taken = await tx.execute(insert(staff).values(values).on_conflict_do_nothing().returning(staff.c.id))
    if taken.first() is None:
        raise Refused(f"{email} already has an account.")
    return who


async def add_staff(tx: Transaction, *, name: str, email: str, role: str, password: str) -> Staff:
    """The same with a password as somebody typed it, for whoever sets an installation up without asking anybody."""
    return await add_account(tx, name=name, email=email, role=role, password=await hashed(password))


async def change_role(tx: Transaction, staff_id: StaffId, role: Role) -> None:
    await tx.execute(update(staff).where(staff.c.id == staff_id).values(role=role))
    await announce(tx, "sessions")


async def close_account(tx: Transaction, staff_id: StaffId) -> None:
    """Nobody signs in by it any more, and whoever is signed in is not."""
    await tx.execute(update(staff).where(staff.c.id == staff_id).values(active=False))
    await tx.execute(delete(sessions).where(sessions.c.staff_id == staff_id))
    await announce(tx, "sessions")


async def account(tx: Transaction, staff_id: str) -> Account:
    """Raises `NotFound`."""
    row = (await tx.execute(select(staff).where(staff.c.id == staff_id))).first()
    if row is None:
        raise NotFound("There is no such account.")
    return _account(row)


async def account_at(tx: Transaction, email: str) -> Account | None:
    row = (await tx.execute(select(staff).where(staff.c.email == email.strip().lower()))).first()
    return _account(row) if row is not None else None


async def all_accounts(tx: Transaction) -> list[Account]:
    """All, by name; also those that are closed."""
    return [_account(row) for row in await tx.execute(select(staff).order_by(staff.c.name, staff.c.id))]


async def who_may(tx: Transaction, right: Right) -> list[Staff]:
    """All people who have this right just now."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    query = select(staff).where(staff.c.active, staff.c.role.in_(roles)).order_by(staff.c.name)
    return [_account(row).who for row in await tx.execute(query)]


def _account(row: Any) -> Account:
    return Account(staff_in(row), row.active, row.added_at)
