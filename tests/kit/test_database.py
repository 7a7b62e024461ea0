"""The database: what an operator reads when it cannot be used."""

import pytest

from missiondesk.kit.database import Database, check_version
from missiondesk.kit.errors import Misconfigured


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
