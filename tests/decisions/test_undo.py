"""An answer that can still be taken back is worth nothing; when its time is over, it is worth what any answer is."""

import asyncio
from pathlib import Path

import pytest

from missiondesk.decisions import NotAsApproved, approved_action, decisions_on, let_count
from missiondesk.ids import DecisionId, GrantId, MissionId, ProposalId
from missiondesk.missions import mission
from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import intact, working
from tests.support.approved import effects_in, proposed
from tests.support.company import copied, edit
from tests.support.held import holds, seen_by, takes_back, time_is_over
from tests.support.policies import FORBIDS, brought_into_force
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows
from tests.support.world import ALL, BESIDE, JSON, Agent, Customer, World, until, world_at

AS_IF_APPROVED = (
    "insert into grants select 'grant-1', id, 0, body::json->'actions'->0->>'digest', now() from proposals",
    "update proposals set closed = 'approved', closed_by = 'nobody', closed_at = now()",
    "update missions set turn = turn + 1, state = 'runnable', lane = 'effects', waits_for = null, wake_at = null",
)


def standings(card: JSON) -> list[str]:
    return [one["standing"] for one in card["decisions"]]


async def waiting(world: World) -> bool:
    return rows(world.database, "select state, wake_at from missions") == [("waiting", None)]


@promise("decisions.no-answer-is-no")
async def test_a_held_approval_grants_nothing_and_everybody_sees_until_when(
    world: World, mira: Customer, ana: Agent
) -> None:
    ben = await world.agent("ben")
    _, card = await proposed(world, mira, ana)
    mine = await holds(ana, card)
    assert (mine["state"], mine["can"], standings(mine)) == ("open", ["edit", *BESIDE], ["held"])
    assert "you can take that back" in mine["cannot"]
    [his] = (await seen_by(ben, card))["decisions"]
    assert (mine["decisions"][0]["can"], his["can"]) == (["take_back"], [])
    assert (his["held"]["by"], his["held"]["kind"]) == ("Ana Reyes", "approve")
    assert 25 < his["held"]["seconds"] <= 30
    assert (await seen_by(ben, card))["can"] == ALL
    [item] = await ben.queue()
    assert (item["signed"], [one["by"] for one in item["held"]]) == (0, ["Ana Reyes"])
    assert rows(world.database, "select count(*) from grants") == [(0,)]
    [(wakes,)] = rows(world.database, "select m.wake_at = d.held_until from missions m, decisions d")
    assert wakes, "it stands in a row, and in nobody's memory"


