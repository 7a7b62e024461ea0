"""Who looks at a thing that waits: claimed for a while, given to somebody, put aside until later.

None of it decides anything: who may sign is the ruling's business, and whoever may sign can always do so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Column, DateTime, Table, Text, delete, select
from sqlalchemy.dialects.postgresql import insert

from missiondesk.ids import StaffId
from missiondesk.kit.database import Transaction, announce, lock, metadata, now
from missiondesk.kit.errors import Invalid, NotAllowed, Refused
from missiondesk.people import Role, Staff, may

CLAIM = timedelta(minutes=5)  # the Desk renews it while the card is open
LONGEST_ASIDE = timedelta(days=14)
LONGEST_NOTE = 500  # characters

attention = Table(
    "attention",
    metadata,
    Column("item", Text, primary_key=True),  # a proposal's id, a mission's, or a connection's
    Column("claimed_by", Text),
    Column("claimed_name", Text),
    Column("claimed_until", DateTime(timezone=True)),
    Column("given_to", Text),
    Column("given_role", Text),
    Column("given_name", Text),
    Column("given_by", Text),
    Column("note", Text),
    Column("late_at", DateTime(timezone=True)),  # when its service level was over, and it was given to supervisors
    Column("aside_until", DateTime(timezone=True)),
    Column("aside_by", Text),
)


class Claimed(Refused):
    """Somebody else reads this just now."""


@dataclass(frozen=True, slots=True)
class Attention:
    """`claimed_*` is empty once the claim is over; `given_to` or `given_role` says whose it is."""

    item: str
    claimed_by: StaffId | None = None
    claimed_name: str | None = None
    claimed_until: datetime | None = None
    given_to: StaffId | None = None
    given_role: Role | None = None
    given_name: str | None = None
    given_by: str | None = None
    note: str | None = None
    late_at: datetime | None = None
    aside_until: datetime | None = None
    aside_by: str | None = None


async def attention_on(tx: Transaction, item: str) -> Attention:
    row = (await tx.execute(select(attention).where(attention.c.item == item))).first()
    return attention_in(row, await now(tx)) if row else Attention(item)


async def claim(tx: Transaction, item: str, by: Staff, *, although: bool = False) -> Attention:
    """Say that one reads it now, for five minutes; again, to go on. `although` another does: it is theirs no more.

    Raises `Claimed` with who and until when, `NotAllowed` for who decides nothing.
    """
    _may(by)
    await lock(tx, f"attention:{item}")
    found, at = await attention_on(tx, item), await now(tx)
    if found.claimed_by not in (None, by.id) and not although:
        assert found.claimed_until is not None
        left = max(1, round((found.claimed_until - at).total_seconds() / 60))
        raise Claimed(
            f"{found.claimed_name} reads this just now (for {left} more {'minute' if left == 1 else 'minutes'}, unless "
            "they go on). Take the next one, or take it over if you know that they left."
        )
    return await _set(tx, item, claimed_by=by.id, claimed_name=by.name, claimed_until=at + CLAIM)


async def release(tx: Transaction, item: str, by: Staff) -> Attention:
    """Nobody reads it now. Another's claim is left as it is."""
    await lock(tx, f"attention:{item}")
    found = await attention_on(tx, item)
    if found.claimed_by != by.id:
        return found
    return await _set(tx, item, claimed_by=None, claimed_name=None, claimed_until=None)


async def give(
    tx: Transaction, item: str, to: Staff | Literal["supervisor"] | None, *, by: Staff, note: str
) -> Attention:
    """It is for somebody, for the supervisors, or for everybody again; an own claim ends with that.

    Raises `NotAllowed` for who decides nothing, `Invalid` for a person who could not decide, or a note too long.
    """
    _may(by)
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"A note has at most {LONGEST_NOTE} characters, and this one {len(note)}. Please shorten it.")
    if isinstance(to, Staff) and not may(to, "decide"):
        raise Invalid(f"{to.name} is {to.role} and decides nothing: choose an agent or a supervisor.")
    await lock(tx, f"attention:{item}")
    whose: dict[str, Any] = {"given_to": None, "given_role": None, "given_name": None}
    if isinstance(to, Staff):
        whose = {"given_to": to.id, "given_role": None, "given_name": to.name}
    elif to is not None:
        whose = {"given_to": None, "given_role": to, "given_name": "supervisors"}
    found = await attention_on(tx, item)
    over = {"claimed_by": None, "claimed_name": None, "claimed_until": None} if found.claimed_by == by.id else {}
    return await _set(tx, item, **whose, **over, given_by=by.name, note=note or None)


async def put_aside(tx: Transaction, item: str, until: datetime | None, *, by: Staff) -> Attention:
    """It is not shown until then; `None`: it is shown again. Its service level goes on, and brings it back.

    Raises `NotAllowed` for who decides nothing, `Invalid` for a time in the past or too far away.
    """
    _may(by)
    at = await now(tx)
    if until is not None and not at < until <= at + LONGEST_ASIDE:
        raise Invalid(f"Choose a time between now and {LONGEST_ASIDE.days} days from now.")
    await lock(tx, f"attention:{item}")
    return await _set(tx, item, aside_until=until, aside_by=by.name if until else None)


async def leave(tx: Transaction, item: str) -> None:
    """It waits no longer, so nobody need look."""
    await tx.execute(delete(attention).where(attention.c.item == item))


def _may(by: Staff) -> None:
    if not may(by, "decide"):
        raise NotAllowed(f"Your role ({by.role}) looks, but does not decide.")


async def _set(tx: Transaction, item: str, **values: Any) -> Attention:
    query = insert(attention).values(item=item, **values).on_conflict_do_update(index_elements=["item"], set_=values)
    row = (await tx.execute(query.returning(attention))).one()
    await announce(tx, "queue")
    return attention_in(row, await now(tx))


def attention_in(row: Sequence[Any], at: datetime) -> Attention:
    """What a row of the table says `at` that time: a claim that is over is none."""
    found = Attention(*row)
    if found.claimed_until is not None and found.claimed_until <= at:
        return replace(found, claimed_by=None, claimed_name=None, claimed_until=None)
    return found
