"""Each page, light and dark, wide and on a phone; and text of strangers on it."""

from playwright.async_api import expect

from tests.browser.looks import looks_right
from tests.browser.visitor import PATIENCE, PHONE, WIDE, Visitor, writes
from tests.support.world import CHARGED_TWICE

HOSTILE = "<img src=x onerror=alert(1)> \u202e4471\u202c order\u200b " + "W" * 300


async def test_the_portal_has_no_barrier(visitor: Visitor) -> None:
    page = await visitor.page()
    await page.goto(f"{visitor.url}/p/northwind/")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "portal-sign-in")
    page = await visitor.customer("mira")
    await looks_right(page, "portal-home")
    await writes(page, CHARGED_TWICE)
    await expect(page.get_by_role("region", name="Proposed, not decided yet")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "portal-case")


async def test_the_desk_has_no_barrier(visitor: Visitor) -> None:
    page = await visitor.page()
    await page.goto(f"{visitor.url}/desk/")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "desk-sign-in")
    mira = await visitor.world.customer("mira")
    case = await mira.writes(CHARGED_TWICE)
    await mira.sees(case, "person_decides")
    page = await visitor.agent("ana")
    await looks_right(page, "desk-queue")
    await page.locator("[data-row]").first.click()
    await expect(page.get_by_role("article", name="Decision")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "desk-card")
    await page.goto(f"{visitor.url}/desk/cases/{case['id']}")
    await expect(page.get_by_role("article", name="Case")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "desk-case")


async def test_hostile_text_is_text_and_what_hides_is_shown(visitor: Visitor) -> None:
    mira = await visitor.customer("mira", size=PHONE)
    await mira.get_by_label("What can we help you with?").fill(HOSTILE)
    await mira.get_by_role("button", name="Send").click()
    log = mira.get_by_role("log")
    await expect(log).to_contain_text("<img src=x onerror=alert(1)>", timeout=PATIENCE)
    await expect(mira.locator("img")).to_have_count(0)
    assert "\u202e" not in await log.inner_text()
    await looks_right(mira, "portal-hostile", PHONE)
    ana = await visitor.agent("ana")
    await ana.goto(f"{visitor.url}/desk/cases/{mira.url.rsplit('/', 1)[1]}")
    await expect(ana.get_by_role("article", name="Case")).to_contain_text("<img src=x", timeout=PATIENCE)
    await looks_right(ana, "desk-hostile", WIDE)


async def test_an_unfinished_message_survives_a_reload(visitor: Visitor) -> None:
    mira = await visitor.customer("mira")
    await mira.get_by_label("What can we help you with?").fill("Half a thou")
    await mira.reload()
    await expect(mira.get_by_label("What can we help you with?")).to_have_value("Half a thou")


async def test_what_is_not_there_says_so(visitor: Visitor) -> None:
    mira = await visitor.customer("mira")
    await mira.goto(f"{visitor.url}/p/northwind/cases/nobody-knows")
    await expect(mira.get_by_role("heading", name="There is no such case")).to_be_visible(timeout=PATIENCE)
