"""A real browser over a real Missiondesk. A page that logs an error, breaks its rules or calls a stranger fails."""

import os
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.visitor import Visitor
from tests.support.world import World


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    where = os.environ.get("MISSIONDESK_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        yield started
        await started.close()


@pytest.fixture
async def visitor(browser: Browser, world: World) -> AsyncGenerator[Visitor]:
    """Opens pages for people; whatever went wrong on any of them fails the test at its end."""
    visitor = Visitor(browser, world)
    yield visitor
    assert visitor.wrong == [], "\n".join(visitor.wrong)


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of the pages are kept, to be looked at."""
    named = os.environ.get("MISSIONDESK_SHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
