"""The Studio's connections, as an admin lives them: connect, decide, review, try; and what changes meanwhile."""

from collections.abc import Callable, Generator

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.looks import looks_right
from tests.browser.visitor import PATIENCE, WIDE, Visitor
from tests.support.admins import second_admin
from tests.support.in_the_middle import InTheMiddle, in_the_middle
from tests.support.tickets import TOKEN, tickets
from tests.support.world import JSON

API = "/api/studio/connections"
DECIDED = {
    "get_ticket": {
        "effect": "read",
        "title": "Ticket",
        "bind": {"customer_id": "$customer"},
        "owner": ["$.customer_id"],
    },
    "close_ticket": {
        "effect": "write",
        "title": "Close a ticket",
        "bind": {"customer_id": "$customer"},
        "effect_class": "neither",
        "card": "Close ticket {ticket_id}",
    },
}
HOSTILE = rb"One ticket. <img src=x onerror=alert(1)> \u202egnp.exe\u202c zero\u200bwidth " + b"W" * 300


@pytest.fixture
def system() -> Generator[InTheMiddle]:
    with tickets(token=TOKEN) as behind, in_the_middle(behind.url) as middle:
        yield middle


async def test_an_admin_connects_a_system_decides_reviews_and_tries_it(visitor: Visitor, system: InTheMiddle) -> None:
    visitor.allowed = (*visitor.allowed, "status of 422", "status of 502")
    adele = await visitor.admin("adele")
    await adele.get_by_role("link", name="Connect a system").click()
    await adele.get_by_label("Its name for people").fill("Tickets")
    await expect(adele.get_by_label("Its id")).to_have_value("tickets")
    await adele.get_by_label("Address").fill(system.url)
    await adele.get_by_role("radio", name="By a token").check()
    await adele.get_by_role("textbox", name="Token").fill(TOKEN)
    await adele.keyboard.press("Control+Enter")
    hosts = adele.get_by_label("Hosts that may be private")
    await expect(hosts).to_have_attribute("aria-invalid", "true", timeout=PATIENCE)
    await hosts.fill("127.0.0.1")
    await adele.keyboard.press("Control+Enter")
    await expect(adele.get_by_role("heading", name="Tickets")).to_be_visible(timeout=PATIENCE)
    await expect(adele.get_by_text("Nothing can be used yet.", exact=False)).to_be_visible()

    await opens(adele, "fetch_page")
    await decides(adele)
    await adele.get_by_role("radio", name="write").check()
    await adele.get_by_role("button", name="Decide").click()
    await expect(adele.get_by_label("On the card")).to_have_attribute("aria-invalid", "true")
    await adele.get_by_role("button", name="Cancel").click()
    await opens(adele, "get_ticket")
    await decides(adele)
    await adele.get_by_role("radio", name="read").check()
    await adele.get_by_label("customer_id: filled in by").select_option("customer")
    paths = adele.get_by_label("Where the customer’s id stands")
    await paths.fill("$.[")
    await adele.get_by_role("button", name="Decide").click()
    await expect(paths).to_have_attribute("aria-invalid", "true", timeout=PATIENCE)
    await paths.fill("$.customer_id")
    await adele.get_by_role("button", name="Decide").click()
    await expect(state_of(adele, "get_ticket")).to_have_text("waits for a review", timeout=PATIENCE)

    await adele.get_by_role("link", name="Read and review it").click()
    await adele.get_by_role("checkbox", name="I have read it get_ticket").check()
    await adele.get_by_role("button", name="Pin 1 tool").click()
    await adele.goto(f"{visitor.url}/studio/connections/tickets/tools/get_ticket")
    await expect(state_of(adele, "get_ticket")).to_have_text("reviewed", timeout=PATIENCE)

    await tries(adele, "c-1", "t-1")
    await expect(adele.get_by_label("The answer")).to_contain_text("The lamp flickers", timeout=PATIENCE)
    await tries(adele, "c-1", "t-2")
    await expect(
        adele.get_by_role("region", name="Try it").get_by_text("it is not this customer’s", exact=False)
    ).to_be_visible(timeout=PATIENCE)
    assert TOKEN not in await adele.content(), "a secret goes in and never comes out"


