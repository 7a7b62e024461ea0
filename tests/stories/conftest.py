"""Both workers tell the same stories: the procedure worker, and the model worker with a model that plays the brief."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.support.duplicate_charge import duplicate_charge
from tests.support.postgres import Cloned
from tests.support.scripted_model import ScriptedModel
from tests.support.world import World, world_at


@pytest.fixture(params=["procedure", "model"])
async def world(
    request: pytest.FixtureRequest,
    database: Cloned,
    northwind: Northwind,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncGenerator[World]:
    if request.param == "procedure":
        async with world_at(database, northwind, tmp_path) as here:
            yield here
        return
    with ScriptedModel(duplicate_charge) as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        monkeypatch.setenv("OPENAI_API_KEY", "played")
        async with world_at(database, northwind, tmp_path, model="openai:scripted") as here:
            yield here
