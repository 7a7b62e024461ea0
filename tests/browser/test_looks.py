"""Each page, light and dark, wide and on a phone: no barrier found by axe, no sideways scroll, a picture to look at."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.visitor import PATIENCE, PHONE, WIDE, Mode, Visitor, writes
from tests.support.world import CHARGED_TWICE

AXE = (Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES: tuple[Mode, ...] = ("light", "dark")
LOOKS: list[tuple[Mode, tuple[int, int]]] = [(mode, size) for mode in MODES for size in (WIDE, PHONE)]
HOSTILE = "<img src=x onerror=alert(1)> \u202e4471\u202c order\u200b " + "W" * 300


@pytest.mark.parametrize(("mode", "size"), LOOKS)
async def test_the_portal_has_no_barrier(visitor: Visitor, shots: Path, mode: Mode, size: tuple[int, int]) -> None:
    page = await visitor.page(mode=mode, size=size)
    await page.goto(f"{visitor.url}/p/northwind/")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, shots, "portal-sign-in", mode, size)
    page = await visitor.customer("mira", mode=mode, size=size)
    await looks_right(page, shots, "portal-home", mode, size)
    await writes(page, CHARGED_TWICE)
    await expect(page.get_by_role("region", name="Proposed, not decided yet")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, shots, "portal-case", mode, size)


@pytest.mark.parametrize(("mode", "size"), LOOKS)
async def test_the_desk_has_no_barrier(visitor: Visitor, shots: Path, mode: Mode, size: tuple[int, int]) -> None:
    page = await visitor.page(mode=mode, size=size)
    await page.goto(f"{visitor.url}/desk/")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, shots, "desk-sign-in", mode, size)
    mira = await visitor.world.customer("mira")
    case = await mira.writes(CHARGED_TWICE)
    await mira.sees(case, "person_decides")
    page = await visitor.agent("ana", mode=mode, size=size)
    await looks_right(page, shots, "desk-queue", mode, size)
    await page.locator("[data-row]").first.click()
    await expect(page.get_by_role("article", name="Decision")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, shots, "desk-card", mode, size)
    await page.goto(f"{visitor.url}/desk/cases/{case['id']}")
    await expect(page.get_by_role("article", name="Case")).to_be_visible(timeout=PATIENCE)
    await looks_right(page, shots, "desk-case", mode, size)


async def test_hostile_text_is_text_and_what_hides_is_shown(visitor: Visitor, shots: Path) -> None:
    mira = await visitor.customer("mira", size=PHONE)
    await mira.get_by_label("What can we help you with?").fill(HOSTILE)
    await mira.get_by_role("button", name="Send").click()
    log = mira.get_by_role("log")
    await expect(log).to_contain_text("<img src=x onerror=alert(1)>", timeout=PATIENCE)
    await expect(mira.locator("img")).to_have_count(0)
    assert "\u202e" not in await log.inner_text()
    await looks_right(mira, shots, "portal-hostile", "light", PHONE)
    ana = await visitor.agent("ana")
    await ana.goto(f"{visitor.url}/desk/cases/{mira.url.rsplit('/', 1)[1]}")
    await expect(ana.get_by_role("article", name="Case")).to_contain_text("<img src=x", timeout=PATIENCE)
    await looks_right(ana, shots, "desk-hostile", "light", WIDE)


async def test_an_unfinished_message_survives_a_reload(visitor: Visitor) -> None:
    mira = await visitor.customer("mira")
    await mira.get_by_label("What can we help you with?").fill("Half a thou")
    await mira.reload()
    await expect(mira.get_by_label("What can we help you with?")).to_have_value("Half a thou")


async def test_what_is_not_there_says_so(visitor: Visitor) -> None:
    mira = await visitor.customer("mira")
    await mira.goto(f"{visitor.url}/p/northwind/cases/nobody-knows")
    await expect(mira.get_by_role("heading", name="There is no such case")).to_be_visible(timeout=PATIENCE)


async def looks_right(page: Page, shots: Path, name: str, mode: Mode, size: tuple[int, int]) -> None:
    await page.evaluate("document.fonts.ready.then(() => true)")
    await page.screenshot(path=shots / f"{name}-{mode}-{size[0]}.png")
    await page.evaluate(AXE)
    found: dict[str, Any] = await page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    told = [f"{one['id']}: {one['nodes'][0]['target']}" for one in found["violations"]]
    assert told == [], f"{name}, {mode}, {size[0]}: {told}"
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
