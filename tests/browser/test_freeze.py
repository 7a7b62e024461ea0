"""An incident: somebody stops all effects, everybody sees it, and a supervisor lets them go on."""

from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.test_looks import LOOKS, looks_right
from tests.browser.visitor import PATIENCE, WIDE, Visitor, opens_first, writes
from tests.support.world import CHARGED_TWICE

WHY = "Billing refunds the wrong amounts"
SAYS = f"All effects are frozen by Ana Reyes: {WHY}."


async def test_a_freeze_is_seen_by_everybody_and_a_supervisor_lifts_it(visitor: Visitor, shots: Path) -> None:
    ana, sara, mira = await visitor.agent("ana"), await visitor.agent("sara"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    await opens_first(sara)
    await freezes(ana, shots)
    for page in (ana, sara):
        await expect(page.get_by_role("region", name="Frozen")).to_contain_text(SAYS, timeout=PATIENCE)
        card = page.get_by_role("article", name="Decision")
        await expect(card.get_by_role("button", name="Approve")).to_have_count(0, timeout=PATIENCE)
        await expect(card.get_by_role("button", name="Reject")).to_be_visible()
    await expect(ana.get_by_role("button", name="Let effects go on")).to_have_count(0)
    for mode, size in LOOKS:
        page = await visitor.agent("sara", mode=mode, size=size)
        await looks_right(page, shots, "desk-frozen-queue", mode, size)
        await page.locator("[data-row]").first.click()
        await expect(page.get_by_role("article", name="Decision")).to_be_visible(timeout=PATIENCE)
        await looks_right(page, shots, "desk-frozen-card", mode, size)
    await sara.get_by_role("button", name="Let effects go on").click()
    await expect(ana.get_by_role("region", name="Frozen")).to_have_count(0, timeout=PATIENCE)
    await expect(ana.get_by_role("button", name="Approve")).to_be_visible(timeout=PATIENCE)


async def freezes(ana: Page, shots: Path) -> None:
    await ana.locator(".you").click()
    await ana.get_by_role("button", name="Freeze all effects…").click()
    dialog = ana.get_by_role("dialog", name="Freeze all effects")
    await dialog.get_by_role("button", name="Freeze all effects").click()
    await expect(dialog).to_contain_text("Please say why")
    await looks_right(ana, shots, "desk-freeze-dialog", "light", WIDE)
    await dialog.get_by_label("Why").fill(WHY)
    await ana.keyboard.press("Enter")
    await expect(dialog).to_have_count(0, timeout=PATIENCE)
