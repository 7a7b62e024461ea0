"""What a run needs around it: a home that is gone afterwards, PostgreSQL, the ledger, an installation, people."""

import asyncio
import logging
import os
import secrets
import shutil
import signal
import tempfile
import time
from base64 import b64encode
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import text

from missiondesk.kit.database import Database
from missiondesk.kit.embedded import Embedded
from missiondesk.kit.embedded import start as start_embedded
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.settings import Settings
from missiondesk.migrations import upgrade
from missiondesk.missions import Parts
from missiondesk.proving.prove.around import Around
from missiondesk.proving.prove.asked import Asked, Report
from missiondesk.proving.prove.books import PATIENCE
from missiondesk.proving.prove.chaotic import unreliable
from missiondesk.proving.prove.ending import Say
from missiondesk.proving.prove.herd import Herd, Work, warm
from missiondesk.proving.prove.people import introduced
from missiondesk.proving.prove.running import DEAD_AFTER, Run
from missiondesk.proving.sandbox import URL_NAME, Book, Served, installed, served

Load = Callable[[Settings, Database], Awaitable[Parts]]
_ODD = 0.03  # of the payments are refused although they were made


@dataclass(frozen=True, slots=True)
class Urls:
    """The database as the program and as its owner connects; `restart` only where it is ours to stop."""

    url: str
    owner_url: str
    restart: Callable[[bool], None] | None


async def put_to_the_proof(
    asked: Asked, work: Work, load: Load, say: Say, *, database_url: str | None = None
) -> Report:
    """Run it in a temporary home, with an embedded PostgreSQL or the empty database at `database_url`.

    `work` is what a worker process does, `load` reads an installation. Raises `Misconfigured`.
    """
    with ExitStack() as around:
        home = around.enter_context(_temporary_home())
        database = asyncio.create_task(asyncio.to_thread(around.enter_context, _database(home, database_url)))
        system = asyncio.create_task(asyncio.to_thread(around.enter_context, _ledger(home, asked)))
        await _all_over(database, system, asyncio.create_task(asyncio.to_thread(warm, work)))
        urls, (system_itself, chaos) = database.result(), system.result()
        ledger = (chaos or system_itself).url
        os.environ[URL_NAME] = ledger
        company = await installed(home, ledger)
        environment = _environment(home, company, ledger, urls)
        async with _parts(Settings.read(environment), load) as parts:
            people = await introduced(parts, Book.at(home / "ledger"))
            herd = Herd(work, environment, home, asked.broken)
            return await Run(asked, herd, people, Around(urls.restart, system_itself, chaos), say).all()


async def _all_over(*begun: asyncio.Task[Any]) -> None:
    """Each takes seconds, most of them waiting. Also who is told to stop waits for them: else one would be left."""
    try:
        await asyncio.wait(begun)
    except asyncio.CancelledError:
        await asyncio.wait(begun)
        raise


@asynccontextmanager
async def _parts(settings: Settings, load: Load) -> AsyncGenerator[Parts]:
    assert settings.database_url is not None, "it is given to each process"
    database = Database(settings.database_url)
    try:
        async with database.transaction() as tx:
            if (await tx.execute(text("select count(*) from missions"))).scalar_one():
                raise Misconfigured("There are missions in this database: prove takes an empty one, for itself alone.")
        parts = await load(settings, database)
        yield parts
        await parts.connections.close()
    finally:
        await database.close()


def _environment(home: Path, company: Path, ledger: str, urls: Urls) -> Mapping[str, str]:
    return {
        "PATH": os.environ.get("PATH", ""),
        "DATABASE_URL": urls.url,
        "MISSIONDESK_OWNER_URL": urls.owner_url,
        "MISSIONDESK_HOME": str(home),
        "MISSIONDESK_COMPANY": str(company),
        "MISSIONDESK_DEAD_AFTER": str(DEAD_AFTER),
        "MISSIONDESK_TOOL_PATIENCE": str(PATIENCE),
        "MISSIONDESK_SECRET_KEY": b64encode(secrets.token_bytes(32)).decode(),
        URL_NAME: ledger,
    }


@contextmanager
def _ledger(home: Path, asked: Asked) -> Generator[tuple[Served, Served | None]]:
    with served(home / "ledger", odd=_ODD if asked.faults else 0.0) as ledger:
        if not asked.faults:
            yield ledger, None
            return
        with unreliable(home, ledger.url, asked) as chaos:
            yield ledger, chaos


@contextmanager
def _temporary_home() -> Generator[Path]:
    home = Path(tempfile.mkdtemp(prefix="missiondesk-prove-"))
    home.chmod(0o711)  # where we are root, the database's own user must come through
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _database(home: Path, url: str | None) -> Generator[Urls]:
    if url is not None:
        upgrade(url)
        yield Urls(url, url, None)
        return
    held = [start_embedded(home / "postgres")]
    upgrade(held[0].owner_url)

    def restart(hard: bool) -> None:
        _stop(held[-1], hard=hard)
        held.append(start_embedded(home / "postgres"))

    try:
        yield Urls(held[0].url, held[0].owner_url, restart)
    finally:
        for one in held:
            one.stop_if_last()


def _stop(server: Embedded, *, hard: bool) -> None:
    """As `pg_ctl stop` does: in its fast mode, or in its immediate one, like a power cut."""
    pid = int((server.home / "pg" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
    os.kill(pid, signal.SIGQUIT if hard else signal.SIGINT)
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        try:
            psycopg.connect(server.owner_url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return
        time.sleep(0.02)
    logging.getLogger(__name__).warning("PostgreSQL did not stop")
