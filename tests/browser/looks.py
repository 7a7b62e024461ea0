"""How a page looks, light and dark, wide and on a phone: no barrier found by axe, no sideways scroll, a picture of it.

Pictures are only taken for somebody who says where to: in the folder of `MISSIONDESK_SHOTS`.
"""

import os
from pathlib import Path

from playwright.async_api import Page

from tests.browser.visitor import PHONE, WIDE, Mode

AXE = (Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
# Light and dark differ in nothing but colours, so what is not about colours is looked at once.
RULES: dict[Mode, dict[str, str | list[str]]] = {
    "light": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
SIZES = (WIDE, PHONE)
# `resultTypes`: what is fine need not be told, which takes longer than to find it out.
WRONG = """async rules => {
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  // not waited for: of what is not drawn just now, as far below the fold, none ever ends
  const changing = () => document.getAnimations().filter(one => one instanceof CSSTransition);
  for (let i = 0, now; i < 20 && (now = changing()).length; i++) {  // what inherits a colour begins when that ends
    now.forEach(one => one.finish());
    await new Promise(requestAnimationFrame);
  }
  const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
  const sideways = document.documentElement.scrollWidth > innerWidth;
  return [...violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), ...(sideways ? ["scrolls sideways"] : [])];
}"""


async def looks_right(page: Page, name: str, *sizes: tuple[int, int]) -> None:
    """At these sizes, else at all. The page is not loaded again, and left as it was: light, and of its size."""
    before = page.viewport_size
    assert before is not None
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE)
    for width, height in sizes or SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        for mode, rules in RULES.items():
            await page.emulate_media(color_scheme=mode)
            wrong: list[str] = await page.evaluate(WRONG, rules)
            await picture(page, f"{name}-{mode}-{width}")
            assert wrong == [], f"{name}, {mode}, {width}: {wrong}"
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size(before)


async def picture(page: Page, name: str) -> None:
    """The page as it is, for somebody to look at."""
    if folder := os.environ.get("MISSIONDESK_SHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png")
