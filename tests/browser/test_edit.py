"""Editing at the Desk: typed fields, the policy's answer while one types, and another person who approves."""

from playwright.async_api import Locator, Page, expect

from tests.browser.looks import looks_right, picture
from tests.browser.visitor import EXPECTED, PATIENCE, Visitor, opens_first, writes
from tests.support.edited import LESS, edits
from tests.support.world import CHARGED_TWICE


def card_of(page: Page) -> Locator:
    return page.get_by_role("article", name="Decision")


async def test_an_amount_is_edited_by_keys_and_somebody_else_approves_it(visitor: Visitor) -> None:
    ana, ben, mira = await visitor.agent("ana"), await visitor.agent("ben"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    card = card_of(ana)
    await card.get_by_role("heading", level=1).focus()
    await ana.keyboard.press("e")
    await expect(card.get_by_role("heading", level=1)).to_be_focused(timeout=PATIENCE)
    await expect(card.get_by_role("button", name="Approve")).to_have_count(0)
    amount = card.get_by_label("amount", exact=True)
    await expect(amount).to_have_value("49.90", timeout=PATIENCE)
    await expect(card.get_by_label("customer id")).to_have_count(0)
    await expect(card).to_contain_text("Bound to the case’s customer")
    await amount.fill("39,9x")
    await expect(card).to_contain_text("An amount, such as 12.50.")
    await expect(card.get_by_role("button", name="Save as a new proposal")).to_be_disabled()
    await card.get_by_label("amount").first.fill("600")
    await expect(card).to_contain_text("needs two people, supervisors", timeout=PATIENCE)
    await card.get_by_label("amount").first.fill("39.90")
    await expect(card.get_by_role("table", name="What you change")).to_contain_text("€39.90", timeout=PATIENCE)
    await expect(card).to_contain_text("A refund needs one agent.")
    await expect(card).to_contain_text("The message to the customer still says €49.90.")
    words = card.get_by_label("Message to the customer")
    await words.fill((await words.input_value()).replace("49.90", "39.90"))
    await expect(card.get_by_text("still says")).to_have_count(0, timeout=PATIENCE)
    await card.get_by_label("Why you change it").fill("She used it for ten days.")
    assert visitor.world.calls("refund_payment") == 0
    await ana.keyboard.press("Control+Enter")
    await expect(card).to_contain_text("You have edited this, so another person must approve it.", timeout=PATIENCE)
    await expect(card.get_by_role("table", name="What Ana Reyes changed")).to_contain_text("€39.90")
    await expect(card).to_contain_text("She used it for ten days.")
    await expect(card.get_by_role("button", name="Approve")).to_have_count(0)
    await ben.goto(ana.url)
    await card_of(ben).get_by_role("button", name="Approve").click()
    await expect(card_of(ben).locator("[data-effect=done]")).to_be_visible(timeout=PATIENCE)
    assert [row[:2] for row in visitor.world.refunds()] == [("pay_7702", 3990)]
    await card_of(ben).get_by_role("link", name="See what was proposed before").click()
    await expect(card_of(ben)).to_contain_text("Edited by Ana Reyes", timeout=PATIENCE)
    await expect(card_of(ben)).to_contain_text("Nothing was sent.")


async def test_what_was_typed_stays_when_somebody_else_is_first(visitor: Visitor) -> None:
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    card = card_of(ana)
    await card.get_by_role("button", name="Edit").click()
    await card.get_by_label("amount", exact=True).fill("39.90")
    await expect(card.get_by_role("table", name="What you change")).to_be_visible(timeout=PATIENCE)
    await ana.keyboard.press("Escape")
    await card.get_by_role("button", name="Edit").click()
    await expect(card.get_by_label("amount").first).to_have_value("39.90")
    ben = await visitor.world.agent("ben")
    await ben.rejects(await ben.card(), "No refund.")
    await expect(card).to_contain_text("what you typed was not saved", timeout=PATIENCE)
    await expect(card.get_by_label("amount").first).to_have_value("39.90")
    await expect(card.get_by_role("button", name="Save as a new proposal")).to_be_disabled()
    await card.get_by_role("button", name="Back to the card").click()
    await expect(card).to_contain_text("Rejected by Ben Okafor")


async def test_what_the_server_does_not_take_is_said_at_once(visitor: Visitor) -> None:
    visitor.allowed = (*EXPECTED, "status of 422")
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    card = card_of(ana)
    await card.get_by_role("button", name="Edit").click()
    await card.get_by_label("reason", exact=True).fill("dupli\u202ecate")
    await expect(card).to_contain_text("characters that cannot be seen", timeout=PATIENCE)
    await expect(card.get_by_role("button", name="Save as a new proposal")).to_be_disabled()
    await card.get_by_role("button", name="Start over").click()
    await expect(card).to_contain_text("Nothing is changed yet.")


async def test_editing_has_no_barrier(visitor: Visitor) -> None:
    world = visitor.world
    ana = await world.agent("ana")
    await (await world.customer("mira")).writes(CHARGED_TWICE)
    card = await ana.card()
    page = await visitor.agent("ana")
    await page.goto(f"{visitor.url}/desk/queue/{card['id']}")
    await card_of(page).get_by_role("button", name="Edit").click()
    await expect(page.get_by_text("Nothing is changed yet. What you change")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "desk-edit-empty")
    await card_of(page).get_by_label("amount", exact=True).fill("12,3x")
    await looks_right(page, "desk-edit-wrong")
    await card_of(page).get_by_label("amount").first.fill("39.90")
    await expect(page.get_by_role("table", name="What you change")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "desk-edit")
    await page.get_by_role("table", name="What you change").scroll_into_view_if_needed()
    await picture(page, "desk-edit-outlook")
    new = await edits(ana, card, amount=LESS, because="She used it for ten days.")
    await expect(card_of(page)).to_contain_text("what you typed was not saved", timeout=PATIENCE)
    await looks_right(page, "desk-edit-conflict")
    await card_of(page).get_by_role("button", name="Back to the card").click()
    await expect(card_of(page)).to_contain_text("a new proposal took its place")
    await looks_right(page, "desk-edit-before")
    await page.goto(f"{visitor.url}/desk/queue/{new['id']}")
    await expect(card_of(page).get_by_role("table", name="What Ana Reyes changed")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "desk-edited")
