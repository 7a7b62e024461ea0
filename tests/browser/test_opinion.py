"""What a second model says stands on the card apart from what code found, and says what it is."""

import json

from playwright.async_api import expect

from tests.browser.looks import looks_right
from tests.browser.visitor import PATIENCE, Visitor, opens_first
from tests.support.record import by_hand
from tests.support.world import CHARGED_TWICE


async def test_a_models_opinion_stands_apart_and_says_what_it_is(visitor: Visitor) -> None:
    mira, ana = await visitor.world.customer("mira"), await visitor.world.agent("ana")
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    said = [
        {"says": "Both charges may be for two parcels.", "observation": 5, "argument": None},
        {"says": "The amount is the whole of it.", "observation": None, "argument": "amount"},
    ]
    put = "insert into opinions values (%s, %s, 'openai:another', 'given', %s, clock_timestamp())"
    by_hand(visitor.world.database, put, card["id"], card["digest"], json.dumps(said))
    page = await visitor.agent("ana")
    await opens_first(page)
    opinion = page.locator("section.part", has=page.get_by_role("heading", name="A model’s opinion"))
    await expect(opinion).to_contain_text("Both charges may be for two parcels. Show #5", timeout=PATIENCE)
    await expect(opinion).to_contain_text("By openai:another, which reads the proposal and can do nothing.")
    await opinion.scroll_into_view_if_needed()
    await looks_right(page, "desk-opinion")
    await expect(page.get_by_role("button", name="Approve").first).to_be_enabled()
