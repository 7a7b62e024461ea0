"""An incident: somebody stops all effects, everybody sees it, and a supervisor lets them go on."""

from playwright.async_api import Page, expect

from tests.browser.looks import looks_right
from tests.browser.visitor import PATIENCE, WIDE, Visitor, opens_first, writes
from tests.support.world import CHARGED_TWICE

WHY = "Billing refunds the wrong amounts"
SAYS = f"All effects are frozen by Ana Reyes: {WHY}."


async def test_a_freeze_is_seen_by_everybody_and_a_supervisor_lifts_it(visitor: Visitor) -> None:
    ana, sara, mira = await visitor.agent("ana"), await visitor.agent("sara"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    await opens_first(sara)
    await freezes(ana)
    for page in (ana, sara):
        await expect(page.get_by_role("region", name="Frozen")).to_contain_text(SAYS, timeout=PATIENCE)
        card = page.get_by_role("article", name="Decision")
        await expect(card.get_by_role("button", name="Approve")).to_have_count(0, timeout=PATIENCE)
        await expect(card.get_by_role("button", name="Reject")).to_be_visible()
    await expect(ana.get_by_role("button", name="Let effects go on")).to_have_count(0)
    page = await visitor.agent("sara")
    await looks_right(page, "desk-frozen-queue")
    await page.locator("[data-row]").first.click()
    await expect(page.get_by_role("article", name="Decision")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "desk-frozen-card")
    await sara.get_by_role("button", name="Let effects go on").click()
    await expect(ana.get_by_role("region", name="Frozen")).to_have_count(0, timeout=PATIENCE)
    await expect(ana.get_by_role("button", name="Approve")).to_be_visible(timeout=PATIENCE)


async def freezes(ana: Page) -> None:
    await ana.locator(".you").click()
    await ana.get_by_role("button", name="Freeze all effects…").click()
    dialog = ana.get_by_role("dialog", name="Freeze all effects")
    await dialog.get_by_role("button", name="Freeze all effects").click()
    await expect(dialog).to_contain_text("Please say why")
    await looks_right(ana, "desk-freeze-dialog", WIDE)
    await dialog.get_by_label("Why").fill(WHY)
    await ana.keyboard.press("Enter")
    await expect(dialog).to_have_count(0, timeout=PATIENCE)
