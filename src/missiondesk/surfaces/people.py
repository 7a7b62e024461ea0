"""Who of staff is whom: accounts, and that two of them are one person's."""

from fastapi import APIRouter

from missiondesk.people import same_person, staff_list, staff_member
from missiondesk.surfaces.doors import AReader, Here
from missiondesk.surfaces.studio import AnAdmin
from missiondesk.surfaces.studio_shapes import AccountView, OnePerson, PeoplePage, TwoAccounts

router = APIRouter(prefix="/api/studio/people", tags=["studio"])


@router.get("", operation_id="people")
async def people(who: AReader, here: Here) -> PeoplePage:
    """All accounts of staff; those of one person carry the same `person`."""
    async with here.parts.database.transaction() as tx:
        return PeoplePage(
            items=[
                AccountView(
                    id=one.id,
                    person=one.person,
                    name=one.name,
                    email=one.email,
                    role=one.role,
                    closed=await staff_member(tx, one.id) is None,
                )
                for one in await staff_list(tx)
            ]
        )


@router.post("/same", operation_id="same_person")
async def same(body: TwoAccounts, who: AnAdmin, here: Here) -> OnePerson:
    """Two accounts are one person's from now on, also for what was signed before and did not run yet.

    The answer has all addresses of that person. It cannot be taken back: it only ever asks for more people.
    """
    async with here.parts.database.transaction() as tx:
        return OnePerson(emails=await same_person(tx, body.one, body.other))
