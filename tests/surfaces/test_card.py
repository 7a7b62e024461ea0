"""The card shows what the proposal really rests on."""

from pathlib import Path

from tests.demo.northwind import Northwind
from tests.support.company import copied, edit
from tests.support.postgres import Cloned
from tests.support.world import CHARGED_TWICE, world_at


async def test_the_card_shows_the_clause_that_the_reasons_name(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    edit(company / "briefs" / "duplicate-charge" / "procedure.py", "{rule.label}: keep", "refund-policy@1 R-4: keep")
    async with world_at(database, northwind, tmp_path, company=str(company)) as world:
        await (await world.customer("mira")).writes(CHARGED_TWICE)
        card = await (await world.agent("ana")).card()
    articles = [one["label"] for one in card["evidence"] if one["kind"] == "article"]
    assert articles == ["refund-policy@1 R-4 Refunds already made"]
