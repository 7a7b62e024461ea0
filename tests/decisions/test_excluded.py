"""Whom a rule excludes cannot be one of those who approve, however many there are."""

from pathlib import Path

from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.company import copied, edit
from tests.support.edited import edits
from tests.support.policies import brought_into_force
from tests.support.postgres import Cloned
from tests.support.world import CHARGED_TWICE, until, world_at

ONE = 'says = "A refund needs one agent."\napprove = { count = 1, role = "agent" }'
TWO = ONE.replace("1,", "2,").replace(" }", ', exclude = ["last_editor"] }')
LESS = {"minor": 3000, "currency": "EUR"}


@promise("decisions.an-editor-is-an-author")
async def test_an_excluded_editor_is_none_of_the_two(database: Cloned, northwind: Northwind, tmp_path: Path) -> None:
    company = copied(tmp_path)
    edit(company / "policy.toml", ONE, TWO)
    async with world_at(database, northwind, tmp_path / "home", company=str(company)) as world:
        ana, ben, sara = [await world.agent(name) for name in ("ana", "ben", "sara")]
        case = await (await world.customer("mira")).writes(CHARGED_TWICE)
        card = await edits(ana, await ana.card(), amount=LESS)
        assert "not who edited it last" in card["ruling"]["sentence"]
        refused = await ana.approves(card, status=403)
        assert refused["message"] == "You have edited this, and the policy lets nobody approve what they edited."
        await ben.approves(card)
        await sara.approves(card)
        assert (await ana.verdict(case))["outcome"] == "resolved"


@promise("decisions.an-editor-is-an-author")
async def test_an_editor_excluded_by_todays_policy_does_not_count_any_more(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    edit(company / "policy.toml", ONE, TWO.replace(', exclude = ["last_editor"]', ""))
    async with world_at(database, northwind, tmp_path / "first", lanes=("turns",), company=str(company)) as world:
        ana, ben = await world.agent("ana"), await world.agent("ben")
        await (await world.customer("mira")).writes(CHARGED_TWICE)
        card = await edits(ana, await ana.card(), amount=LESS)
        await ana.approves(card)
        assert (await ben.approves(card))["state"] == "approved"
        more = 'count = 2, role = "agent", exclude = ["last_editor"] }'
        edit(company / "policy.toml", 'count = 2, role = "agent" }', more)
        await brought_into_force(world, company)
    async with world_at(database, northwind, tmp_path / "second", company=str(company)) as world:
        ana = await world.agent("ana")
        [item] = await until(ana.queue, lambda items: [one["kind"] for one in items] == ["proposal"])
        again = await ana.get(f"/api/desk/proposals/{item['id']}")
    assert "Today's policy asks for more" in again["stale"]["sentence"]
    assert world.calls("refund_payment") == 0
