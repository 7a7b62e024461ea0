"""To ask for a change. In setup it stands at once by one hand, and is marked so; after that two people are needed."""

from missiondesk.changes.lifecycle import (
    JSON,
    NONE,
    RIGHTS_FOR,
    AnotherChange,
    Change,
    ChangeClosed,
    Kind,
    MayNotAnswer,
    Source,
    by_whom,
    change,
    changes_open,
    close_change,
    insert_change,
)
from missiondesk.changes.matters import MATTERS
from missiondesk.changes.second import in_setup, person_of, remember_two
from missiondesk.kit.database import Transaction, lock
from missiondesk.kit.errors import Invalid, NotAllowed
from missiondesk.people import Staff, may, staff_member

LOCK = "changes"  # they are asked, answered and adopted one after the other
LONGEST_WHY = 2_000  # characters


async def propose_change(
    tx: Transaction,
    *,
    kind: Kind,
    subject: str,
    content: JSON,
    why: str,
    asked_by: Staff | Source,
    base: str | None = None,
) -> Change:
    """Ask for `content` to stand in place of what stands now; the same again is the same change.

    `base`: the version that whoever asks has seen. Raises `NotAllowed` without the right, `AnotherChange` when the
    base is not in force any more, `Invalid` for a `why` that is missing or too long, and what the matter raises.
    """
    await lock(tx, LOCK)
    right, matter = RIGHTS_FOR[kind], MATTERS[kind]
    why = _checked(why)
    if isinstance(asked_by, Staff):
        now_there = await staff_member(tx, asked_by.id)
        if now_there is None or not may(now_there, right):
            who = "supervisors and admins" if right == "set_boundary" else "admins"
            raise NotAllowed(f"Only {who} change this.")
        asked_by = now_there
    start, alone = await matter.standing(tx, subject), await in_setup(tx, right)
    if base is not None and base != start.version:
        raise AnotherChange(f"{start.version} stands now, and not {base} any more. Nothing was asked; look again.")
    by_file = isinstance(asked_by, Source) and asked_by.kind == "file"
    if not by_file:
        await matter.check(tx, subject, content)
    for one in await changes_open(tx, kind, subject):
        if (one.after, one.base) == (content, start.version) and not alone:
            return one
    made = await insert_change(tx, kind, subject, start, content, why=why, by=asked_by)
    first = by_file and kind == "policy" and start.version == NONE
    if (alone or first) and made.source != "suggestion":
        return await adopt(tx, made, by=asked_by.name, one_hand=True)
    return made


async def adopt(tx: Transaction, found: Change, *, by: str, one_hand: bool = False) -> Change:
    """Make an open change stand. Other changes of the same thing started from what stands no more."""
    if found.sealed != found.digest:
        raise AnotherChange("This change is not as it was asked for any more. Nothing was adopted; ask for it anew.")
    await remember_two(tx)
    await MATTERS[found.kind].adopt(tx, found, by)
    await remember_two(tx)
    adopted = await close_change(tx, found, "adopted", by=by, one_hand=one_hand)
    for other in await changes_open(tx, found.kind, found.subject):
        why = f"{by} adopted another change of the same thing. Ask for this anew if it is still wanted."
        await close_change(tx, other, "replaced", by=by, why=why)
    return adopted


async def withdraw_change(tx: Transaction, change_id: str, *, by: Staff) -> Change:
    """Who asked takes it back. Raises `NotFound`, `ChangeClosed`, and `MayNotAnswer` for anybody else."""
    await lock(tx, LOCK)
    found = await change(tx, change_id, lock=True)
    if found.state == "withdrawn":
        return found
    if found.state != "open":
        raise ChangeClosed(by_whom(found))
    asker = await staff_member(tx, found.asked_by_id) if found.asked_by_id else None
    if found.asked_by_id != by.id and (asker is None or person_of(asker) != person_of(by)):
        raise MayNotAnswer(f"{found.asked_by} asked for this, so only they withdraw it. You can reject it.")
    return await close_change(tx, found, "withdrawn", by=by.name)


def _checked(why: str) -> str:
    if not (why := why.strip()):
        raise Invalid("Please say why: whoever is second decides by that.")
    if len(why) > LONGEST_WHY:
        raise Invalid(f"A reason has at most {LONGEST_WHY:,} characters, and this one {len(why):,}.")
    return why