@promise("effects.nothing-without-a-grant")
@pytest.mark.parametrize("standing", ["held", "taken_back", "stopped"])
async def test_what_does_not_count_lets_nothing_run_even_if_somebody_made_a_grant(
    standing: str, world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await proposed(world, mira, ana)
    await holds(ana, card)
    if standing != "held":
        why = "'stopped'" if standing == "stopped" else "null"
        by_hand(world.database, f"update decisions set held_until = null, void_at = now(), void_why = {why}")
    for statement in AS_IF_APPROVED:
        assert by_hand(world.database, statement) == 1
    async with world.here.parts.database.transaction() as tx:
        assert await decisions_on(tx, ProposalId(card["id"])) == []
        with pytest.raises(NotAsApproved, match="not enough approvals"):
            await approved_action(tx, GrantId("grant-1"))
    async with working(world):
        effects = await until(lambda: effects_in(ana, card), lambda them: [one[0] for one in them] == ["stale"])
    assert "not enough approvals" in str(effects[0][1])
    assert world.calls("refund_payment") == 0


@pytest.mark.parametrize("undo", [-1, 31, 10**9])
async def test_it_can_be_held_for_half_a_minute_and_no_longer(
    undo: int, world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await proposed(world, mira, ana)
    assert "0 to 30 seconds" in (await holds(ana, card, undo=undo, status=422))["message"]
    assert rows(world.database, "select count(*) from decisions") == [(0,)]


async def test_only_who_decided_takes_it_back_and_may_then_decide_again_once(
    world: World, mira: Customer, ana: Agent
) -> None:
    ben = await world.agent("ben")
    _, card = await proposed(world, mira, ana)
    key = {"kind": "approve", "digest": card["digest"], "undo": 30}
    path = f"/api/desk/proposals/{card['id']}/decisions"
    await ana.post(path, key, key="k1")
    assert "Only Ana Reyes" in (await takes_back(ben, card, status=403))["message"]
    after = await takes_back(ana, card)
    assert (standings(after), after["can"]) == (["taken_back"], ALL)
    assert standings(await takes_back(ana, card)) == ["taken_back"], "the retry of a reply that was lost"
    assert standings(await ana.post(path, key, key="k1")) == ["taken_back"], "a late retry is no new answer"
    assert rows(world.database, "select wake_at from missions") == [(None,)]
    assert rows(world.database, "select count(*) from grants") == [(0,)]
    await ana.approves(card)
    await ana.approves(card)
    assert rows(world.database, "select count(*), count(void_at) from decisions") == [(2, 1)]
    assert rows(world.database, "select count(*) from grants") == [(1,)]
    told = [one["line"] for one in (await ana.trace(card["mission_id"]))["items"] if one["kind"] == "decided"]
    assert told == [
        "Ana Reyes (agent) approved, and can take it back for 30 s",
        "Ana Reyes (agent) took the decision back",
        "Ana Reyes (agent) approved",
    ]


async def test_what_counts_cannot_be_taken_back(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    await ana.approves(card)
    late = await takes_back(ana, card, status=409)
    assert "it cannot be taken back any more" in late["message"]
    assert late["current"]["state"] == "approved"
    await ana.deletes("/api/desk/decisions/decision-0", status=404)


@promise("effects.exactly-once")
async def test_who_takes_it_back_just_as_it_counts_is_too_late(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    [held] = (await holds(ana, card))["decisions"]
    async with world.here.parts.database.transaction() as tx:
        await mission(tx, MissionId(card["mission_id"]), lock=True)  # as a turn does
        asked = asyncio.create_task(ana.deletes(f"/api/desk/decisions/{held['id']}", 409))
        await until(lambda: waits_for_a_lock(world), bool)
        await let_count(tx, DecisionId(held["id"]))
    assert "it cannot be taken back any more" in (await asked)["message"]
    assert standings(await seen_by(ana, card)) == ["counts"]


async def test_while_it_is_held_another_person_decides(world: World, mira: Customer, ana: Agent) -> None:
    ben = await world.agent("ben")
    case, card = await proposed(world, mira, ana)
    await holds(ana, card)
    await ben.rejects(card, "She has a voucher.")
    late = await takes_back(ana, card, status=409)
    assert "Ben Okafor has rejected this already" in late["message"]
    assert standings(late["current"]) == ["unused", "counts"]
    time_is_over(world)
    async with working(world):
        assert (await ana.verdict(case))["outcome"] == "declined"
    assert world.calls("refund_payment") == 0


async def test_while_it_is_held_the_customer_writes_again(world: World, mira: Customer, ana: Agent) -> None:
    case, card = await proposed(world, mira, ana)
    await holds(ana, card)
    await mira.adds(case, "It is order 4471, by the way.")
    time_is_over(world)
    assert (await seen_by(ana, card))["state"] == "superseded"
    async with working(world):
        again = await ana.card()
    assert again["id"] != card["id"]
    assert again["decisions"] == []
    assert rows(world.database, "select count(*) from grants") == [(0,)]


@promise("effects.freeze-stops-them")
async def test_a_freeze_at_the_end_of_its_time_makes_it_void(world: World, mira: Customer, ana: Agent) -> None:
    sara = await world.agent("sara")
    case, card = await proposed(world, mira, ana)
    await holds(ana, card)
    frozen = await sara.post("/api/desk/freezes", {"scope": "all", "why": "An incident"})
    time_is_over(world)
    async with working(world):
        await until(lambda: waiting(world), bool)
        [stopped] = (await seen_by(ana, card))["decisions"]
        assert (stopped["standing"], stopped["can"]) == ("stopped", [])
        assert stopped["why"] == "All effects are frozen by Sara Lindqvist: An incident. Nothing was sent."
        await sara.deletes(f"/api/desk/freezes/{frozen['freeze']['id']}")
        assert (await seen_by(ana, card))["can"] == ALL, "no answer is no"
        await ana.approves(card)
        mission = await ana.verdict(case)
    lines = [one["line"] for one in await intact(ana, mission) if one["kind"] == "decided"]
    assert lines[1] == f"Ana Reyes (agent) had decided, and that is void: {stopped['why']}"
    assert world.calls("refund_payment") == 1


@promise("decisions.no-answer-is-no")
@pytest.mark.parametrize(
    ("rule", "standing", "needed"),
    [(FORBIDS, "stopped", 0), ('approve = { count = 2, role = "agent" }', "counts", 2)],
    ids=["forbids it", "asks for more"],
)
async def test_the_policy_at_the_end_of_its_time_is_todays(
    rule: str, standing: str, needed: int, database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    async with world_at(database, northwind, tmp_path / "first", lanes=()) as world:
        _, card = await proposed(world, await world.customer("mira"), ana := await world.agent("ana"))
        await holds(ana, card)
        time_is_over(world)
        company = copied(tmp_path)
        agent = 'approve = { count = 1, role = "agent" }'
        says = 'says = "A refund needs one agent."\n'
        edit(company / "policy.toml", f"{says}{agent}", rule)
        await brought_into_force(world, company)
    async with world_at(database, northwind, tmp_path / "second", company=str(company)) as world:
        await until(lambda: waiting(world), bool)
        now = await seen_by(await world.agent("ana"), card)
    assert (now["state"], standings(now), now["ruling"]["needed"]) == ("open", [standing], needed)
    assert rows(database, "select count(*) from grants") == [(0,)]


async def test_of_two_signatures_each_has_its_own_time(world: World, ana: Agent) -> None:
    tomas, sara, samir = await world.customer("tomas"), await world.agent("sara"), await world.agent("samir")
    case = await tomas.writes("I paid twice for order 4544")
    async with working(world):
        card = await ana.card()
        await holds(sara, card)
        assert (await samir.approves(card))["state"] == "open", "only one of the two counts"
        assert rows(world.database, "select count(*) from grants") == [(0,)]
        await takes_back(samir, card, status=403)
        time_is_over(world)
        assert (await ana.verdict(case))["outcome"] == "resolved"
    assert standings(await seen_by(ana, card)) == ["counts", "counts"]
    assert world.calls("refund_payment") == 1


async def test_of_two_that_are_held_the_second_closes_it(world: World, ana: Agent) -> None:
    tomas, sara, samir = await world.customer("tomas"), await world.agent("sara"), await world.agent("samir")
    case = await tomas.writes("I paid twice for order 4544")
    async with working(world):
        card = await ana.card()
        await holds(sara, card)
        time_is_over(world)
        await until(lambda: seen_by(ana, card), lambda it: standings(it) == ["counts"])
        await holds(samir, card)
        await until(lambda: waiting_with_time(world), bool)
        assert rows(world.database, "select count(*) from grants") == [(0,)]
        time_is_over(world)
        assert (await ana.verdict(case))["outcome"] == "resolved"
    assert world.calls("refund_payment") == 1


async def test_a_held_rejection_goes_to_the_worker_when_its_time_is_over(
    world: World, mira: Customer, ana: Agent
) -> None:
    case, card = await proposed(world, mira, ana)
    await holds(ana, card, "reject")
    time_is_over(world)
    async with working(world):
        mission = await ana.verdict(case)
    assert mission["outcome"] == "declined"
    assert (await seen_by(ana, card))["state"] == "rejected"
    await intact(ana, mission)


async def waiting_with_time(world: World) -> bool:
    return rows(world.database, "select state, wake_at is not null from missions") == [("waiting", True)]


async def waits_for_a_lock(world: World) -> bool:
    waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    return rows(world.database, waiting) == [(1,)]
