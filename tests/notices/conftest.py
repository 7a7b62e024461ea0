"""Somebody who is told, and freezes to tell of: they need nothing else to be there."""

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest

from missiondesk.kit.database import Database
from tests.demo.northwind import Northwind
from tests.notices.receiver import Receiver, receiving
from tests.support.postgres import Cloned
from tests.support.world import World, world_at


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture
async def record(database: Cloned) -> AsyncGenerator[Database]:
    opened = Database(database.url)
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path, lanes=()) as here:
        yield here
