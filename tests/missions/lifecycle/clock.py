"""The database's clock is the only one. This database has its own: it can be put forward."""

from datetime import timedelta

from sqlalchemy import text

from missiondesk.kit.database import Transaction
from tests.support.postgres import Cloned
from tests.support.record import by_hand

_OWN = """
create schema clock;
create table clock.ahead (by interval not null);
insert into clock.ahead values ('0');
create function clock.clock_timestamp() returns timestamptz language sql volatile
    as 'select pg_catalog.clock_timestamp() + (select by from clock.ahead)';
grant usage on schema clock to public;
grant select, update on clock.ahead to public;
"""


def gets_own_clock(record: Cloned) -> None:
    """From the next connection on, what asks this database for the time is told the clock's."""
    for statement in _OWN.split(";\n"):
        if statement.strip():
            by_hand(record, statement)
    by_hand(record, f"alter database {record.name} set search_path = clock, pg_catalog, public")


async def put_forward(tx: Transaction, by: timedelta) -> None:
    await tx.execute(text("update clock.ahead set by = by + :by"), {"by": by})
