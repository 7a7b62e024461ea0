"""A rule's delay: an approval counts that much later, whatever whoever approves would like."""

from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import working
from tests.support.approved import proposed
from tests.support.company import copied, edit
from tests.support.held import holds, takes_back
from tests.support.policies import brought_into_force
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows
from tests.support.world import JSON, World, until, world_at

NO_DELAY = 'says = "A refund needs one agent."\napprove = { count = 1, role = "agent" }'
DELAY = NO_DELAY.replace(" }", ', delay = "10m" }')
EARLIER = (
    "update decisions set at = at - interval '{0}', held_until = held_until - interval '{0}'",
    "update missions set wake_at = wake_at - interval '{0}'",
)


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    company = copied(tmp_path)
    edit(company / "policy.toml", NO_DELAY, DELAY)
    return company


def later(world: World, minutes: int) -> None:
    for statement in EARLIER:
        by_hand(world.database, statement.format(f"{minutes} minutes"))


async def waits(world: World) -> bool:
    return rows(world.database, "select state, wake_at > now() from missions") == [("waiting", True)]


def in_seconds(card: JSON) -> float:
    [decision] = card["decisions"]
    assert decision["standing"] == "held"
    return decision["held"]["seconds"]


@promise("decisions.no-answer-is-no")
@pytest.mark.parametrize("undo", [0, 30])
async def test_an_approval_counts_when_the_rules_delay_is_over(
    undo: int, slow: Path, database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    async with world_at(database, northwind, tmp_path / "home", lanes=(), company=str(slow)) as world:
        ana, ben = await world.agent("ana"), await world.agent("ben")
        case, card = await proposed(world, await world.customer("mira"), ana)
        assert "counting 10 minutes later" in card["ruling"]["sentence"]
        assert 595 < in_seconds(await holds(ana, card, undo=undo)) <= 600
        async with working(world):
            later(world, 9)
            await until(lambda: waits(world), bool)
            assert rows(database, "select count(*) from grants") == [(0,)]
            await takes_back(ana, card)
            await holds(ben, card, undo=0)
            later(world, 10)
            assert (await ana.verdict(case))["outcome"] == "resolved"
    assert world.calls("refund_payment") == 1


async def test_a_rejection_is_not_delayed(slow: Path, database: Cloned, northwind: Northwind, tmp_path: Path) -> None:
    async with world_at(database, northwind, tmp_path / "home", lanes=(), company=str(slow)) as world:
        ana = await world.agent("ana")
        _, card = await proposed(world, await world.customer("mira"), ana)
        await ana.rejects(card, "She has a voucher.")
        assert (await ana.get(f"/api/desk/proposals/{card['id']}"))["state"] == "rejected"


@promise("decisions.no-answer-is-no")
@pytest.mark.parametrize("counted", [False, True], ids=["while it is held", "after it counted"])
async def test_a_delay_that_came_since_holds_it_longer_and_stops_what_counted_too_soon(
    counted: bool, slow: Path, database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    async with world_at(database, northwind, tmp_path / "first", lanes=()) as world:
        ana = await world.agent("ana")
        _, card = await proposed(world, await world.customer("mira"), ana)
        await holds(ana, card, undo=0 if counted else 30)
        later(world, 1)
        await brought_into_force(world, slow)
    async with world_at(database, northwind, tmp_path / "second", company=str(slow)) as world:
        ana = await world.agent("ana")
        if counted:
            await until(ana.queue, lambda items: [one["id"] for one in items] not in ([], [card["id"]]))
            assert "asks for more" in str(rows(database, "select why from effects"))
        else:
            await until(lambda: waits(world), bool)
            assert 500 < in_seconds(await ana.get(f"/api/desk/proposals/{card['id']}")) <= 540
    assert world.calls("refund_payment") == 0
