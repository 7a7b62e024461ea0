"""Whole SQL files, run as they stand."""

from pathlib import Path

from psycopg import Connection
from sqlalchemy.engine import Connection as Bind


def run_sql(bind: Bind, path: Path) -> None:
    """Run all statements of a file in the migration's transaction. A `%` in it is only a `%`."""
    raw = bind.connection.driver_connection
    assert isinstance(raw, Connection)
    raw.execute(path.read_bytes())
