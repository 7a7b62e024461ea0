"""One person, however many accounts: whoever counts people counts these."""

from collections.abc import Mapping

from sqlalchemy import select, update

from missiondesk.ids import PersonId, StaffId
from missiondesk.kit.database import Transaction, announce, lock
from missiondesk.kit.errors import Invalid, NotFound
from missiondesk.people.staff import staff


async def same_person(tx: Transaction, one: str, other: str) -> list[str]:
    """Two accounts, by their addresses, are one person's from now on; all addresses of that person.

    Raises `NotFound` for an address that nobody has, `Invalid` for the same twice.
    """
    await lock(tx, "persons")
    first, second = [await _person_of(tx, email) for email in (one, other)]
    if one.strip().lower() == other.strip().lower():
        raise Invalid("That is one account. Name the two that are one person's.")
    await tx.execute(update(staff).where(staff.c.person == second).values(person=first))
    await announce(tx, "queue")  # whose signatures count may be others now
    return list(
        (await tx.execute(select(staff.c.email).where(staff.c.person == first).order_by(staff.c.email))).scalars()
    )


async def further_accounts(tx: Transaction) -> Mapping[StaffId, PersonId]:
    """Each account that does not stand for a person of its own, closed ones too, with whose it is."""
    rows = await tx.execute(select(staff.c.id, staff.c.person).where(staff.c.person != staff.c.id))
    return {row.id: row.person for row in rows}


async def _person_of(tx: Transaction, email: str) -> PersonId:
    found = await tx.scalar(select(staff.c.person).where(staff.c.email == email.strip().lower()))
    if found is None:
        raise NotFound(f"Nobody of staff has the address {email}. missiondesk people list shows them.")
    return PersonId(found)
