"""The three database files: their tables, and how they are made so that nobody ever meets half a one."""

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from missiondesk_demo.systems import System
from missiondesk_demo.systems.seed.past import past
from missiondesk_demo.systems.seed.tables import TABLES, fill_billing, fill_crm, fill_shop

_FILL: dict[System, Callable[..., None]] = {"shop": fill_shop, "billing": fill_billing, "crm": fill_crm}


class NotWritable(Exception):
    """The folder or a file in it cannot be used; the message says which and why."""


def file_of(system: System, home: Path) -> Path:
    """Where a system keeps its records."""
    return home.resolve() / f"{system}.db"


def seed_missing(system: System, home: Path) -> Path:
    """The system's file, made if it is missing. Two starters at once get one file. Raises `NotWritable`."""
    file = file_of(system, home)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _make_beside(system, file)
        if not os.access(file, os.W_OK):
            raise PermissionError("permission denied")
    except OSError as error:
        raise NotWritable(f"cannot write {file}: {error.strerror or error}") from error
    return file


def reset(system: System, home: Path) -> Path:
    """Put the system's file back to the seeded past, in one transaction that a running server survives.

    Raises `NotWritable`.
    """
    file = seed_missing(system, home)
    with tempfile.TemporaryDirectory(prefix=".seed-", dir=file.parent) as scratch:
        fresh = Path(scratch) / file.name
        _make(system, fresh)
        try:
            # The file itself stays: to swap it would leave a running server's write-ahead log beside a stranger.
            with closing(sqlite3.connect(fresh)) as source, closing(sqlite3.connect(file, timeout=10)) as target:
                source.backup(target)
        except sqlite3.DatabaseError as error:
            raise NotWritable(f"cannot reset {file}: {error}") from error
    return file


def _make_beside(system: System, file: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=".seed-", dir=file.parent) as scratch:
        fresh = Path(scratch) / file.name
        _make(system, fresh)
        try:
            os.link(fresh, file)  # unlike a rename it never replaces the file of another starter
        except FileExistsError:
            return


def _make(system: System, fresh: Path) -> None:
    with closing(sqlite3.connect(fresh, isolation_level=None)) as tx:
        tx.execute("pragma synchronous = off")
        tx.executescript(TABLES["every"] + TABLES[system])
        tx.execute("begin")
        _FILL[system](tx, past())
        tx.execute("commit")
        tx.execute("pragma journal_mode = wal")
