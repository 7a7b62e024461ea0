"""People at their browsers: who they are, what they open, and what must not happen there."""

from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.async_api import Browser, ConsoleMessage, Page, Request, expect

from tests.support.world import World

Mode = Literal["light", "dark"]
WIDE, PHONE = (1440, 900), (390, 844)
# The browser itself logs each answer of 400 and above, also those that a page expects: signed out, gone, conflict.
EXPECTED = ("status of 401", "status of 404", "status of 409")
PATIENCE = 15_000  # ms


@dataclass
class Visitor:
    """`wrong` collects what no page may do."""

    browser: Browser
    world: World
    wrong: list[str] = field(default_factory=list[str])
    allowed: tuple[str, ...] = EXPECTED

    @property
    def url(self) -> str:
        return str(self.world.api.base_url).rstrip("/")

    async def page(self, *, size: tuple[int, int] = WIDE) -> Page:
        """A page of a person of its own: nobody is signed in."""
        context = await self.browser.new_context(
            color_scheme="light", viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.wrong.append(f"error on {page.url}: {error}"))
        page.on("console", lambda message: self._heard(page, message))
        page.on("request", lambda request: self._asked(page, request))
        return page

    async def customer(self, first_name: str, **look: Any) -> Page:
        """The portal, signed in by its form."""
        page = await self.page(**look)
        await page.goto(f"{self.url}/p/{self.world.people['portal']}/")
        await self._sign_in(page, self._account("customer", first_name))
        await expect(page.get_by_role("heading", name="Your cases")).to_be_visible(timeout=PATIENCE)
        return page

    async def agent(self, first_name: str, **look: Any) -> Page:
        """The Desk, signed in by its form."""
        page = await self.page(**look)
        await page.goto(f"{self.url}/desk/")
        await self._sign_in(page, self._account("staff", first_name))
        await expect(page.get_by_role("region", name="Decision Queue")).to_be_visible(timeout=PATIENCE)
        return page

    async def admin(self, first_name: str, path: str = "connections", **look: Any) -> Page:
        """The Studio, signed in by its form; agents can look at it, too."""
        page = await self.page(**look)
        await page.goto(f"{self.url}/studio/{path}")
        await self._sign_in(page, self._account("staff", first_name))
        await expect(page.get_by_role("navigation", name="Studio")).to_be_visible(timeout=PATIENCE)
        return page

    async def _sign_in(self, page: Page, account: dict[str, str]) -> None:
        await page.get_by_label("E-mail").fill(account["email"])
        await page.get_by_label("Password").fill(account["password"])
        await page.get_by_role("button", name="Sign in").click()

    def _account(self, kind: str, first_name: str) -> dict[str, str]:
        return next(one for one in self.world.people[kind] if one["email"].startswith(first_name))

    def _heard(self, page: Page, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(each in message.text for each in self.allowed):
            self.wrong.append(f"console of {page.url}: {message.text}")

    def _asked(self, page: Page, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.wrong.append(f"{page.url} asked a stranger: {request.url}")


async def writes(page: Page, text: str) -> None:
    """A customer opens a case with this message."""
    await page.get_by_label("What can we help you with?").fill(text)
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("log")).to_contain_text(text, timeout=PATIENCE)


async def opens_first(page: Page) -> None:
    """Somebody at the Desk opens the first item of the queue with a key, once there is one."""
    await expect(page.locator("[data-row]").first).to_be_visible(timeout=PATIENCE)
    await page.keyboard.press("j")
    await expect(page.get_by_role("article", name="Decision")).to_be_visible(timeout=PATIENCE)
    await expect(page.locator(".rail .live")).to_have_text("live", timeout=PATIENCE)
