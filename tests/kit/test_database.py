"""The database: what an operator reads when it cannot be used."""

import asyncio
import time

import pytest

from missiondesk.kit.database import A_MOMENT, Database, check_version, now
from missiondesk.kit.errors import Misconfigured
from tests.support.postgres import Cloned
from tests.support.record import by_hand


async def test_a_database_that_does_not_answer_says_what_to_do() -> None:
    database = Database("postgresql://nobody@127.0.0.1:9/nothing")
    with pytest.raises(Misconfigured, match=r"does not answer.*Check DATABASE_URL"):
        await database.check()
    await database.close()


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(Misconfigured, match="PostgreSQL only"):
        Database("mysql://localhost/missiondesk")


def test_an_old_postgresql_is_refused_by_name() -> None:
    with pytest.raises(Misconfigured, match=r"PostgreSQL 14\.5 is too old"):
        check_version(140005)
    check_version(160000)


async def test_connections_that_broke_while_nobody_used_them_are_replaced(database: Cloned) -> None:
    ours = Database(database.url)
    async with ours.transaction(), ours.transaction():
        pass  # two are in the pool now
    began = time.monotonic()
    others = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = %s and usename = %s"
    by_hand(database, others, database.name, "missiondesk_app")
    await asyncio.sleep(A_MOMENT - (time.monotonic() - began) + 0.05)
    for _ in range(2):
        async with ours.transaction() as tx:
            await now(tx)
    await ours.close()
