"""Changes of the configuration: one person asks in the Studio, another one answers on the Desk, by keys alone."""

from playwright.async_api import Page, Route, expect

from missiondesk.cli.demo import company_folder
from tests.browser.looks import looks_right
from tests.browser.visitor import PATIENCE, WIDE, Visitor
from tests.promises import promise
from tests.support.admins import second_admin
from tests.support.approved import proposed
from tests.support.policies import approves_change, asked_for

DEMO = (company_folder() / "policy.toml").read_text(encoding="utf-8")
STRICTER = DEMO.replace("500.00 EUR", "40.00 EUR").replace("€500.00", "€40.00")
OTHER = DEMO.replace("500.00 EUR", "300.00 EUR").replace("€500.00", "€300.00")


@promise("changes.two-people")
async def test_a_policy_is_written_in_the_studio_and_comes_into_force_on_the_desk(visitor: Visitor) -> None:
    world = visitor.world
    await proposed(world, await world.customer("mira"), await world.agent("ana"))
    sara = await visitor.admin("sara", "policy")
    rules = sara.get_by_role("region", name="Rules in force")
    await expect(rules).to_contain_text("two different people, each a supervisor", timeout=PATIENCE)
    await looks_right(sara, "studio-policy")
    await focuses(sara, "Change it")
    await sara.keyboard.press("Enter")
    text = sara.get_by_label("The policy, as TOML")
    await expect(text).to_be_focused()
    await text.fill(STRICTER.replace("40.00 EUR", "40,00 EUR"))
    wrong = sara.get_by_role("button", name="Go to line 11")
    await expect(wrong).to_be_visible(timeout=PATIENCE)
    await looks_right(sara, "studio-policy-wrong")
    await sara.reload()
    await expect(text).to_have_value(STRICTER.replace("40.00 EUR", "40,00 EUR"), timeout=PATIENCE)
    await text.fill(STRICTER)
    difference = sara.get_by_role("region", name="Difference to what is in force")
    await expect(difference.locator(".diff-sign")).to_have_text(["-", "+", "-", "+"], timeout=PATIENCE)
    await focuses(sara, "What would it have done?")
    await sara.keyboard.press("Enter")
    replay = sara.locator(".replay")
    await expect(replay).to_contain_text("1 of 1 proposal would have come out otherwise.", timeout=PATIENCE)
    await sara.get_by_label("Why").fill("Small refunds went wrong.")
    await looks_right(sara, "studio-policy-draft")
    await sara.keyboard.press("Control+Enter")
    await expect(sara.get_by_text("It waits for a second person.")).to_be_visible(timeout=PATIENCE)
    await expect(text).to_have_count(0)

    samir = await visitor.agent("samir")
    await expect(samir.get_by_role("link", name="1 change of the boundary waits")).to_be_visible(timeout=PATIENCE)
    await looks_right(samir, "desk-changes-wait", WIDE)
    await samir.keyboard.press("g")
    await samir.keyboard.press("h")
    await expect(samir.locator("[data-row]").first).to_be_visible(timeout=PATIENCE)
    await samir.keyboard.press("j")
    card = samir.get_by_role("article", name="Change")
    await expect(card.get_by_role("region", name="Rule large-refund")).to_contain_text("Added: when", timeout=PATIENCE)
    await expect(card).to_contain_text("1 would need more people", timeout=PATIENCE)
    await looks_right(samir, "desk-change")
    await samir.keyboard.press("a")
    await expect(card.get_by_role("group", name="Confirm")).to_contain_text("It is in force at once")
    await samir.keyboard.press("Control+Enter")
    await expect(card).to_contain_text("In force by Sara Lindqvist and Samir Haddad", timeout=PATIENCE)
    await expect(samir.locator("#outcome")).to_be_focused()
    await samir.keyboard.press("Escape")
    await expect(samir.locator("[data-row][aria-current]")).to_be_focused()
    await looks_right(samir, "desk-change-adopted")
    await expect(rules).to_contain_text("args.amount > 40.00 EUR", timeout=PATIENCE)


