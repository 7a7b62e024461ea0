"""A Missiondesk that serves, with nobody working: changes need no mission."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.support.postgres import Cloned
from tests.support.world import World, world_at


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path, lanes=()) as here:
        yield here
