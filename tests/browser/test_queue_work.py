"""Two hundred decisions a day at the Desk: found, claimed, put aside, given away, sent back, approved together."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import Locator, Page, expect

from tests.browser.looks import looks_right, picture
from tests.browser.visitor import PATIENCE, PHONE, WIDE, Visitor, opens_first
from tests.decisions.test_queue import copies
from tests.support.held import seen_by
from tests.support.record import by_hand, rows
from tests.support.world import CHARGED_TWICE, JSON, World, until


def card_of(page: Page) -> Locator:
    return page.get_by_role("article", name="Decision")


def list_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Decision Queue")


def row(page: Page, words: str) -> Locator:
    return list_of(page).locator(".row", has_text=words)


async def waiting(world: World, count: int = 1) -> list[JSON]:
    """So many like proposals wait, as their cards show them."""
    mira, ana = await world.customer("mira"), await world.agent("ana")
    for _ in range(count):
        await mira.writes(CHARGED_TWICE)
    items = await until(ana.queue, lambda found: len(found) == count)
    return [await seen_by(ana, item) for item in items]


async def many(world: World, count: int) -> None:
    """The first, and so many copies of it."""
    await waiting(world)
    copies(world.database, count)


async def chooses(page: Page, words: str) -> None:
    """From the menu beside the answers."""
    await card_of(page).get_by_role("button", name="More").click()
    await card_of(page).get_by_role("button", name=words).click()


async def test_a_long_queue_comes_a_page_at_a_time_and_what_is_looked_for_is_found(visitor: Visitor) -> None:
    await many(visitor.world, 120)
    page = await visitor.agent("ana")
    listed = list_of(page)
    await expect(listed.get_by_role("button", name="Open 121")).to_be_visible(timeout=PATIENCE)
    await expect(listed.locator("[data-row]")).to_have_count(50)
    await picture(page, "queue-long")
    await listed.get_by_role("button", name="Show 50 more").click()
    await expect(listed.locator("[data-row]")).to_have_count(100, timeout=PATIENCE)
    await listed.get_by_role("button", name="Show 50 more").click()
    await expect(listed.locator("[data-row]")).to_have_count(121, timeout=PATIENCE)
    await expect(listed.get_by_role("button", name="Show 50 more")).to_have_count(0)
    assert len(set(await listed.locator("[data-row]").evaluate_all("rows => rows.map(row => row.dataset.row)"))) == 121
    await page.keyboard.press("/")
    await page.keyboard.type("copy 117")
    await expect(listed.locator("[data-row]")).to_have_count(1, timeout=PATIENCE)
    await expect(row(page, "Refund copy 117")).to_be_visible()
    await page.keyboard.type(" elsewhere")
    await expect(listed.get_by_role("heading", name="Nothing fits")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "queue-nothing-fits", WIDE)
    await listed.get_by_role("button", name="Look for anything").click()
    await listed.get_by_label("Risk").select_option("High risk")
    await expect(listed.locator("[data-row]")).to_have_count(12, timeout=PATIENCE)
    await listed.get_by_label("Brief").select_option("duplicate-charge")
    await expect(listed.locator("[data-row]")).to_have_count(12)


async def test_news_waits_and_only_what_comes_before_the_page_is_news(visitor: Visitor) -> None:
    world = visitor.world
    await many(world, 60)
    page = await visitor.agent("ana")
    listed = list_of(page)
    await expect(listed.locator("[data-row]")).to_have_count(50, timeout=PATIENCE)
    before = await listed.locator("[data-row]").evaluate_all("rows => rows.map(row => row.dataset.row)")
    ben = await world.agent("ben")
    [first] = [one for one in await ben.queue() if not one["id"].startswith("proposal-")] or [(await ben.queue())[0]]
    await ben.rejects(await seen_by(ben, first), "Not today.")
    await expect(row(page, "no longer waits")).to_have_count(1, timeout=PATIENCE)
    await expect(listed.get_by_role("button", name="new in the queue")).to_have_count(0)
    by_hand(world.database, "update proposals set rank_at = rank_at - interval '1 day' where title = 'Refund copy 55'")
    await (await world.customer("mira")).writes(CHARGED_TWICE)
    await expect(listed.get_by_role("button", name="new in the queue")).to_be_visible(timeout=PATIENCE)
    assert await listed.locator("[data-row]").evaluate_all("rows => rows.map(row => row.dataset.row)") == before
    await listed.get_by_role("button", name="new in the queue").click()
    await expect(row(page, "Refund copy 55")).to_be_visible(timeout=PATIENCE)


async def test_the_views_of_the_queue_have_no_barrier_when_they_are_empty(visitor: Visitor) -> None:
    page = await visitor.agent("ana")
    listed = list_of(page)
    empty = {"Open": "Nothing waits for you", "Mine": "Nothing of yours", "Late": "Nothing is late"}
    for name, says in {**empty, "Decided": "Nothing decided yet"}.items():
        await listed.get_by_role("button", name=name).click()
        await expect(listed.get_by_role("heading", name=says)).to_be_visible(timeout=PATIENCE)
        await looks_right(page, f"queue-empty-{name.lower()}", PHONE)
    await expect(listed.get_by_role("button", name="Aside")).to_have_count(0)


async def test_who_opens_a_card_reads_it_and_another_sees_that_and_can_take_it_over(visitor: Visitor) -> None:
    await waiting(visitor.world)
    ana, ben = await visitor.agent("ana"), await visitor.agent("ben")
    await opens_first(ana)
    await expect(row(ben, "Ana Reyes reads this")).to_be_visible(timeout=PATIENCE)
    await expect(row(ana, "you read this")).to_be_visible(timeout=PATIENCE)
    await opens_first(ben)
    await expect(card_of(ben)).to_contain_text("Ana Reyes reads this just now.", timeout=PATIENCE)
    await expect(card_of(ben).get_by_role("button", name="Approve")).to_be_enabled()
    await looks_right(ben, "card-read-by-another")
    await ben.keyboard.press("c")
    await expect(card_of(ben).get_by_role("button", name="Take it over")).to_be_focused()
    await ben.keyboard.press("Enter")
    await expect(card_of(ana)).to_contain_text("Ben Okafor reads this just now.", timeout=PATIENCE)
    await expect(card_of(ben).get_by_text("just now.")).to_have_count(0)
    await card_of(ben).get_by_role("heading", level=1).focus()
    await ben.keyboard.press("c")
    await expect(card_of(ana).get_by_text("reads this just now.")).to_have_count(0, timeout=PATIENCE)
    await expect(row(ben, "Ana Reyes reads this")).to_be_visible(timeout=PATIENCE)
    await ana.goto(f"{visitor.url}/desk/cases")
    await expect(row(ben, "Ana Reyes reads this")).to_have_count(0, timeout=PATIENCE)


async def test_a_proposal_is_sent_back_with_what_to_do_instead(visitor: Visitor) -> None:
    await waiting(visitor.world)
    ana = await visitor.agent("ana")
    await opens_first(ana)
    await ana.keyboard.press("m")
    dialog = ana.get_by_role("dialog", name="Send it back")
    await expect(dialog.get_by_role("button", name="Send it back")).to_be_disabled()
    await dialog.get_by_label("What should the worker do instead?").fill("Refund half of it.")
    await looks_right(ana, "card-respond")
    await ana.keyboard.press("Control+Enter")
    await expect(card_of(ana)).to_contain_text("Sent back to the worker by Ana Reyes", timeout=PATIENCE)
    await expect(card_of(ana)).to_contain_text("Refund half of it.")
    await expect(ana.locator("[data-row]:focus")).to_have_count(1)
    assert visitor.world.calls("refund_payment") == 0


async def test_the_customer_is_asked_from_the_card(visitor: Visitor) -> None:
    await waiting(visitor.world)
    ana = await visitor.agent("ana")
    await opens_first(ana)
    await chooses(ana, "Ask the customer")
    await ana.get_by_label("Your question to Mira Holm").fill("Which card was it?")
    await ana.get_by_role("button", name="Ask", exact=False).last.click()
    await expect(card_of(ana)).to_contain_text("The customer was asked, in your name.", timeout=PATIENCE)
    await expect(row(ana, "asked the customer")).to_be_visible(timeout=PATIENCE)
    await expect(ana.locator("[data-row]:focus")).to_have_count(1)
    await looks_right(ana, "card-asked", WIDE)


async def test_a_case_is_taken_over_by_a_key_that_asks_once(visitor: Visitor) -> None:
    await waiting(visitor.world)
    ana, ben = await visitor.agent("ana"), await visitor.agent("ben")
    await opens_first(ana)
    await opens_first(ben)
    await ben.keyboard.press("t")
    await expect(ben.get_by_role("dialog", name="Take the case over?")).to_be_visible()
    await ana.keyboard.press("t")
    await ana.keyboard.press("Control+Enter")
    await expect(card_of(ana)).to_contain_text("You answer the customer from now on.", timeout=PATIENCE)
    await ben.keyboard.press("Control+Enter")
    await expect(card_of(ben).get_by_role("alert")).to_contain_text("Ana Reyes", timeout=PATIENCE)
    await card_of(ana).get_by_role("link", name="Answer in the case").click()
    await expect(ana.get_by_label("Reply to Mira Holm")).to_be_visible(timeout=PATIENCE)


async def test_it_is_given_to_a_colleague_with_a_note_that_both_can_read(visitor: Visitor) -> None:
    await waiting(visitor.world)
    ana, ben = await visitor.agent("ana"), await visitor.agent("ben")
    await opens_first(ana)
    await card_of(ana).get_by_role("button", name="More").click()
    await looks_right(ana, "card-more")
    await card_of(ana).get_by_role("button", name="Give to somebody").click()
    dialog = ana.get_by_role("dialog", name="Give to somebody")
    await dialog.get_by_label("To").select_option("Ben Okafor (agent)")
    await dialog.get_by_label("Note").fill("You know this customer.")
    await looks_right(ana, "card-give")
    await dialog.get_by_role("button", name="Give", exact=True).click()
    await expect(card_of(ana)).to_contain_text("Given to Ben Okafor.", timeout=PATIENCE)
    await expect(row(ana, "for Ben Okafor")).to_be_visible(timeout=PATIENCE)
    await expect(row(ben, "for you")).to_be_visible(timeout=PATIENCE)
    await list_of(ben).get_by_role("button", name="Mine 1").click()
    await opens_first(ben)
    await expect(card_of(ben)).to_contain_text("You know this customer.")
    await looks_right(ben, "card-given")


async def test_a_case_that_needs_a_person_is_claimed_and_given_like_a_proposal(visitor: Visitor) -> None:
    mira = await visitor.world.customer("mira")
    case = await mira.writes("Hello?")
    await mira.post(f"/api/customer/cases/{case['id']}/person")
    ana, ben = await visitor.agent("ana"), await visitor.agent("ben")
    await expect(row(ana, "a person is asked for")).to_have_count(1, timeout=PATIENCE)
    await row(ana, "a person is asked for").get_by_role("link").click()
    await expect(row(ben, "Ana Reyes reads this")).to_be_visible(timeout=PATIENCE)
    await ana.get_by_role("button", name="Give to somebody").click()
    await ana.get_by_role("dialog").get_by_role("button", name="Give", exact=True).click()
    await expect(row(ben, "for you")).to_be_visible(timeout=PATIENCE)
    await expect(row(ben, "Ana Reyes reads this")).to_have_count(0, timeout=PATIENCE)
    await looks_right(ana, "handoff-given")
    where = ana.url
    await list_of(ben).get_by_role("button", name="Decided").click()
    await ben.goto(where)
    await expect(ben.get_by_role("article", name="Case")).to_be_visible(timeout=PATIENCE)


async def test_it_is_put_aside_until_later_and_shown_again(visitor: Visitor) -> None:
    await waiting(visitor.world)
    ana = await visitor.agent("ana")
    await opens_first(ana)
    await ana.keyboard.press("s")
    dialog = ana.get_by_role("dialog", name="Put aside")
    await dialog.get_by_text("Another time").click()
    await expect(dialog.get_by_label("Day and time")).to_be_visible()
    await looks_right(ana, "card-aside")
    await dialog.get_by_label("Day and time").fill("2020-01-01T09:00")
    await expect(dialog.get_by_label("Day and time")).to_have_js_property("validity.valid", False)
    await dialog.get_by_text("2 hours").click()
    await dialog.get_by_role("button", name="Put aside").click()
    await expect(card_of(ana)).to_contain_text("Put aside until", timeout=PATIENCE)
    await expect(row(ana, "put aside until")).to_be_visible(timeout=PATIENCE)
    await expect(list_of(ana).get_by_role("button", name="Open 0")).to_be_visible(timeout=PATIENCE)
    await list_of(ana).get_by_role("button", name="Aside 1").click()
    await expect(row(ana, "aside until")).to_be_visible(timeout=PATIENCE)
    await card_of(ana).get_by_role("button", name="Show it again").click()
    await expect(list_of(ana).get_by_role("button", name="Open 1")).to_be_visible(timeout=PATIENCE)


async def test_time_and_whose_it_is_stand_on_the_rows(visitor: Visitor) -> None:
    world = visitor.world
    await many(world, 4)
    late = "update proposals set due_at = clock_timestamp() {} where title = 'Refund copy {}'"
    by_hand(world.database, late.format("- interval '12 minutes'", 1))
    by_hand(world.database, late.format("+ interval '20 minutes'", 2))
    ben = await world.agent("ben")
    await ben.post("/api/desk/queue/proposal-3/give", {"to": "supervisor", "note": "Over my head."}, 200)
    await ben.post("/api/desk/queue/proposal-4/claim", {}, 200)
    later = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    [first] = [one["id"] for one in await ben.queue() if "copy" not in one["title"]]
    await ben.post(f"/api/desk/queue/{first}/aside", {"until": later}, 200)
    page = await visitor.agent("sara")
    await expect(row(page, "Refund copy 1")).to_contain_text("late by 12 min", timeout=PATIENCE)
    await expect(row(page, "Refund copy 2")).to_contain_text("min left")
    await expect(row(page, "Refund copy 3")).to_contain_text("for supervisors")
    await expect(row(page, "Refund copy 4")).to_contain_text("Ben Okafor reads this")
    await looks_right(page, "queue-marks")
    await list_of(page).get_by_role("button", name="Late 1").click()
    await expect(list_of(page).locator("[data-row]")).to_have_count(1, timeout=PATIENCE)


async def test_like_proposals_are_approved_together_by_keys_and_each_says_what_became_of_it(visitor: Visitor) -> None:
    world = visitor.world
    await waiting(world, 3)
    page = await visitor.agent("ana")
    await opens_first(page)
    await page.keyboard.press("x")
    await expect(list_of(page).get_by_role("group", name="Selected")).to_contain_text("1 selected")
    for key in ("j", "j", "Shift+X"):
        await page.keyboard.press(key)
    await expect(list_of(page).get_by_role("group", name="Selected")).to_contain_text("3 selected €149.70")
    await looks_right(page, "queue-selected")
    await page.keyboard.press("Shift+A")
    sheet = page.get_by_role("dialog")
    await expect(sheet).to_contain_text("€149.70", timeout=PATIENCE)
    approve = sheet.get_by_role("button", name="Approve 3")
    await expect(approve).to_have_attribute("aria-disabled", "true")
    await looks_right(page, "batch")
    await page.keyboard.type("3")
    await expect(approve).to_have_attribute("aria-disabled", "false")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="3 proposals approved")).to_be_visible(timeout=PATIENCE)
    became = sheet.get_by_role("list", name="What became of each")
    await expect(became.get_by_text("approved, done")).to_have_count(1, timeout=PATIENCE)
    await expect(became.get_by_text("carried out")).to_have_count(0, timeout=PATIENCE)
    await looks_right(page, "batch-done")
    await page.keyboard.press("Escape")
    await expect(row(page, "approved, done")).to_have_count(1)
    assert len(world.refunds()) == 1, "one payment can be refunded once"


async def test_one_that_does_not_fit_is_shown_nothing_is_decided_and_it_can_be_left_out(visitor: Visitor) -> None:
    world = visitor.world
    [_, second, _] = await waiting(world, 3)
    page = await visitor.agent("ana")
    for at in range(3):
        await list_of(page).get_by_role("checkbox").nth(at).check(timeout=PATIENCE)
    await list_of(page).get_by_role("button", name="Approve 3 selected proposals").click()
    sheet = page.get_by_role("dialog")
    await sheet.get_by_label("How many?").fill("3")
    ben = await world.agent("ben")
    await ben.rejects(second, "The amount")
    await sheet.get_by_role("button", name="Approve 3").click()
    await expect(sheet).to_contain_text("Ben Okafor has rejected this already", timeout=PATIENCE)
    await expect(sheet.get_by_role("alert")).to_contain_text("nothing was decided")
    await looks_right(page, "batch-conflict")
    assert rows(world.database, "select kind from decisions") == [("reject",)]
    await sheet.get_by_role("button", name="Leave out").click()
    await sheet.get_by_label("How many?").fill("2")
    await sheet.get_by_role("button", name="Approve 2").click()
    await expect(page.get_by_role("dialog", name="2 proposals approved")).to_be_visible(timeout=PATIENCE)


async def test_a_check_mark_is_as_large_as_a_finger_needs(visitor: Visitor) -> None:
    await waiting(visitor.world)
    page = await visitor.agent("ana", size=PHONE)
    area = await list_of(page).locator(".row-check").bounding_box(timeout=PATIENCE)
    assert area is not None
    assert min(area["width"], area["height"]) >= 24
