"""The flagship as two people live it, each at a browser."""

from playwright.async_api import expect

from tests.browser.visitor import PATIENCE, Visitor, opens_first, writes
from tests.support.world import CHARGED_TWICE


async def test_mira_writes_ana_approves_with_a_key_and_mira_reads_the_answer(visitor: Visitor) -> None:
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    proposed = mira.get_by_role("region", name="Proposed, not decided yet")
    await expect(proposed).to_contain_text("49.90", timeout=PATIENCE)

    await opens_first(ana)
    card = ana.get_by_role("article", name="Decision")
    await expect(card.get_by_role("heading", level=1)).to_contain_text("pay_7702")
    assert visitor.world.refunds() == [], "nothing is sent before somebody decides"
    await ana.keyboard.press("a")

    done = card.locator("[data-effect=done]")
    await expect(done).to_contain_text("Read back and proved", timeout=PATIENCE)
    await expect(ana.get_by_role("region", name="Verdict")).to_be_visible(timeout=PATIENCE)
    for past in ("What changed", "What the customer was told", "Exactly what was sent"):
        await expect(card.get_by_role("heading", name=past)).to_be_visible(timeout=PATIENCE)
    await expect(mira.get_by_role("region", name="Done")).to_contain_text("49.90", timeout=PATIENCE)
    await expect(mira.get_by_role("log")).to_contain_text("refund", timeout=PATIENCE)
    assert [(payment, minor) for payment, minor, *_ in visitor.world.refunds()] == [("pay_7702", 4990)]


async def test_an_origin_chip_opens_the_very_field_that_a_value_came_from(visitor: Visitor) -> None:
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    row = ana.locator(".arguments tr", has_text="pay_7702")
    await row.get_by_role("button").click()
    lit = ana.locator("[data-lit]")
    await expect(lit).to_have_count(1)
    await expect(lit).to_contain_text("pay_7702")


async def test_the_focus_never_begins_on_approve(visitor: Visitor) -> None:
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    assert await ana.evaluate("document.activeElement?.textContent?.trim().startsWith('Approve')") is False
    await expect(ana.locator("[data-row]:focus")).to_have_count(1)
