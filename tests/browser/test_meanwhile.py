"""What comes in while somebody reads: an answer on a phone, a second thought, the end of a session."""

from playwright.async_api import Page, expect

from tests.browser.visitor import PATIENCE, PHONE, Visitor, opens_first, writes
from tests.support.world import CHARGED_TWICE

# The last message stands whole above the field to write in.
LAST_IS_SEEN = """() => {
  const last = document.querySelector("[role=log]").lastElementChild.getBoundingClientRect();
  return last.bottom <= document.querySelector(".composer").getBoundingClientRect().top && last.top >= 0;
}"""
FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SHORT = (390, 600)


async def test_an_answer_on_a_phone_is_not_left_behind_the_field_to_write_in(visitor: Visitor) -> None:
    mira = await visitor.customer("mira", size=PHONE)
    await writes(mira, CHARGED_TWICE)
    ana = await visitor.world.agent("ana")
    await ana.approves(await ana.card())
    await expect(mira.get_by_role("region", name="How it ended")).to_be_visible(timeout=PATIENCE)
    await expect(mira.get_by_role("log").get_by_role("article")).to_have_count(2, timeout=PATIENCE)
    await mira.wait_for_function(LAST_IS_SEEN, timeout=PATIENCE)
    await expect(mira.get_by_role("button", name="New message")).to_have_count(0)


async def test_somebody_who_reads_further_up_is_told_of_a_new_message(visitor: Visitor) -> None:
    mira = await visitor.customer("mira", size=SHORT)
    await writes(mira, CHARGED_TWICE)
    await expect(mira.get_by_role("region", name="Proposed, not decided yet")).to_be_visible(timeout=PATIENCE)
    for top in ("document.body.scrollHeight", "0"):
        await mira.evaluate(f"scrollTo(0, {top}); {FRAME}")
    ana = await visitor.world.agent("ana")
    await ana.approves(await ana.card())
    await expect(mira.get_by_role("region", name="How it ended")).to_be_visible(timeout=PATIENCE)
    assert await mira.evaluate("scrollY") == 0, "the reader stays where they are"
    await mira.get_by_role("button", name="New message").click()
    await mira.wait_for_function(LAST_IS_SEEN, timeout=PATIENCE)
    await expect(mira.get_by_role("button", name="New message")).to_have_count(0)


async def test_a_second_message_stands_above_what_will_change(visitor: Visitor) -> None:
    mira = await visitor.world.customer("mira")
    case = await mira.writes(CHARGED_TWICE)
    await mira.sees(case, "person_decides")
    await mira.adds(case, "Please hurry, I need it this week.")
    ana = await visitor.agent("ana")
    await opens_first(ana)
    parts = ana.get_by_role("article", name="Decision").get_by_role("heading", level=2)
    await expect(parts.first).to_have_text("The customer’s last message", timeout=PATIENCE)
    await expect(parts.nth(1)).to_have_text("What will change")
    await expect(ana.locator(".last-word")).to_have_text("Please hurry, I need it this week.")


async def test_nothing_of_a_session_stays_on_the_page_after_it(visitor: Visitor) -> None:
    ana, mira = await visitor.agent("ana"), await visitor.customer("mira")
    await writes(mira, CHARGED_TWICE)
    await opens_first(ana)
    await ana.keyboard.press("a")
    await expect(ana.locator("[data-effect=done]")).to_be_visible(timeout=PATIENCE)
    await expect(ana.get_by_role("status")).not_to_be_empty(timeout=PATIENCE)
    await leaves(mira)
    await leaves(ana)
    for page in (ana, mira):
        said = await page.locator("body").text_content() or ""
        assert not [word for word in ("Mira", "4471", "49.90", "refund", "Approved") if word in said], said


async def leaves(page: Page) -> None:
    await page.locator("[popovertarget=you]").first.click()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_role("status")).to_be_empty(timeout=PATIENCE)
