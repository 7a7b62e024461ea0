"""The Desk asks for the password where the policy does, and goes on with the very same approval."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import expect

from tests.browser.looks import looks_right
from tests.browser.visitor import EXPECTED, PATIENCE, Visitor, opens_first
from tests.decisions.test_step_up import ONE, PASSWORD, WITH_PASSWORD
from tests.demo.northwind import Northwind
from tests.support.company import copied, edit
from tests.support.postgres import Cloned
from tests.support.record import rows
from tests.support.world import CHARGED_TWICE, World, world_at


@pytest_asyncio.fixture(loop_scope="session")
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    company = copied(tmp_path)
    edit(company / "policy.toml", ONE, WITH_PASSWORD)
    async with world_at(database, northwind, tmp_path / "home", company=str(company)) as here:
        yield here


async def test_an_approval_waits_for_the_password_and_goes_on(visitor: Visitor) -> None:
    visitor.allowed = (*EXPECTED, "status of 403")
    await (await visitor.world.customer("mira")).writes(CHARGED_TWICE)
    page = await visitor.agent("ana")
    await opens_first(page)
    card = page.get_by_role("article", name="Decision")
    asked = page.get_by_role("dialog", name="Your password, please")
    await card.get_by_role("button", name="Approve", exact=False).first.click()
    await expect(asked).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "desk-step-up")
    await asked.get_by_role("button", name="Not now").click()
    await expect(card).to_contain_text("The policy asks for your password again", timeout=PATIENCE)
    assert rows(visitor.world.database, "select count(*) from decisions") == [(0,)]
    await card.get_by_role("button", name="Approve", exact=False).first.click()
    await asked.get_by_label("Password").fill("not-my-password")
    await page.keyboard.press("Enter")
    await expect(asked).to_contain_text("That is not your password", timeout=PATIENCE)
    await asked.get_by_label("Password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(asked).to_have_count(0, timeout=PATIENCE)
    await expect(card.locator(".signatures")).to_contain_text("with their password", timeout=PATIENCE)
    assert rows(visitor.world.database, "select count(*) from decisions where stepped_up_at is not null") == [(1,)]