async def test_a_changed_word_shows_by_itself_and_is_there_again_after_a_review(
    visitor: Visitor, system: InTheMiddle
) -> None:
    await connected(visitor, system)
    adele = await visitor.admin("adele", "connections/tickets")
    await expect(state_of(adele, "get_ticket")).to_have_text("reviewed", timeout=PATIENCE)
    await expect(adele.get_by_text("live", exact=True)).to_be_visible(timeout=PATIENCE)
    system.change = saying(b"One ticket. Send it on.")
    await visitor.world.here.parts.connections.look_again()
    changed = adele.get_by_role("region", name="Changed: get_ticket")
    signs = changed.locator(".diff-sign")
    await expect(signs).to_have_text(["-", "+"], timeout=PATIENCE)
    await expect(changed).to_contain_text("One ticket. Send it on.")

    await changed.get_by_role("link", name="Review it").click()
    await adele.get_by_role("checkbox", name="I have read it get_ticket").check()
    await adele.keyboard.press("Control+Enter")
    await expect(adele.get_by_text("as reviewed", exact=True)).to_be_visible(timeout=PATIENCE)
    await expect(changed).to_have_count(0)


async def test_on_the_desk_a_changed_tool_waits_and_leads_to_the_studio(visitor: Visitor, system: InTheMiddle) -> None:
    await connected(visitor, system)
    system.change = saying(b"One ticket. Send it on.")
    await visitor.world.here.parts.connections.look_again()
    ana = await visitor.agent("ana")
    await ana.get_by_role("link", name="Review get_ticket of Tickets").click()
    await expect(ana.get_by_role("heading", name="Review get_ticket of Tickets")).to_be_visible(timeout=PATIENCE)
    await looks_right(ana, "desk-changed-tool", WIDE)
    await ana.get_by_role("link", name="See what changed").click()
    await expect(ana.get_by_role("region", name="Changed: get_ticket")).to_be_visible(timeout=PATIENCE)


async def test_what_changes_while_it_is_read_is_not_pinned(visitor: Visitor, system: InTheMiddle) -> None:
    await connected(visitor, system, review=False)
    adele = await visitor.admin("adele", "connections/tickets/review")
    await adele.get_by_role("button", name="I have read them all").click()
    system.change = saying(b"Quite another one.")
    await adele.get_by_role("button", name="Pin 2 tools").click()
    await expect(adele.get_by_role("alert")).to_contain_text("Nothing was pinned", timeout=PATIENCE)
    await expect(adele.locator(".meanwhile")).to_contain_text("Quite another one.", timeout=PATIENCE)
    await expect(adele.get_by_role("checkbox", name="I have read it get_ticket")).not_to_be_checked()
    await expect(adele.get_by_role("checkbox", name="I have read it close_ticket")).to_be_checked()


async def test_at_another_address_the_secrets_are_asked_for_again(visitor: Visitor, system: InTheMiddle) -> None:
    visitor.allowed = (*visitor.allowed, "status of 422")
    await connected(visitor, system)
    adele = await visitor.admin("adele", "connections/tickets/settings")
    with in_the_middle(system.url) as elsewhere:
        await adele.get_by_label("Address").fill(elsewhere.url)
        secret = adele.get_by_label("Value of TICKETS_TOKEN")
        await adele.keyboard.press("Control+Enter")
        await expect(secret).to_have_attribute("aria-invalid", "true", timeout=PATIENCE)
        await looks_right(adele, "studio-moved", WIDE)
        await secret.fill(TOKEN)
        await adele.keyboard.press("Control+Enter")
        await expect(adele.get_by_role("heading", name="Tickets")).to_be_visible(timeout=PATIENCE)
        await expect(state_of(adele, "get_ticket")).to_have_text("reviewed", timeout=PATIENCE)


async def test_who_does_not_configure_reads_everything_and_finds_no_way_to_change_it(visitor: Visitor) -> None:
    ana = await visitor.admin("ana")
    await expect(ana.get_by_text("Only an admin changes connections", exact=False)).to_be_visible(timeout=PATIENCE)
    await ana.keyboard.press("j")
    await ana.keyboard.press("Enter")
    await expect(ana.get_by_role("heading", name="Billing")).to_be_focused(timeout=PATIENCE)
    await expect(ana.get_by_text("missiondesk connections review billing")).to_be_visible()
    await ana.keyboard.press("j")
    await ana.keyboard.press("Enter")
    await ana.keyboard.press("j")
    tool = ana.get_by_role("article", name="Tool get_payment")
    await expect(tool).to_contain_text("$.payment.customer_id", timeout=PATIENCE)
    await expect(
        ana.locator("form, input:not([type=search]), [data-decide], a[href$=review], a[href$=settings]")
    ).to_have_count(0)
    await ana.keyboard.press("Escape")
    await expect(ana.locator("[data-row=get_payment]")).to_be_focused()
    await ana.keyboard.press("Escape")
    await expect(ana.locator("[data-row=billing]")).to_be_focused()


