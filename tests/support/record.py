"""The record as a database administrator has it: rows read past the program, and changed behind its back."""

from typing import Any

import psycopg
from psycopg import sql

from tests.support.postgres import Cloned


def rows(database: Cloned, query: str, *values: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(database.owner_url) as connection:
        return connection.execute(query.encode(), values).fetchall()


def by_hand(database: Cloned, statement: str, *values: object) -> int:
    """As superuser; the number of rows changed."""
    with psycopg.connect(database.owner_url) as connection:
        return connection.execute(statement.encode(), values).rowcount


def untriggered(database: Cloned, *statements: str) -> None:
    """As somebody who is superuser and has switched the triggers off: the trace's last line of defence is its seal."""
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(sql.SQL("set session_replication_role = replica"))
        for statement in statements:
            assert connection.execute(statement.encode()).rowcount > 0, f"nothing was changed by {statement}"
