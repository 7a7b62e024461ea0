"""Pools as rows: what goes by itself is reserved first, in one statement, and never above the cap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, DateTime, Table, Text, func, text

from missiondesk.decisions.policy import Reservation
from missiondesk.kit.database import Transaction, lock, metadata

Standing = Literal["settled", "released"]

pools = Table(
    "pools",
    metadata,
    Column("name", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("used", BigInteger, nullable=False),  # on this day: held and settled
    Column("cap", BigInteger, nullable=False),
    CheckConstraint("used >= 0 and used <= cap", name="pools_never_above_the_cap"),
)
reservations = Table(
    "reservations",
    metadata,
    Column("digest", Text, primary_key=True),  # the action's: it goes by itself once
    Column("pool", Text, primary_key=True),
    Column("day", Date, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("state", Text, nullable=False),  # held, settled or released
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
)

_WANT = """want as (select name, days, cap, amount from unnest(cast(:names as text[]), cast(:days as int[]),
    cast(:caps as bigint[]), cast(:amounts as bigint[])) as w(name, days, cap, amount))"""
_THERE = f"""with {_WANT} insert into pools (name, day, used, cap) select name, :today, 0, cap from want order by name
    on conflict do nothing"""
RESERVE = f"""with {_WANT},
    held as (select p.name, p.used from pools p join want w on w.name = p.name and p.day > :today - w.days
        order by p.name, p.day for update of p),
    fitting as (select count(*) as count from want w
        where w.amount + (select sum(used) from held where held.name = w.name) <= w.cap)
    update pools p set used = p.used + w.amount, cap = w.cap from want w
    where p.name = w.name and p.day = :today and (select count from fitting) = (select count(*) from want)
    returning p.name"""
_MADE = """insert into reservations (digest, pool, day, amount, state)
    select digest, pool, :today, amount, 'held' from unnest(cast(:digests as text[]), cast(:pools as text[]),
    cast(:amounts as bigint[])) as r(digest, pool, amount)"""
_SETTLED = "update reservations set state = 'settled' where digest = :digest and state = 'held'"
_RELEASED = """with freed as (
        update reservations set state = 'released' where digest = :digest and state = 'held'
        returning pool, day, amount),
    held as (select p.name, p.day, freed.amount from pools p join freed on p.name = freed.pool and p.day = freed.day
        order by p.name, p.day for update of p)
    update pools p set used = p.used - held.amount from held where p.name = held.name and p.day = held.day"""
_HELD = """select pool from reservations where digest = :digest and state in ('held', 'settled')"""
_OVER = f"""with {_WANT} select count(*) from want w
    where (select sum(used) from pools p where p.name = w.name and p.day > :today - w.days) > w.cap"""


@dataclass(frozen=True, slots=True)
class _Want:
    """What is wanted of one pool by all actions of a proposal together."""

    days: int
    cap: int
    amount: int


async def reserve(tx: Transaction, wanted: Sequence[Reservation], today: date) -> bool:
    """Take all of it from the pools, or nothing. Call `hold_for` in the same transaction.

    Whoever wants of the same pool at the same time waits until this transaction ends.
    """
    whole = _together(wanted)
    for name in sorted(name for name, one in whole.items() if one.days > 1):
        await lock(tx, f"pool {name}")  # at midnight two days of one pool are written: here is one after the other
    await tx.execute(text(_THERE), _of(whole, today))
    taken = await tx.execute(text(RESERVE), _of(whole, today))
    return len(taken.all()) == len(whole)


async def hold_for(tx: Transaction, wanted: Sequence[Reservation], digests: Sequence[str], today: date) -> None:
    """Write down for which action each part was taken; `digests` are those of the actions, in order."""
    await tx.execute(
        text(_MADE),
        {
            "digests": [digests[one.position] for one in wanted],
            "pools": [one.pool for one in wanted],
            "amounts": [one.amount for one in wanted],
            "today": today,
        },
    )


async def settle_reservation(tx: Transaction, digest: str, how: Standing) -> None:
    """What the action took is spent, or there again for others. Nothing, if it took nothing or that is settled."""
    await tx.execute(text(_SETTLED if how == "settled" else _RELEASED), {"digest": digest})


async def is_reserved(tx: Transaction, digest: str, wanted: Sequence[Reservation], today: date | None = None) -> bool:
    """Whether all of `wanted` is held for the action, or spent; with `today`, in pools not above their caps."""
    held = set((await tx.execute(text(_HELD), {"digest": digest})).scalars())
    if not {one.pool for one in wanted} <= held:
        return False
    return today is None or (await tx.execute(text(_OVER), _of(_together(wanted), today))).scalar_one() == 0


def _together(wanted: Sequence[Reservation]) -> dict[str, _Want]:
    whole: dict[str, _Want] = {}
    for one in wanted:
        amount = one.amount + (whole[one.pool].amount if one.pool in whole else 0)
        whole[one.pool] = _Want(one.days, one.cap, amount)
    return whole


def _of(whole: dict[str, _Want], today: date) -> dict[str, object]:
    return {
        "names": list(whole),
        "days": [one.days for one in whole.values()],
        "caps": [one.cap for one in whole.values()],
        "amounts": [one.amount for one in whole.values()],
        "today": today,
    }
