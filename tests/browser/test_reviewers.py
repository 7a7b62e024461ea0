"""How people decide, a test proposal that is revealed, and a moment's pause after many approvals."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.looks import looks_right
from tests.browser.visitor import PATIENCE, Visitor
from tests.demo.northwind import Northwind
from tests.insights.planted import carried_out, planted, waits
from tests.support.company import copied
from tests.support.postgres import Cloned
from tests.support.record import rows
from tests.support.world import World, until, world_at


@pytest_asyncio.fixture(loop_scope="session")
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    company = copied(tmp_path)
    (company / "insights.toml").write_text("[pace]\napprovals = 1\nwithin = 600\npause = 120\n", encoding="utf-8")
    async with world_at(database, northwind, tmp_path, company=str(company)) as here:
        yield here


async def test_a_test_is_revealed_at_once_and_counted(visitor: Visitor) -> None:
    world = visitor.world
    page = await visitor.agent("sara")
    await page.keyboard.press("g")
    await page.keyboard.press("i")
    await expect(page.get_by_role("heading", name="Nothing was decided yet")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "desk-reviewers-empty")
    _, past = await carried_out(world)
    item = await planted(world, await waits(world))
    await _open(page, visitor, item["id"])
    await looks_right(page, "desk-test-unanswered")
    await page.get_by_role("button", name="#").first.click()

    async def looked() -> list[tuple[bool]]:
        return rows(world.database, "select true from looks where evidence_at is not null")

    await until(looked, bool)
    await page.get_by_role("heading", level=1).click()
    await page.keyboard.press("r")
    await page.get_by_role("dialog", name="Reject").get_by_label("In your words").fill("The records say less.")
    await page.keyboard.press("Control+Enter")
    told = page.get_by_role("article", name="Decision").get_by_text("This was a test: ")
    await expect(told).to_contain_text("You noticed.", timeout=PATIENCE)
    await expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    await looks_right(page, "desk-test-revealed")
    await expect(page.get_by_role("link", name="See the real one")).to_have_attribute(
        "href", f"/desk/queue/{past['id']}"
    )
    await page.goto(f"{visitor.url}/desk/reviewers")
    mine = page.get_by_role("region", name="Sara Lindqvist")
    await expect(mine).to_contain_text("1 of 1", timeout=PATIENCE)
    await expect(page.get_by_role("region", name="Suggested rules")).to_contain_text("It takes 50 approvals")
    await looks_right(page, "desk-reviewers")


async def test_after_many_approvals_the_time_runs_down_and_rejecting_goes_on(visitor: Visitor) -> None:
    first = await waits(visitor.world)
    page = await visitor.agent("sara")
    await _open(page, visitor, first["id"])
    await page.keyboard.press("a")
    await page.get_by_role("group", name="Confirm").get_by_role("button", name="Sign, 1 of 2").click()
    await expect(page.locator(".bar")).to_contain_text("You have signed already", timeout=PATIENCE)
    aiko = await visitor.world.customer("aiko")
    await aiko.sees(await aiko.writes("I was charged twice for order #4556 and want a refund."), "person_decides")
    await page.goto(f"{visitor.url}/desk/queue")
    await page.locator("[data-row]").filter(has_text="Aiko").click()
    await expect(page.get_by_role("article", name="Decision")).to_be_visible(timeout=PATIENCE)
    await page.keyboard.press("a")
    why = page.locator("#approve-why")
    await expect(why).to_contain_text("You approved many in a short time", timeout=PATIENCE)
    await looks_right(page, "desk-slowed")
    await page.keyboard.press("a")
    await expect(why).to_contain_text("rejecting is not slowed")
    await page.keyboard.press("r")
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert rows(visitor.world.database, "select count(*) from decisions") == [(1,)]


async def _open(page: Page, visitor: Visitor, proposal: str) -> None:
    await page.goto(f"{visitor.url}/desk/queue/{proposal}")
    await expect(page.get_by_role("article", name="Decision")).to_be_visible(timeout=PATIENCE)
    await expect(page.locator(".rail .live")).to_have_text("live", timeout=PATIENCE)
