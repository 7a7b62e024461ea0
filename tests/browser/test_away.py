"""A connected system is down: what the customer reads, what the Desk shows, and that both change by themselves."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.looks import looks_right
from tests.browser.visitor import PATIENCE, PHONE, Visitor, writes
from tests.demo.northwind import Northwind
from tests.support.stoppable import Stoppable, stoppable
from tests.support.world import CHARGED_TWICE

WAITS = "Waits for Billing, which has not answered since"


@pytest.fixture(autouse=True)
def billing(northwind: Northwind, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stoppable]:
    """Before the world reads where it is."""
    with stoppable("billing", northwind.home) as billing:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", billing.url)
        yield billing


async def test_everybody_sees_that_a_mission_waits_for_a_system_and_that_it_goes_on(
    visitor: Visitor, billing: Stoppable
) -> None:
    billing.kill()
    mira, ana = await visitor.customer("mira"), await visitor.agent("ana")
    await writes(mira, CHARGED_TWICE)
    await expect(mira.get_by_text("Waiting for one of our systems")).to_be_visible(timeout=PATIENCE)
    await expect(mira.get_by_text("goes on by itself as soon as it answers")).to_be_visible()
    case = mira.url.rsplit("/", 1)[1]
    await _on_every_page(visitor, case)
    await ana.goto(f"{visitor.url}/desk/cases/{case}")
    rail = await explained(ana)
    await expect(rail).to_contain_text("Waits for Billing, and goes on by itself once it answers", timeout=PATIENCE)
    billing.start()
    await expect(rail).to_contain_text("Billing answers again, after", timeout=30_000)
    await expect(mira.get_by_role("region", name="Proposed, not decided yet")).to_be_visible(timeout=PATIENCE)
    await expect(mira.get_by_text("Waiting for one of our systems")).to_have_count(0)
    await expect(ana.get_by_text(WAITS)).to_have_count(0)


async def _on_every_page(visitor: Visitor, case: str) -> None:
    mira = await visitor.customer("mira")
    await mira.goto(f"{visitor.url}/p/northwind/cases/{case}")
    await expect(mira.get_by_text("Waiting for one of our systems")).to_be_visible(timeout=PATIENCE)
    await looks_right(mira, "portal-away")
    ana = await visitor.agent("ana", size=PHONE)
    await ana.goto(f"{visitor.url}/desk/cases/{case}")
    await expect(ana.get_by_role("article", name="Case")).to_contain_text(WAITS, timeout=PATIENCE)
    await looks_right(ana, "desk-away")
    await expect(await explained(ana, PHONE)).to_contain_text("Waits for Billing", timeout=PATIENCE)
    await looks_right(ana, "desk-away-rail", PHONE)


async def explained(page: Page, size: tuple[int, int] | None = None) -> Locator:
    """The rail; on a phone it is opened first."""
    if size == PHONE:
        await page.get_by_role("button", name="Explain").first.click()
    return page.get_by_role("region", name="Steps of this mission")
