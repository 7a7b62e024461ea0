"""Missions worked in this process, and a doorway before billing."""

from collections.abc import AsyncGenerator

import pytest

from tests.demo.northwind import Northwind
from tests.support.doorway import Doorway, doorway
from tests.support.missions import Missions, missions_in
from tests.support.postgres import Cloned


@pytest.fixture
async def missions(database: Cloned) -> AsyncGenerator[Missions]:
    async with missions_in(database) as missions:
        yield missions


@pytest.fixture
async def door(northwind: Northwind, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Doorway]:
    """The doorway that this test's billing lies behind."""
    async with doorway(northwind.urls["billing"]) as door:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", door.url)
        yield door
