"""Signing in: guesses are counted before they are checked, and nobody who waits holds a connection."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import ExitStack

import pytest

from missiondesk.ids import PortalId
from missiondesk.kit.database import Database
from missiondesk.kit.errors import SignedOut, TooMany
from missiondesk.people import add_staff, sign_in_customer, sign_in_staff
from missiondesk.people.passwords import fits, place
from tests.support.postgres import Cloned
from tests.support.record import rows
from tests.support.world import until

ANA = ("ana@northwind.example", "ana-clears-the-queue")


@pytest.fixture
async def people(database: Cloned) -> AsyncGenerator[Database]:
    """A database with one account."""
    people = Database(database.url)
    async with people.transaction() as tx:
        await add_staff(tx, name="Ana", email=ANA[0], role="agent", password=ANA[1])
    yield people
    await people.close()


async def test_guesses_at_the_same_time_are_all_counted(people: Database) -> None:
    guesses = [sign_in_staff(people, ANA[0], f"guess-number-{number}") for number in range(14)]
    answers = await asyncio.gather(*guesses, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["TooMany"] * 4 + ["WrongSignIn"] * 10


async def test_who_waits_for_the_check_is_counted_and_holds_no_connection(people: Database, database: Cloned) -> None:
    busy = [asyncio.create_task(fits("some password", None)) for _ in range(60)]
    ana = asyncio.create_task(sign_in_staff(people, *ANA))

    async def attempts() -> list[tuple[str]]:
        return rows(database, "select account from wrong_sign_ins")

    assert await until(attempts, bool) == [("staff:ana@northwind.example",)]
    assert not ana.done()
    held = "select count(*) from pg_stat_activity where datname = %s and state = 'idle in transaction'"
    assert rows(database, held, database.name) == [(0,)]
    _, session = await ana
    assert session.who.name == "Ana"
    assert await attempts() == [], "a right password was no wrong attempt"
    await asyncio.gather(*busy)


async def test_a_long_line_is_closed_before_any_work_is_done(people: Database, database: Cloned) -> None:
    with ExitStack() as line:
        for _ in range(20):
            line.enter_context(place())
        with pytest.raises(TooMany, match="in a moment"):
            await sign_in_staff(people, *ANA)
    assert rows(database, "select count(*) from wrong_sign_ins") == [(0,)]
    await sign_in_staff(people, *ANA)


async def test_an_unknown_account_and_a_wrong_password_are_answered_alike(people: Database) -> None:
    with pytest.raises(SignedOut) as wrong:
        await sign_in_staff(people, ANA[0], "wrong-password")
    with pytest.raises(SignedOut) as unknown:
        await sign_in_customer(people, PortalId("northwind"), ANA[0], "wrong-password")
    assert (type(wrong.value), str(wrong.value)) == (type(unknown.value), str(unknown.value))
