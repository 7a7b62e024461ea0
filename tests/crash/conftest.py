"""Crash tests: this process serves, others work, and die. What really happened stands in billing's own book."""

import socket
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.support.postgres import Cloned
from tests.support.processes import Crew, Process, hired
from tests.support.world import World, world_at

IMPATIENT = "1.5"  # seconds without a sign of life, for those who take over


@pytest.fixture
def crew(database: Cloned, northwind: Northwind, tmp_path: Path) -> Iterator[Crew]:
    with hired(database, tmp_path) as crew:
        yield crew


@pytest.fixture
def doomed(crew: Crew, point: str) -> Process:
    """A worker that dies where the test's `point` says. Nobody waits long to take over from it."""
    return crew.worker(crash_at=point, forked=True, MISSIONDESK_DEAD_AFTER=IMPATIENT)


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    """A Missiondesk that only serves: whoever works is a process of its own, or this one when a test says so."""
    async with world_at(database, northwind, tmp_path, lanes=(), dead_after=IMPATIENT) as here:
        yield here


@pytest.fixture
def port() -> int:
    """A free one, for a server that is started for a test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
