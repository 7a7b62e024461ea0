"""What could not be told stands on the Desk of those who can tell it again."""

from playwright.async_api import expect

from tests.browser.looks import looks_right
from tests.browser.visitor import PATIENCE, Visitor
from tests.notices.test_commands import KEPT, TOLD
from tests.support.record import by_hand, rows


async def test_a_supervisor_tells_again_what_was_given_up(visitor: Visitor) -> None:
    by_hand(visitor.world.database, KEPT, TOLD, TOLD)
    page = await visitor.agent("sara")
    await page.get_by_role("link", name="Not told").click()
    listed = page.get_by_role("article", name="Not told")
    await expect(listed).to_contain_text("It answered with status 500.", timeout=PATIENCE)
    await looks_right(page, "desk-not-told")
    await listed.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("heading", name="Everything was told")).to_be_visible(timeout=PATIENCE)
    assert rows(visitor.world.database, "select state from notices where id = 'notice-1'") != [("dead",)]
    ana = await visitor.agent("ana")
    await expect(ana.get_by_role("link", name="Not told")).to_have_count(0)
