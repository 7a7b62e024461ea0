"""PostgreSQL goes away under everybody and comes back: worker and web go on by themselves."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from missiondesk.kit.embedded import Embedded, start
from missiondesk.migrations import upgrade
from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import one_refund
from tests.support.postgres import Cloned
from tests.support.processes import hired
from tests.support.world import CHARGED_TWICE, until, world_at


@pytest.fixture
def own() -> Iterator[Embedded]:
    """A server that no other test uses."""
    home = Path(tempfile.mkdtemp(prefix="missiondesk-restarted-"))
    home.chmod(0o711)  # as root, the server is another user
    embedded = start(home / "postgres")
    try:
        upgrade(embedded.owner_url)
        yield embedded
    finally:
        start(home / "postgres").stop_if_last()
        embedded.stop_if_last()
        shutil.rmtree(home, ignore_errors=True)


@promise("missions.another-process-takes-over")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["in order", "at once"])
async def test_a_worker_goes_on_by_itself_when_the_database_is_back(
    how: signal.Signals, own: Embedded, northwind: Northwind, tmp_path: Path
) -> None:
    database = Cloned("missiondesk", own.url, own.owner_url)
    with hired(database, tmp_path) as crew:
        async with world_at(database, northwind, tmp_path, lanes=()) as world:
            worker = crew.worker(forked=True)
            mira, ana = await world.customer("mira"), await world.agent("ana")
            case = await mira.writes(CHARGED_TWICE)
            card = await ana.card()
            stop(own, how)
            await until(lambda: answers(own), lambda it: it is False)
            again = start(own.home)
            try:
                await ana.approves(card)
                await ana.verdict(case)
                await one_refund(world, ana, case, card)
                assert worker.alive
            finally:
                worker.kill()
    again.stop_if_last()


def stop(server: Embedded, how: signal.Signals) -> None:
    """As `pg_ctl stop` does: `SIGINT` is its fast mode, `SIGQUIT` its immediate one, like a power cut."""
    pid = int((server.home / "pg" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
    os.kill(pid, how)


async def answers(server: Embedded) -> bool:
    try:
        psycopg.connect(server.owner_url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
