"""An installation that looks at how its people decide: this process serves, and works when a test says so."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.support.company import copied
from tests.support.postgres import Cloned
from tests.support.world import World, world_at

INSIGHTS = """[pace]
approvals = 2
[suggestions]
at_least = 10
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    folder = copied(tmp_path)
    (folder / "insights.toml").write_text(INSIGHTS, encoding="utf-8")
    return folder


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path, company: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path, lanes=(), company=str(company)) as here:
        yield here
