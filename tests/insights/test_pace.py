"""After a burst of approvals the next ones wait a moment; nothing else is slowed."""

from pathlib import Path

import pytest

from missiondesk.insights import read_insights
from missiondesk.kit.errors import Misconfigured
from tests.decisions.test_batch import several, together
from tests.demo.northwind import Northwind
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows
from tests.support.world import Agent, Customer, World, world_at

EARLIER = "update decisions set at = at - interval '16 seconds'"


async def test_who_approves_very_quickly_waits_a_moment_at_every_server_and_may_always_reject(
    world: World, mira: Customer, ana: Agent, database: Cloned, northwind: Northwind, tmp_path: Path, company: Path
) -> None:
    one, two, three, four, five, six = await several(world, mira, ana, 6)
    async with world_at(database, northwind, tmp_path / "b", lanes=(), company=str(company)) as other:
        there = await other.agent("ana")
        await ana.approves(one)
        await there.approves(two)
        for who in (ana, there):
            slowed = await who.approves(three, 409)
            assert slowed["code"] == "slow_down"
            assert 10 <= slowed["current"]["seconds"] <= 15
            assert "You approved 2 within 60 seconds" in slowed["message"]
            assert "Nothing was decided; you can reject at any time" in slowed["message"]
        assert await ana.rejects(four, "not this one"), "to say no is never slowed"
        await (await other.agent("ben")).approves(three)  # somebody else is not slowed
        await there.post("/api/desk/batches", together([five, six]))  # one act, looked at as a whole
    ids = [one["id"], two["id"], three["id"]]
    query = "select proposal_id from decisions where kind = 'approve' and batch is null order by at"
    assert [id_ for (id_,) in rows(database, query)] == ids
    assert rows(database, "select count(distinct batch), count(batch) from decisions") == [(1, 2)]


async def test_after_the_pause_one_more_can_be_approved_and_then_it_waits_again(
    world: World, mira: Customer, ana: Agent
) -> None:
    one, two, three, four = await several(world, mira, ana, 4)
    await ana.approves(one)
    await ana.approves(two)
    await ana.approves(three, 409)
    by_hand(world.database, EARLIER)
    await ana.approves(three)
    await ana.approves(four, 409)
    by_hand(world.database, "update decisions set at = at - interval '1 minute'")
    await ana.approves(four)


def test_a_file_that_cannot_be_used_is_refused_with_its_field(tmp_path: Path) -> None:
    assert read_insights(tmp_path).keeping.approvals == 20
    for text, says in (("[pace]\npause = 900", r"pace\.pause"), ("[tests]\nrate = 2", r"tests\.rate"), ("[x]", "x")):
        (tmp_path / "insights.toml").write_text(text, encoding="utf-8")
        with pytest.raises(Misconfigured, match=rf"insights\.toml: {says}"):
            read_insights(tmp_path)
