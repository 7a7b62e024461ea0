"""The migrated database has the shape that the code expects, and the program has no more rights than it needs."""

from typing import LiteralString

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

import missiondesk.app  # pyright: ignore[reportUnusedImport]
import missiondesk.workers.model_worker  # noqa: F401  # pyright: ignore[reportUnusedImport]
from missiondesk.kit.database import metadata
from missiondesk.migrations import upgrade
from tests.promises import promise
from tests.support.postgres import Cloned


def test_migrations_and_tables_say_the_same(database: Cloned) -> None:
    engine = create_engine(database.owner_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    assert [one for one in differences if "procrastinate" not in str(one) and "alembic_version" not in str(one)] == []


def test_migrating_twice_changes_nothing(database: Cloned) -> None:
    upgrade(database.owner_url)
    upgrade(database.owner_url)


@promise("trace.append-only")
@pytest.mark.parametrize(
    "statement", ["update observations set kind = 'x'", "delete from observations", "truncate observations"]
)
def test_the_trace_only_grows(database: Cloned, statement: LiteralString) -> None:
    with psycopg.connect(database.url) as program, pytest.raises(psycopg.errors.InsufficientPrivilege):
        program.execute(statement)
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("insert into observations values ('m', 1, 'seen', now(), null, '{}', '', '')")
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            owner.execute(statement)
