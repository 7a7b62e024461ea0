"""Pools: sixteen who want of the same one at the same time never get more than its cap."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from missiondesk.decisions import reserve, settle_reservation
from missiondesk.decisions.policy import Reservation
from missiondesk.decisions.reserving import hold_for
from missiondesk.kit.database import Database, Transaction
from tests.promises import promise
from tests.support.postgres import Cloned
from tests.support.record import rows

TODAY = date(2026, 11, 23)
WORKERS, EACH = 16, 12
DAY, MONTH = "goodwill/day EUR", "goodwill/customer/30d EUR of customer-1"
Take = Callable[[Transaction, Sequence[Reservation], date], Awaitable[bool]]


def wanted(amount: int, *, day: int = 10_000, month: int | None = 100_000) -> list[Reservation]:
    """One action that takes `amount` of a pool for the day and one for the month, with these caps."""
    both = [Reservation(DAY, 1, day, amount, 0), Reservation(MONTH, 30, month or 0, amount, 0)]
    return both if month is not None else both[:1]


async def take(database: Database, wants: Sequence[Reservation], digest: str, today: date = TODAY) -> bool:
    async with database.transaction() as tx:
        taken = await reserve(tx, wants, today)
        if taken:
            await hold_for(tx, wants, [digest], today)
        return taken


def used(database: Cloned) -> dict[str, int]:
    return {name: int(total) for name, total in rows(database, "select name, sum(used) from pools group by name")}


async def reads_then_writes(tx: Transaction, wants: Sequence[Reservation], today: date) -> bool:
    """The same, broken on purpose: it looks whether there is room, and then takes it."""
    for one in wants:
        there = "insert into pools values (:name, :day, 0, 1000000) on conflict do nothing"
        await tx.execute(text(there), {"name": one.pool, "day": today})
    for one in wants:
        query = text("select used from pools where name = :name and day = :day")
        if (await tx.execute(query, {"name": one.pool, "day": today})).scalar_one() + one.amount > one.cap:
            return False
    await asyncio.sleep(0)
    for one in wants:
        more = text("update pools set used = used + :amount where name = :name and day = :day")
        await tx.execute(more, {"name": one.pool, "day": today, "amount": one.amount})
    return True


async def race(database: Cloned, taking: Take, month: int | None = None) -> tuple[int, int]:
    """(what all together were let, what the pool says): each of sixteen connections wants 7.00 of 100.00, often."""
    of = Database(database.url, pool=WORKERS)

    async def worker() -> int:
        let = 0
        for _ in range(EACH):
            async with of.transaction() as tx:
                let += 700 * await taking(tx, wanted(700, month=month), TODAY)
        return let

    try:
        let = sum(await asyncio.gather(*(worker() for _ in range(WORKERS))))
    finally:
        await of.close()
    return let, max(used(database).values())


@promise("decisions.a-cap-is-a-cap")
@pytest.mark.parametrize("month", [None, 10_000], ids=["of a day", "of a day and a month"])
async def test_sixteen_who_race_never_get_more_than_the_cap(month: int | None, database: Cloned) -> None:
    assert await race(database, reserve, month) == (9_800, 9_800)


async def test_whoever_reads_before_writing_is_caught_by_the_same_race(database: Cloned) -> None:
    let, _ = await race(database, reads_then_writes)
    assert let > 10_000


async def test_the_table_itself_refuses_more_than_the_cap(database: Cloned) -> None:
    with pytest.raises(Exception, match="pools_never_above_the_cap"):
        rows(database, "insert into pools values ('p', '2026-11-23', 101, 100) returning 1")


@pytest.fixture
async def here(database: Cloned) -> AsyncGenerator[Database]:
    there = Database(database.url)
    yield there
    await there.close()


async def test_it_takes_of_all_pools_or_of_none(here: Database, database: Cloned) -> None:
    assert await take(here, wanted(700), "a")
    assert not await take(here, wanted(700, month=1_000), "b")
    assert used(database) == {DAY: 700, MONTH: 700}


async def test_a_month_is_today_and_the_days_before(here: Database, database: Cloned) -> None:
    long_ago, yesterday = TODAY - timedelta(days=31), TODAY - timedelta(days=1)
    for digest, day in (("old", long_ago), ("new", yesterday)):
        assert await take(here, wanted(600, month=1_000), digest, day)
    assert not await take(here, wanted(401, month=1_000), "c")
    assert await take(here, wanted(400, month=1_000), "c")
    assert used(database) == {DAY: 1_600, MONTH: 1_600}


async def test_several_actions_of_one_proposal_are_counted_together(here: Database) -> None:
    both = [Reservation(DAY, 1, 1_000, 600, 0), Reservation(DAY, 1, 1_000, 600, 1)]
    async with here.transaction() as tx:
        assert not await reserve(tx, both, TODAY)
        assert await reserve(tx, [both[0]], TODAY)


async def test_what_came_to_nothing_is_there_again_once(here: Database, database: Cloned) -> None:
    for digest in ("a", "b"):
        assert await take(here, wanted(700), digest)
    async with here.transaction() as tx:
        for _ in range(2):
            await settle_reservation(tx, "a", "released")
        await settle_reservation(tx, "b", "settled")
        await settle_reservation(tx, "b", "released")
    assert used(database) == {DAY: 700, MONTH: 700}
    assert rows(database, "select digest, state from reservations where pool = %s order by 1", DAY) == [
        ("a", "released"),
        ("b", "settled"),
    ]


async def test_a_lower_cap_holds_for_whoever_comes_next(here: Database, database: Cloned) -> None:
    assert await take(here, wanted(700, month=None), "a")
    assert not await take(here, wanted(1, day=700, month=None), "b")
    assert not await take(here, wanted(1, day=0, month=None), "b")
    assert await take(here, wanted(1, day=701, month=None), "b")
