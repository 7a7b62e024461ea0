"""Accounts as a matter of changes: one is added, gets another role, or is closed.

A new account's password is in the change only as its argon2 hash, and never shown.
"""

from missiondesk.changes.lifecycle import JSON, NONE, RIGHTS_FOR, Change, Standing
from missiondesk.changes.second import PEOPLE, in_setup, persons
from missiondesk.ids import StaffId
from missiondesk.kit.canonical import digest
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import Refused
from missiondesk.people import (
    RIGHTS,
    Account,
    Role,
    account,
    account_at,
    add_account,
    change_role,
    checked_address,
    checked_role,
    close_account,
    hashed,
    who_may,
)


async def new_account(*, name: str, email: str, role: str, password: str) -> tuple[str, JSON]:
    """Subject and content of an account to add. Holds no connection: a password costs time. Raises `Invalid`."""
    name, email = checked_address(name, email)
    return email, {
        "do": "add",
        "name": name,
        "email": email,
        "role": checked_role(role),
        "password": await hashed(password),
    }


async def standing(tx: Transaction, subject: str) -> Standing:
    found = await account_at(tx, subject) if "@" in subject else await account(tx, subject)
    if found is None:
        return Standing(NONE, None)
    told: JSON = {"name": found.who.name, "email": found.who.email, "role": found.who.role, "active": found.active}
    return Standing(digest(told)[:12], told)


async def check(tx: Transaction, subject: str, content: JSON) -> None:
    if content["do"] == "add":
        if await account_at(tx, subject) is not None:
            raise Refused(f"{subject} already has an account.")
        return
    found = await account(tx, subject)
    role = checked_role(content["role"]) if content["do"] == "role" else None
    if not found.active:
        raise Refused(f"The account of {found.who.name} is closed. Add a new one instead.")
    if role == found.who.role:
        raise Refused(f"{found.who.name} is {role} already: nothing would change.")
    await _enough_stay(tx, found, role)


async def adopt(tx: Transaction, adopted: Change, by: str) -> None:
    match adopted.after:
        case {"do": "add", **told}:
            await add_account(tx, **told)
        case {"do": "role", "role": role}:
            await change_role(tx, StaffId(adopted.subject), role)
        case _:
            await close_account(tx, StaffId(adopted.subject))


async def _enough_stay(tx: Transaction, of: Account, role: Role | None) -> None:
    """Raises `Refused` where too few would be left for any further change: nobody could ever mend that."""
    for right in sorted(set(RIGHTS_FOR.values())):
        if right not in RIGHTS[of.who.role] or (role is not None and right in RIGHTS[role]):
            continue
        left = len(persons(one for one in await who_may(tx, right) if one.id != of.who.id))
        least = 1 if await in_setup(tx, right) else PEOPLE
        if left < least:
            who = "admins" if right == "configure" else "supervisors or admins"
            raise Refused(f"Only {left} {who} would be left, and changes need {least}. Add somebody else first.")