async def test_somebody_elses_version_loses_no_draft_and_a_late_answer_says_who_was_first(visitor: Visitor) -> None:
    world = visitor.world
    sara = await visitor.admin("sara", "policy")
    await sara.get_by_role("button", name="Change it").click()
    await sara.get_by_label("The policy, as TOML").fill(STRICTER)
    view = await asked_for(world, OTHER, by="adele")
    late = await asked_for(world, STRICTER.replace("40.00", "41.00"), by="adele")
    ana = await opens(visitor, "ana", late["row"]["id"])
    await expect(ana.locator(".bar")).to_contain_text("Only a supervisor or an admin answers this")
    await expect(ana.get_by_role("button", name="Approve")).to_have_count(0)
    samir = await opens(visitor, "samir", late["row"]["id"])
    await approves_change(world, view)
    await expect(sara.get_by_role("alert")).to_contain_text("Another policy came into force", timeout=PATIENCE)
    await expect(sara.get_by_label("The policy, as TOML")).to_have_value(STRICTER)
    await expect(sara.get_by_role("button", name="Propose")).to_have_attribute("aria-disabled", "true")
    await looks_right(sara, "studio-policy-overtaken")
    card = samir.get_by_role("article", name="Change")
    await expect(card).to_contain_text("Replaced by Adele Brandt and Samir", timeout=PATIENCE)
    await expect(samir.get_by_role("button", name="Approve")).to_have_count(0)
    await looks_right(samir, "desk-change-replaced", WIDE)
    await sara.get_by_role("button", name="go on from there").click()
    await sara.get_by_label("Why").fill("Lower still.")
    await sara.keyboard.press("Control+Enter")
    await expect(sara.get_by_text("It waits for a second person.")).to_be_visible(timeout=PATIENCE)
    await sara.get_by_role("link", name="See the change").click()
    await expect(sara.get_by_role("button", name="Withdraw")).to_be_visible(timeout=PATIENCE)
    mine = sara.url.rpartition("/")[2]
    await samir.goto(f"{visitor.url}/desk/changes/{mine}")

    async def adele_was_faster(route: Route) -> None:
        seen = await (await world.agent("adele")).get(f"/api/desk/changes/{mine}")
        await approves_change(world, seen, by="adele")
        await route.continue_()

    await samir.route("**/answers", adele_was_faster)
    await expect(samir.get_by_role("button", name="Approve")).to_be_enabled(timeout=PATIENCE)
    await samir.keyboard.press("a")
    await expect(card.get_by_role("group", name="Confirm")).to_be_visible()
    await samir.keyboard.press("Control+Enter")
    await expect(samir.get_by_role("alert")).to_contain_text("Adele Brandt", timeout=PATIENCE)
    await expect(card).to_contain_text("In force by Sara Lindqvist and Adele Brandt")
    await looks_right(samir, "desk-change-late", WIDE)


async def test_people_are_added_and_changed_by_two_admins(visitor: Visitor) -> None:
    await second_admin(visitor.world)
    adele = await visitor.admin("adele", "people")
    await expect(adele.get_by_text("waits for a second admin")).to_be_visible(timeout=PATIENCE)
    await looks_right(adele, "studio-people")
    await adele.get_by_role("button", name="Change the role of Ana").click()
    await adele.get_by_label("Role", exact=True).select_option("supervisor")
    await looks_right(adele, "studio-people-role", WIDE)
    await adele.keyboard.press("Control+Enter")
    await expect(adele.get_by_text("It waits for a second person.")).to_be_visible(timeout=PATIENCE)
    await adele.get_by_role("link", name="a change waits").click()
    card = adele.get_by_role("article", name="Change")
    await expect(card).to_contain_text("From their next request on they are supervisor", timeout=PATIENCE)
    await expect(card).to_contain_text("so another person must answer")
    await looks_right(adele, "desk-change-mine")


async def focuses(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name).focus()


async def opens(visitor: Visitor, who: str, change: str) -> Page:
    page = await visitor.agent(who)
    await page.goto(f"{visitor.url}/desk/changes/{change}")
    await expect(page.get_by_role("article", name="Change")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("live", exact=True)).to_be_visible(timeout=PATIENCE)
    return page
