"""The flagship case while billing goes wrong: whatever happens on the way, the money goes back once."""

import itertools
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from missiondesk.proving.chaos import Fault, Plan
from tests.demo.northwind import Northwind
from tests.proving.chaos_before import Before, chaos_before
from tests.support.postgres import Cloned
from tests.support.world import CHARGED_TWICE, World, until, world_at

REFUND = "refund_payment"


def only_the_first(fault: Fault, tool: str) -> Plan:
    """The first call of this tool gets it, the next ones do not."""

    def fits(plan: Plan) -> bool:
        met = [plan.injection(tool, nth) for nth in range(1, 10)]
        return (
            met[0] is not None
            and met[0].deliveries == 1 + (fault == "duplicate") - (fault == "cut-before")
            and (not any(met[1:]))
        )

    plans = (Plan(seed, {fault: 0.2}, frozenset({tool})) for seed in itertools.count())
    return next(plan for plan in plans if fits(plan))


@pytest.fixture
async def billing(northwind: Northwind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Before]:
    """A chaos server before Northwind's billing, where the connection's file expects billing."""
    async with chaos_before(northwind.urls["billing"], Plan(1, {}), tmp_path / "ledger.jsonl") as before:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", before.url)
        yield before


@pytest.fixture
async def world(billing: Before, database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path) as here:
        yield here


@pytest.mark.parametrize(
    "fault", ["cut-before", "cut-after", "garbage", "server-error", "duplicate", "input-required", "broken-schema"]
)
async def test_a_refund_whose_first_answer_is_spoilt_is_made_once(fault: Fault, billing: Before, world: World) -> None:
    billing.chaos.plan = only_the_first(fault, REFUND)
    mira, ana = await world.customer("mira"), await world.agent("ana")
    case = await mira.writes(CHARGED_TWICE)
    await ana.approves(await ana.card())
    verdict = await ana.verdict(case)
    assert (verdict["outcome"], len(world.refunds())) == ("resolved", 1)
    calls = [call for call in billing.ledger if call.tool == REFUND]
    assert calls[0].injected == fault
    assert {call.key for call in calls} == {world.refunds()[0][3]}
    assert sum(call.delivered or 0 for call in calls) == world.calls(REFUND)


async def test_a_refund_of_which_every_answer_is_cut_off_is_made_once_and_found(billing: Before, world: World) -> None:
    billing.chaos.plan = Plan(1, {"cut-after": 1.0}, frozenset({REFUND}))
    mira, ana = await world.customer("mira"), await world.agent("ana")
    case = await mira.writes(CHARGED_TWICE)
    await ana.approves(await ana.card())
    verdict = await ana.verdict(case)
    assert (verdict["outcome"], len(world.refunds())) == ("resolved", 1)
    calls = [call for call in billing.ledger if call.tool == REFUND]
    assert [call.delivered for call in calls] == [1, 1, 1]
    assert len({call.key for call in calls}) == 1


async def test_an_answer_about_somebody_else_leads_to_no_proposal(billing: Before, world: World) -> None:
    billing.chaos.plan = Plan(1, {"foreign-record": 1.0}, frozenset({"list_payments"}))
    mira, ana = await world.customer("mira"), await world.agent("ana")
    case = await mira.writes(CHARGED_TWICE)
    await until(lambda: ana.case(case), lambda it: any(call.injected for call in billing.ledger) and _at_rest(it))
    assert await ana.queue() == []
    assert world.refunds() == []


def _at_rest(case: dict[str, Any]) -> bool:
    return bool(case["missions"]) and all(one["state"] in ("done", "waiting") for one in case["missions"])
