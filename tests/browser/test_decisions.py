"""What else can happen to a decision: a reason, a colleague, a lost connection, no mouse."""

from playwright.async_api import Locator, Page, Route, expect

from tests.browser.visitor import PATIENCE, Visitor, opens_first, writes
from tests.support.by_hand import refund_by_hand
from tests.support.world import CHARGED_TWICE


def card_of(page: Page) -> Locator:
    return page.get_by_role("article", name="Decision")


async def test_a_rejection_needs_a_reason_and_carries_it(visitor: Visitor) -> None:
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    await ana.keyboard.press("r")
    dialog = ana.get_by_role("dialog", name="Reject")
    await expect(dialog.get_by_role("button", name="Reject")).to_be_disabled()
    await dialog.get_by_label("In your words").fill("She got a voucher on Monday.")
    await ana.keyboard.press("Control+Enter")
    await expect(card_of(ana).get_by_text("Nothing was sent.", exact=False).first).to_be_visible(timeout=PATIENCE)
    await expect(card_of(ana)).to_contain_text("She got a voucher on Monday.")
    await expect(card_of(ana).get_by_role("heading", name="What was proposed")).to_be_visible()
    await expect(card_of(ana).get_by_role("heading", name="What will change")).to_have_count(0)
    await expect(ana.get_by_role("region", name="Verdict")).to_have_class("verdict warn", timeout=PATIENCE)
    assert visitor.world.refunds() == []


async def test_of_two_agents_the_second_reads_who_was_first(visitor: Visitor) -> None:
    ana, ben, mira = await visitor.agent("ana"), await visitor.agent("ben"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    await opens_first(ben)
    await ana.keyboard.press("a")
    await expect(card_of(ana).locator("[data-effect=done]")).to_be_visible(timeout=PATIENCE)
    await expect(card_of(ben)).to_contain_text("Ana", timeout=PATIENCE)
    await expect(card_of(ben).get_by_role("button", name="Approve")).to_have_count(0, timeout=PATIENCE)
    assert len(visitor.world.refunds()) == 1


async def test_a_stale_screen_that_still_approves_is_told_and_sends_nothing(visitor: Visitor) -> None:
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    ben = await visitor.world.agent("ben")
    # What Ben does reaches the server first; Ana's page hears of it only by its own answer.
    seen = await ben.card()

    async def ben_is_faster(route: Route) -> None:
        await ben.rejects(seen, "Not today.")
        await route.continue_()

    await ana.route("**/decisions", ben_is_faster)
    await ana.keyboard.press("a")
    await expect(card_of(ana)).to_contain_text("Not today.", timeout=PATIENCE)
    await expect(card_of(ana).get_by_role("alert")).to_be_visible()
    assert visitor.world.refunds() == []


async def test_a_reconnect_misses_nothing_and_decides_nothing_meanwhile(visitor: Visitor) -> None:
    visitor.allowed = (*visitor.allowed, "ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_CHANGED")
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    await ana.context.set_offline(True)
    await ana.evaluate("window.dispatchEvent(new Event('offline'))")
    await expect(ana.locator(".rail .live.off")).to_contain_text("last update", timeout=PATIENCE)
    await ana.keyboard.press("a")
    await expect(card_of(ana).get_by_role("button", name="Approve")).to_have_attribute("aria-disabled", "true")
    ben = await visitor.world.agent("ben")
    await ben.approves(await ben.card())
    await ana.context.set_offline(False)
    await expect(card_of(ana).locator("[data-effect=done]")).to_be_visible(timeout=PATIENCE)
    numbers = await ana.locator(".seen-n").all_inner_texts()
    assert numbers == [f"#{n + 1}" for n in range(len(numbers))], "each step once, in order"
    assert len(visitor.world.refunds()) == 1


async def test_a_decision_needs_no_mouse(visitor: Visitor) -> None:
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    await ana.keyboard.press("?")
    await expect(ana.get_by_role("dialog", name="Keys")).to_be_visible()
    await ana.keyboard.press("a")
    await ana.keyboard.press("Escape")
    await expect(ana.get_by_role("dialog")).to_have_count(0)
    assert visitor.world.refunds() == [], "keys are dead while a dialog is open"
    await ana.keyboard.press("g")
    await ana.keyboard.press("c")
    await expect(ana.get_by_role("region", name="Cases")).to_be_visible()
    await ana.keyboard.press("g")
    await ana.keyboard.press("q")
    await opens_first(ana)
    await ana.keyboard.press("Enter")
    await ana.keyboard.press("Escape")
    await expect(ana.locator("[data-row]:focus")).to_have_count(1)
    await ana.keyboard.press("a")
    await expect(card_of(ana).locator("[data-effect=done]")).to_be_visible(timeout=PATIENCE)


async def test_an_approval_that_came_too_late_shows_what_had_changed_and_leads_on(visitor: Visitor) -> None:
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    refund_by_hand(visitor.world.outside, "pay_7702")
    await ana.keyboard.press("a")
    changed = card_of(ana).locator("[data-effect=stale] tr", has_text="refunded").first
    await expect(changed).to_contain_text("€0.00", timeout=PATIENCE)
    await expect(changed).to_contain_text("€49.90")
    await card_of(ana).get_by_role("link", name="See what comes next").click()
    await expect(card_of(ana).get_by_role("heading", level=1)).to_contain_text("what changed", timeout=PATIENCE)
    assert visitor.world.refunds() == []
