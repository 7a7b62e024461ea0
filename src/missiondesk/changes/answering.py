"""A person's answer to a change: one for each, with the digest seen. The second different person adopts it."""

from typing import Literal

from missiondesk.changes.asking import LOCK, adopt
from missiondesk.changes.lifecycle import (
    AnotherChange,
    Change,
    ChangeClosed,
    MayNotAnswer,
    answers_to,
    by_whom,
    change,
    close_change,
    insert_answer,
)
from missiondesk.changes.matters import MATTERS
from missiondesk.changes.second import behind, may_answer, needed
from missiondesk.ids import ChangeId
from missiondesk.kit.database import Transaction, lock
from missiondesk.kit.errors import Invalid, SignedOut
from missiondesk.people import Staff, staff_member

ChangeAnswer = Literal["approve", "reject"]
LONGEST_NOTE = 2_000  # characters


async def answer_change(
    tx: Transaction, change_id: str, answer: ChangeAnswer, *, by: Staff, seen: str, note: str = ""
) -> Change:
    """The change as it stands after this answer; one rejection closes it.

    It comes back `replaced`, and nothing was adopted, when what it started from is not in force any more: commit
    that, and then tell. The same answer by the same person again changes nothing.

    Raises `NotFound`, `ChangeClosed` saying who did what, `AnotherChange`, `MayNotAnswer`, `Invalid` for a rejection
    without a note, and what the matter raises for what must not stand any more.
    """
    note = note.strip()
    if answer == "reject" and not note:
        raise Invalid("A rejection needs a reason: who asked goes on from it.")
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"A note has at most {LONGEST_NOTE:,} characters, and this one {len(note):,}.")
    await lock(tx, LOCK)
    found, answers = await change(tx, change_id, lock=True), await answers_to(tx, ChangeId(change_id))
    if any((one.by_id, one.answer, one.seen) == (by.id, answer, seen) for one in answers):
        return found
    if found.state != "open":
        raise ChangeClosed(by_whom(found))
    who = await staff_member(tx, by.id)  # a role can have been taken a second ago
    if who is None:
        raise SignedOut
    if (why := await may_answer(tx, found, answers, who)) is not None:
        raise MayNotAnswer(why)
    if seen != found.digest:
        raise AnotherChange
    await insert_answer(tx, found, answer, who, seen, note or None)
    if answer == "reject":
        return await close_change(tx, found, "rejected", by=who.name, why=note)
    return await _adopted_if_enough(tx, found, who)


async def _adopted_if_enough(tx: Transaction, found: Change, last: Staff) -> Change:
    """Everybody who counts has the right at this moment."""
    matter = MATTERS[found.kind]
    start = await matter.standing(tx, found.subject)
    if start.version != found.base:
        why = f"It started from {found.base}, and {start.version} stands by now. Ask for it anew if it is still wanted."
        return await close_change(tx, found, "replaced", by=last.name, why=why)
    answers, enough = await answers_to(tx, found.id), await needed(tx, found.right)
    if len(await behind(tx, found, answers)) < enough:
        return found
    await matter.check(tx, found.subject, found.after)
    names = [one.by_name for one in answers if one.answer != "reject"]
    return await adopt(tx, found, by=" and ".join(dict.fromkeys(names)), one_hand=enough == 1)
