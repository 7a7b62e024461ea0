"""A read that takes its time: whoever follows the mission sees how far it is, until its result is there."""

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.support.afterwards import intact
from tests.support.postgres import Cloned
from tests.support.slow import Slow, slow
from tests.support.world import CHARGED_TWICE, Agent, Customer, World, world_at
from tests.surfaces.test_streams import first, following


@pytest.fixture
def billing(northwind: Northwind, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    with slow(northwind.urls["billing"], "list_payments") as billing:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", billing.url)
        yield billing


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, billing: Slow, tmp_path: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path, tool_patience=15) as here:
        yield here


async def test_the_progress_of_a_read_is_seen_while_it_runs_and_kept_nowhere(
    world: World, billing: Slow, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    mission = (await ana.case(case))["missions"][0]
    async with following(ana, f"/api/desk/stream?mission={mission['id']}") as events:
        one, other = [(await first(events, "progress"))["progress"] for _ in range(2)]
        assert {name: one[name] for name in ("tool", "title", "source", "total", "over")} == {
            "tool": "billing.list_payments",
            "title": "Payments",
            "source": "Billing",
            "total": 1000,
            "over": False,
        }
        assert other["done"] > one["done"] >= 1
        assert other["message"] == f"page {other['done']:.0f}"
        billing.may_come()
        while not (last := (await first(events, "progress"))["progress"])["over"]:
            assert last["done"] >= other["done"]
    card = await ana.card()
    assert card["title"] == "Refund €49.90 of payment pay_7702"
    kinds = {one["kind"] for one in await intact(ana, mission)}
    assert kinds == {"received", "routed", "thought", "seen", "consulted", "proposed", "ruled"}


async def test_a_customer_hears_nothing_of_it(world: World, billing: Slow, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with following(mira, f"/api/customer/cases/{case['id']}/stream") as events:
        states = [(await first(events, "case"))["case"]["state"]]
        billing.may_come()
        while states[-1] != "person_decides":
            event = await anext(events)
            assert event["type"] == "case"
            states.append(event["case"]["state"])
    assert set(states) <= {"working", "person_decides"}
