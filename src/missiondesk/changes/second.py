"""Two people: who stands behind a change, and whether an installation still is in setup."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Column, DateTime, Table, Text, select
from sqlalchemy.dialects.postgresql import insert

from missiondesk.changes.lifecycle import RIGHTS_FOR, Answered, Change
from missiondesk.kit.database import Transaction, metadata, now
from missiondesk.people import Right, Staff, may, staff_member, who_may

PEOPLE = 2

setup_over = Table(
    "setup_over",
    metadata,
    Column("of_right", Text, primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
)


def person_of(who: Staff) -> str:
    """Who somebody is, whichever account they use: one person counts once."""
    return who.person


def persons(them: Iterable[Staff]) -> set[str]:
    return {person_of(one) for one in them}


async def in_setup(tx: Transaction, right: Right) -> bool:
    """Whether there never were two people with this right at once. Once there were, that is over for good."""
    await remember_two(tx)
    return await tx.scalar(select(setup_over.c.since).where(setup_over.c.of_right == right)) is None


async def remember_two(tx: Transaction) -> None:
    """For each right that two people have now. Call it before anybody's account is changed, and after."""
    there = set((await tx.execute(select(setup_over.c.of_right))).scalars())
    for right in sorted(set(RIGHTS_FOR.values())):
        if right not in there and len(persons(await who_may(tx, right))) >= PEOPLE:
            row = insert(setup_over).values(of_right=right, since=await now(tx))
            await tx.execute(row.on_conflict_do_nothing())


async def needed(tx: Transaction, right: Right) -> int:
    """How many different people must stand behind a change."""
    return 1 if await in_setup(tx, right) else PEOPLE


async def behind(tx: Transaction, of: Change, answers: Sequence[Answered]) -> set[str]:
    """The different people who said yes, or asked, and have the right now."""
    found = [await staff_member(tx, one.by_id) for one in answers if one.answer != "reject"]
    return persons(one for one in found if one is not None and may(one, of.right))


async def may_answer(tx: Transaction, of: Change, answers: Sequence[Answered], who: Staff) -> str | None:
    """`None`, or the sentence that says why this person cannot answer."""
    if not may(who, of.right):
        role = "a supervisor or an admin" if of.right == "set_boundary" else "an admin"
        return f"Only {role} answers this, and you are {who.role}."
    for one in answers:
        same = await staff_member(tx, one.by_id)
        if one.by_id == who.id or (same is not None and person_of(same) == person_of(who)):
            if one.answer == "asked":
                return "You asked for this, so another person must answer. You can withdraw it."
            return "You have answered this already; another person must."
    return None
