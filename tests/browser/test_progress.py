"""A read that takes its time shows how far it is on the rail, until its result stands there."""

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.looks import SIZES, looks_right
from tests.browser.test_away import explained
from tests.browser.visitor import PATIENCE, Visitor
from tests.demo.northwind import Northwind
from tests.support.postgres import Cloned
from tests.support.slow import Slow, slow
from tests.support.world import CHARGED_TWICE, World, world_at


@pytest.fixture
def billing(northwind: Northwind, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    with slow(northwind.urls["billing"], "list_payments") as billing:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", billing.url)
        yield billing


@pytest_asyncio.fixture(loop_scope="session")
async def world(database: Cloned, northwind: Northwind, billing: Slow, tmp_path: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path, tool_patience=100) as here:
        yield here


async def test_a_running_read_shows_how_far_it_is_and_gives_way_to_its_result(
    visitor: Visitor, billing: Slow, world: World
) -> None:
    case = await (await world.customer("mira")).writes(CHARGED_TWICE)
    rails = [await _rail(visitor, case["id"], size) for size in SIZES]
    billing.may_come()
    for rail in rails:
        await expect(rail.get_by_role("progressbar")).to_have_count(0, timeout=PATIENCE)
        await expect(rail).to_contain_text("Payments found")


async def _rail(visitor: Visitor, case: str, size: tuple[int, int]) -> Locator:
    ana = await visitor.agent("ana", size=size)
    await ana.goto(f"{visitor.url}/desk/cases/{case}")
    rail = await explained(ana, size)
    await expect(rail.get_by_role("progressbar", name="Reading Payments")).to_be_visible(timeout=PATIENCE)
    await expect(rail).to_contain_text("of 1,000")
    await looks_right(ana, "desk-progress", size)
    return rail
