"""A real browser over a real Missiondesk. A page that logs an error, breaks its rules or calls a stranger fails."""

import os
import shutil
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.visitor import Visitor
from tests.demo.northwind import Northwind
from tests.support.postgres import Cloned
from tests.support.world import World, world_at
from tools.browser import NAMES


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """The browser is started once, so all that is done with it is done in one event loop."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncGenerator[Browser]:
    where = os.environ.get("MISSIONDESK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def browser(chromium: Browser) -> AsyncGenerator[Browser]:
    """The one that runs, in which nothing is open: each person has a context of their own, gone afterwards."""
    yield chromium
    for context in chromium.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path) as here:
        yield here


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(world: World, browser: Browser) -> AsyncGenerator[Visitor]:
    """Opens pages for people; whatever went wrong on any of them fails the test at its end."""
    visitor = Visitor(browser, world)
    yield visitor
    assert visitor.wrong == [], "\n".join(visitor.wrong)
