"""The Studio's people: their roles, and changes of them. Out of setup each waits for a second admin."""

from fastapi import APIRouter

from missiondesk.changes import changes_open, in_setup, new_account, propose_change
from missiondesk.ids import StaffId
from missiondesk.kit.errors import NotAllowed
from missiondesk.people import Staff, account, all_accounts, may, same_person
from missiondesk.surfaces.change_shapes import ChangeCard, NewPerson, NewRole, PeoplePage, PersonRow
from missiondesk.surfaces.change_view import change_card
from missiondesk.surfaces.doors import AReader, AStaff, Here
from missiondesk.surfaces.ids import AStaffMember
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.shapes import Words
from missiondesk.surfaces.studio import AnAdmin
from missiondesk.surfaces.studio_shapes import OnePerson, TwoAccounts

router = APIRouter(prefix="/api/studio/people", tags=["studio"])


@router.get("", operation_id="people")
async def people(who: AReader, here: Here) -> PeoplePage:
    """All accounts of staff, also closed ones."""
    async with here.parts.database.transaction() as tx:
        waiting = {one.subject: one.id for one in await changes_open(tx, "role")}
        items = [
            PersonRow(
                id=one.who.id,
                person=one.who.person,
                name=one.who.name,
                email=one.who.email,
                role=one.who.role,
                active=one.active,
                added_at=one.added_at,
                waiting=waiting.get(one.who.id),
            )
            for one in await all_accounts(tx)
        ]
        return PeoplePage(items=items, may_change=may(who, "configure"), setup=await in_setup(tx, "configure"))


@router.post("", status_code=201, operation_id="add_person")
async def add(body: NewPerson, who: AStaff, here: Here) -> ChangeCard:
    """Add an account; look at the change's state: in setup it is adopted, after that it waits."""
    if not may(who, "configure"):
        raise NotAllowed("Only admins add people.")  # before a password is hashed for them
    told = {"name": body.name, "email": body.email, "role": body.role, "password": body.password}
    subject, content = await new_account(**told)
    return await _asked(here, who, subject, content, body.why or f"{body.name} is to be {body.role}.")


@router.post("/same", operation_id="same_person")
async def same(body: TwoAccounts, who: AnAdmin, here: Here) -> OnePerson:
    """Two accounts are one person's from now on, also for what was signed before and did not run yet.

    The answer has all addresses of that person. It cannot be taken back: it only ever asks for more people.
    """
    async with here.parts.database.transaction() as tx:
        return OnePerson(emails=await same_person(tx, body.one, body.other))


@router.put("/{staff_id}/role", operation_id="change_role")
async def change_role(staff_id: AStaffMember, body: NewRole, who: AStaff, here: Here) -> ChangeCard:
    """Give somebody another role; it holds from their next request on, once the change is adopted."""
    name = await _name(here, staff_id)
    content = {"do": "role", "role": body.role}
    return await _asked(here, who, staff_id, content, body.why or f"{name} is to be {body.role}.")


@router.delete("/{staff_id}", operation_id="close_account")
async def close(staff_id: AStaffMember, who: AStaff, here: Here, why: Words | None = None) -> ChangeCard:
    """Close an account: nobody signs in by it any more, and who is signed in is not, once the change is adopted."""
    name = await _name(here, staff_id)
    return await _asked(here, who, staff_id, {"do": "close"}, why or f"The account of {name} is not needed any more.")


async def _name(here: Installation, staff_id: StaffId) -> str:
    async with here.parts.database.transaction() as tx:
        return (await account(tx, staff_id)).who.name


async def _asked(here: Installation, who: Staff, subject: str, content: dict[str, str], why: str) -> ChangeCard:
    async with here.parts.database.transaction() as tx:
        made = await propose_change(tx, kind="role", subject=subject, content=content, why=why, asked_by=who)
        return await change_card(tx, who, made.id)
