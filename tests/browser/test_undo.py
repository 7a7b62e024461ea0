"""Second thoughts at the Desk: an answer that is held, seen by everybody, taken back, or left to go out by itself."""

from playwright.async_api import Locator, Page, expect

from tests.browser.looks import SIZES, looks_right, picture
from tests.browser.visitor import PATIENCE, Visitor, opens_first, writes
from tests.support.held import holds
from tests.support.world import CHARGED_TWICE


def card_of(page: Page) -> Locator:
    return page.get_by_role("article", name="Decision")


async def test_what_was_approved_is_taken_back_by_a_key_and_approved_again(visitor: Visitor) -> None:
    ana, ben, mira = await visitor.agent("ana"), await visitor.agent("ben"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    await opens_first(ben)
    await ana.get_by_label("Undo for").select_option("30 s")
    await card_of(ana).get_by_role("heading", level=1).focus()
    await ana.keyboard.press("a")
    await expect(card_of(ana)).to_contain_text("You have approved; it goes out in", timeout=PATIENCE)
    await expect(card_of(ben)).to_contain_text("Ana Reyes has approved; it goes out in", timeout=PATIENCE)
    await expect(card_of(ben).get_by_role("button", name="Take back")).to_have_count(0)
    await expect(card_of(ben).get_by_role("button", name="Approve")).to_be_visible()
    await ana.keyboard.press("z")
    await expect(card_of(ana).get_by_role("button", name="Approve")).to_be_visible(timeout=PATIENCE)
    await expect(card_of(ana)).to_contain_text("and took it back")
    await expect(card_of(ben).get_by_role("progressbar")).to_have_count(0, timeout=PATIENCE)
    await ana.get_by_label("Undo for").select_option("0 s")
    await card_of(ana).get_by_role("button", name="Approve").click()
    await expect(card_of(ana).locator("[data-effect=done]")).to_be_visible(timeout=PATIENCE)
    assert len(visitor.world.refunds()) == 1


async def test_a_closed_tab_loses_nothing_and_another_tab_can_still_take_it_back(visitor: Visitor) -> None:
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    await ana.get_by_label("Undo for").select_option("30 s")
    await card_of(ana).get_by_role("button", name="Approve").click()
    await expect(card_of(ana).get_by_role("progressbar")).to_be_visible(timeout=PATIENCE)
    other = await ana.context.new_page()
    await other.goto(ana.url)
    await ana.close()
    await card_of(other).get_by_role("button", name="Take back").click(timeout=PATIENCE)
    await expect(other.get_by_label("Undo for")).to_have_value("30", timeout=PATIENCE)
    await other.get_by_label("Undo for").select_option("5 s")
    await card_of(other).get_by_role("button", name="Approve").click()
    await expect(card_of(other)).to_contain_text("it goes out in", timeout=PATIENCE)
    where = other.url
    await other.goto("about:blank")
    assert visitor.world.refunds() == [], "it is still held"
    back = await visitor.agent("ben")
    await back.goto(where)
    await expect(card_of(back).locator("[data-effect=done]")).to_be_visible(timeout=PATIENCE)
    assert len(visitor.world.refunds()) == 1


async def test_an_answer_that_is_held_has_no_barrier(visitor: Visitor) -> None:
    world = visitor.world
    ana = await world.agent("ana")
    await (await world.customer("mira")).writes(CHARGED_TWICE)
    card = await ana.card()
    for name in ("ana", "ben"):
        page = await visitor.agent(name)
        await page.goto(f"{visitor.url}/desk/queue/{card['id']}")
        if name == "ana":
            await expect(page.get_by_label("Undo for")).to_be_visible(timeout=PATIENCE)
            await looks_right(page, "desk-undo-setting")
        for size in SIZES:
            await holds_anew(visitor, card["id"])
            await page.reload()
            await expect(page.get_by_role("progressbar")).to_be_visible(timeout=PATIENCE)
            await looks_right(page, f"desk-held-{name}", size)
        await page.locator(".signatures").scroll_into_view_if_needed()
        await picture(page, f"desk-held-{name}-signatures")
    assert world.refunds() == []


async def holds_anew(visitor: Visitor, proposal: str) -> None:
    """So that there is time to look."""
    ana = await visitor.world.agent("ana")
    card = await ana.get(f"/api/desk/proposals/{proposal}")
    for each in card["decisions"]:
        if each["can"]:
            await ana.deletes(f"/api/desk/decisions/{each['id']}", 200)
    await holds(ana, card)
