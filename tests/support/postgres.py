"""The real PostgreSQL of a test run: started once, migrated once into a template, cloned for each test."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from missiondesk.kit.embedded import Embedded, start
from missiondesk.migrations import upgrade

MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes; a server here takes a tenth of it
_COPYING = "create database {} template missiondesk strategy "


@dataclass(frozen=True, slots=True)
class Cloned:
    """One test's database: `url` as the program connects, `owner_url` as a database administrator does."""

    name: str
    url: str
    owner_url: str


@dataclass(frozen=True, slots=True)
class Postgres:
    """The server of a run; its `missiondesk` database is the migrated template."""

    embedded: Embedded
    copying: sql.SQL

    @contextmanager
    def cloned(self) -> Generator[Cloned]:
        """A database of one's own, gone afterwards."""
        name = f"test_{uuid4().hex[:12]}"
        admin = self.embedded.owner_url.replace("/missiondesk?", "/postgres?")
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(self.copying.format(sql.Identifier(name)))
            try:
                yield Cloned(
                    name,
                    self.embedded.url.replace("/missiondesk?", f"/{name}?"),
                    self.embedded.owner_url.replace("/missiondesk?", f"/{name}?"),
                )
            finally:
                connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@contextmanager
def started() -> Generator[Postgres]:
    """A server in a folder of its own; both are gone afterwards."""
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM  # nobody waits for the disk there
    home = Path(tempfile.mkdtemp(prefix="missiondesk-test-", dir=MEMORY if in_memory else None))
    home.chmod(0o711)  # as root, the server is another user
    embedded = start(home / "postgres")
    try:
        upgrade(embedded.owner_url)
        yield Postgres(embedded, sql.SQL(f"{_COPYING}{'file_copy' if in_memory else 'wal_log'}"))
    finally:
        embedded.stop_if_last()
        shutil.rmtree(home, ignore_errors=True)
