"""A connected system is down when a customer writes: the mission waits for all to see, and goes on by itself."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import intact
from tests.support.company import copied, edit
from tests.support.duplicate_charge import duplicate_charge
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows
from tests.support.scripted_model import ScriptedModel
from tests.support.stoppable import Stoppable, stoppable
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until, world_at

WORKERS: dict[str, dict[str, Any]] = {"procedure": {}, "model": {"model": "openai:scripted"}}
ASKED = 6  # how often a model is asked on the way to a refund, if nothing is in the way


@pytest.fixture
def billing(northwind: Northwind, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stoppable]:
    with stoppable("billing", northwind.home) as billing:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", billing.url)
        yield billing


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedModel]:
    with ScriptedModel(duplicate_charge) as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        monkeypatch.setenv("OPENAI_API_KEY", "played")
        yield model


@pytest.fixture(params=WORKERS)
async def world(
    request: pytest.FixtureRequest,
    billing: Stoppable,
    model: ScriptedModel,
    database: Cloned,
    northwind: Northwind,
    tmp_path: Path,
) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path, **WORKERS[request.param]) as here:
        yield here


async def test_the_mission_waits_and_goes_on_to_the_verdict_with_nobodys_help(
    world: World, billing: Stoppable, model: ScriptedModel, mira: Customer, ana: Agent
) -> None:
    billing.kill()
    case = await mira.writes(CHARGED_TWICE)
    await mira.sees(case, "system_away")
    away = (await ana.case(case))["missions"][0]["away"]
    assert away["system"] == "Billing"
    assert away["why"] != ""
    assert datetime.fromisoformat(away["since"]).tzinfo is not None
    assert [one["state"] for one in (await ana.get("/api/desk/cases"))["items"]] == ["waits for Billing"]
    assert await ana.queue() == [], "nobody is asked for it"
    await until(lambda: nothing_held(world), bool)
    billing.start()
    card = await ana.card()
    assert (await mira.get(f"/api/customer/cases/{case['id']}"))["state"] == "person_decides"
    assert (await ana.case(case))["missions"][0]["away"] is None
    await ana.approves(card)
    mission = await ana.verdict(case)
    assert mission["outcome"] == "resolved"
    trace = await intact(ana, mission)
    lines = [one["line"] for one in trace if one["kind"] == "waiting"]
    assert lines[0].startswith("Waits for Billing, and goes on by itself once it answers.")
    assert lines[1].startswith("Billing answers again, after ")
    assert len(lines) == 2
    before = Counter(one["line"] for one in trace if one["kind"] in ("seen", "consulted", "thought", "routed"))
    before -= Counter(one["line"] for one in trace if one["n"] > _n(trace, "decided"))
    assert set(before.values()) == {1}, "nothing was read, looked up, thought or asked of the model twice"
    assert len(model.asked) in (0, ASKED)
    assert world.calls("refund_payment") == 1


@promise("missions.waiting-holds-nothing")
@pytest.mark.parametrize("world", ["procedure"], indirect=True)
async def test_what_a_customer_adds_meanwhile_is_part_of_the_answer(
    world: World, billing: Stoppable, mira: Customer, ana: Agent
) -> None:
    billing.kill()
    case = await mira.writes(CHARGED_TWICE)
    await mira.sees(case, "system_away")
    await mira.adds(case, "I forgot to say: it is urgent.")
    await mira.sees(case, "system_away")
    billing.start()
    card = await ana.card()
    assert [one["text"] for one in card["messages"]] == [CHARGED_TWICE, "I forgot to say: it is urgent."]
    trace = await ana.trace((await ana.case(case))["missions"][0]["id"])
    states = [one["detail"]["state"] for one in trace["items"] if one["kind"] == "waiting"]
    assert states == ["away", "over"], "one outage, told once, whatever came meanwhile"


@promise("missions.failure-goes-to-a-person")
@pytest.mark.parametrize("world", ["procedure"], indirect=True)
async def test_after_half_an_hour_a_person_takes_the_case_over(
    world: World, billing: Stoppable, database: Cloned, mira: Customer, ana: Agent
) -> None:
    billing.kill()
    case = await mira.writes(CHARGED_TWICE)
    await mira.sees(case, "system_away")
    longer = "update missions set waits_since = waits_since - interval '31 minutes'"
    await asyncio.to_thread(by_hand, database, longer)  # a turn of this very process may hold the row
    mission = await ana.verdict(case)
    assert mission["outcome"] == "handed_off"
    assert mission["verdict"].startswith("handed to a person: I waited for 30 minutes, but Billing does not answer: ")
    assert mission["away"] is None
    assert [one["kind"] for one in await ana.queue()] == ["handoff"]
    await mira.sees(case, "with_person")


async def test_what_was_read_before_a_long_wait_is_read_again_when_it_is_too_old(
    billing: Stoppable, database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    edit(company / "connections" / "shop.toml", 'title = "Order"\n', 'title = "Order"\nmax_age = "4s"\n')
    async with world_at(database, northwind, tmp_path, company=str(company)) as world:
        mira, ana = await world.customer("mira"), await world.agent("ana")
        billing.kill()
        case = await mira.writes(CHARGED_TWICE)
        await mira.sees(case, "system_away")
        age = "select extract(epoch from clock_timestamp() - at) from observations where kind = 'seen'"
        await until(lambda: looked(database, age), lambda old: old > 4)
        billing.start()
        card = await ana.card()
        trace = (await ana.trace(card["mission_id"]))["items"]
        assert [one["source"] for one in trace if one["kind"] == "seen"] == ["Shop", "Billing", "Shop", "Billing"]


@promise("missions.waiting-holds-nothing")
@pytest.mark.parametrize("who", WORKERS)
async def test_a_mission_that_waits_for_a_system_goes_on_after_a_restart_of_ours(
    who: str,
    billing: Stoppable,
    model: ScriptedModel,
    database: Cloned,
    northwind: Northwind,
    tmp_path: Path,
) -> None:
    async with world_at(database, northwind, tmp_path, **WORKERS[who]) as world:
        mira = await world.customer("mira")
        billing.kill()
        case = await mira.writes(CHARGED_TWICE)
        await mira.sees(case, "system_away")
        await until(lambda: nothing_held(world), bool)
    billing.start()
    async with world_at(database, northwind, tmp_path, **WORKERS[who]) as world:
        ana = await world.agent("ana")
        await ana.approves(await ana.card())
        assert (await ana.verdict(case))["outcome"] == "resolved"
        trace = await intact(ana, (await ana.case(case))["missions"][0])
        assert len([one for one in trace if one["kind"] == "waiting"]) == 2
        assert world.calls("refund_payment") == 1
    assert len(model.asked) in (0, ASKED), "the answers of the first process still stand"


async def looked(database: Cloned, query: str) -> float:
    return float(rows(database, query)[0][0])


async def nothing_held(world: World) -> bool:
    """The mission is a row that waits: no job, no process that has it."""
    waits = rows(world.database, "select state, waits_for from missions") == [("waiting", "connection")]
    return waits and rows(world.database, "select count(*) from procrastinate_jobs") == [(0,)]


def _n(trace: list[JSON], kind: str) -> int:
    return next(one["n"] for one in trace if one["kind"] == kind)