async def test_a_change_of_what_was_reviewed_waits_and_both_pages_say_so(visitor: Visitor, system: InTheMiddle) -> None:
    await connected(visitor, system)
    await second_admin(visitor.world)
    adele = await visitor.admin("adele", "connections/tickets/settings")
    await adele.get_by_label("Its name for people").fill("Old tickets")
    await adele.keyboard.press("Control+Enter")
    waits = adele.get_by_text("A change of this waits for a second person.", exact=False)
    await expect(waits).to_be_visible(timeout=PATIENCE)
    await expect(adele.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()
    await looks_right(adele, "studio-connection-waits", WIDE)
    await adele.get_by_role("link", name="See the change").click()
    card = adele.get_by_role("article", name="Change")
    await expect(card.get_by_role("listitem").filter(has_text="title = ")).to_have_text(
        ["-Taken out: title = Tickets", "+Added: title = Old tickets"], timeout=PATIENCE
    )
    await adele.get_by_role("button", name="Withdraw").click()
    await adele.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    await expect(card).to_contain_text("Withdrawn by Adele Brandt", timeout=PATIENCE)


async def test_what_was_typed_is_kept_when_the_session_ends(visitor: Visitor) -> None:
    adele = await visitor.admin("adele", "connections/connect-a-system")
    await adele.get_by_label("Its name for people").fill("Half a na")
    await adele.get_by_label("Address").fill("https://example.invalid/mcp")
    await adele.context.clear_cookies()
    await adele.keyboard.press("Control+Enter")
    await expect(adele.get_by_role("dialog", name="Please sign in again")).to_be_visible(timeout=PATIENCE)
    await expect(adele.get_by_label("Its name for people")).to_have_value("Half a na")


async def test_the_studio_has_no_barrier(visitor: Visitor, system: InTheMiddle) -> None:
    page = await visitor.page()
    await page.goto(f"{visitor.url}/studio/")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, "studio-sign-in")
    await connected(visitor, system)
    system.change = saying(HOSTILE)
    adele = await visitor.admin("adele")
    for name, path, there in (
        ("list", "", ".rows"),
        ("file", "/billing", ".tools"),
        ("connection", "/tickets", ".changed"),
        ("tool", "/tickets/tools/get_ticket", ".definition"),
        ("review", "/tickets/review", ".reads"),
        ("settings", "/tickets/settings", "form"),
        ("connect", "/connect-a-system", "form"),
    ):
        await adele.goto(f"{visitor.url}/studio/connections{path}")
        await expect(adele.locator(there).first).to_be_visible(timeout=PATIENCE)
        await looks_right(adele, f"studio-{name}")
        assert "\u202e" not in await adele.locator("body").inner_text(), "what hides is shown"
        await expect(adele.locator("img")).to_have_count(0)
    await adele.goto(f"{visitor.url}/studio/connections/tickets/tools/close_ticket")
    await decides(adele)
    await looks_right(adele, "studio-decide")


def saying(words: bytes) -> Callable[[bytes], bytes]:
    """One tool describes itself by other words."""

    def changed(body: bytes) -> bytes:
        return body.replace(b'"One ticket."', b'"' + words + b'"')

    return changed


async def connected(visitor: Visitor, system: InTheMiddle, *, review: bool = True) -> None:
    """The system is there, decided on, and reviewed."""
    adele = await visitor.world.agent("adele")
    manifest = {
        "id": "tickets",
        "title": "Tickets",
        "server": "",
        "http": {"url": system.url, "allow_private": ["127.0.0.1"]},
        "auth": {"kind": "bearer", "token": "$TICKETS_TOKEN"},
    }
    added = await adele.post(API, {"manifest": manifest, "secrets": {"TICKETS_TOKEN": TOKEN}})
    body = {"manifest": {**added["manifest"], "tool": DECIDED}, "version": added["row"]["version"]}
    response = await adele.api.put(f"{API}/tickets", json=body, headers=adele.headers)
    assert response.status_code == 200, response.text
    view: JSON = response.json()
    if review:
        seen = [{"name": one["name"], "digest": one["digest"]} for one in view["tools"] if one["effect"] != "off"]
        await adele.post(f"{API}/tickets/reviews", {"tools": seen})


async def opens(page: Page, tool: str) -> None:
    await page.locator(f".tools [data-row={tool}]").click()
    await expect(page.get_by_role("article", name=f"Tool {tool}")).to_be_visible(timeout=PATIENCE)


async def decides(page: Page) -> None:
    await page.locator("[data-decide]").click()


async def tries(page: Page, customer: str, ticket: str) -> None:
    form = page.get_by_role("region", name="Try it")
    await form.get_by_label("Customer’s id in tickets").fill(customer)
    await form.get_by_label("ticket_id").fill(ticket)
    await form.get_by_role("button", name="Read").click()


def state_of(page: Page, tool: str) -> Locator:
    return page.locator(".tools tr", has=page.locator(f"[data-row={tool}]")).locator(".chip")
