"""What goes by itself: nobody is asked, as far as a rule lets it and its pools reach."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import answers, intact, working
from tests.support.by_hand import REFUND_BY_HAND
from tests.support.by_itself import small_go_by_themselves, standing, used
from tests.support.company import edit
from tests.support.policies import FORBIDS, brought_into_force
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows
from tests.support.world import ALL, CHARGED_TWICE, JSON, Agent, Customer, World, until, world_at

DAY, CUSTOMER = "refunds/day EUR", "refunds/customer/30d actions"


@pytest.fixture
def small(company: Path) -> None:
    small_go_by_themselves(company)


async def let_go(world: World, mira: Customer, ana: Agent) -> JSON:
    """Mira's refund, let go by the rule; nobody has carried it out yet. The case."""
    case = await mira.writes(CHARGED_TWICE)
    async with turns_alone(world):
        await until(lambda: rows_of(world, "select 1 from grants"), bool)
    return case


@asynccontextmanager
async def turns_alone(world: World) -> AsyncGenerator[None]:
    """This process works, and carries nothing out."""
    stop = asyncio.Event()
    task = asyncio.create_task(world.here.engine(lanes=("turns",)).run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def rows_of(world: World, query: str) -> list[tuple[object, ...]]:
    return rows(world.database, query)


async def next_card(ana: Agent) -> JSON:
    return await ana.card()


@promise("decisions.by-itself-only-as-a-rule-says")
@promise("effects.exactly-once")
async def test_a_small_refund_is_made_without_anybody_and_the_record_says_by_which_rule(
    small: None, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        mission = await ana.verdict(case)
    assert mission["outcome"] == "resolved"
    assert [row[:2] for row in world.refunds()] == [("pay_7702", 4990)]
    [item] = await ana.queue("decided")
    assert (item["decided"], item["needed"], item["signed"]) == ("approved by Rule small", 0, 1)
    card = await ana.get(f"/api/desk/proposals/{item['id']}")
    assert (card["ruling"]["kind"], card["ruling"]["rules"], card["can"]) == ("by_itself", ["small"], [])
    assert card["ruling"]["sentence"] == (
        "A small refund of an amount from a record goes by itself (amount is €49.90, the origin of amount is record)."
    )
    assert [(one["kind"], one["by"], one["role"]) for one in card["decisions"]] == [("approve", "Rule small", "rule")]
    assert (await answers(ana, case))[-1] == card["message"]
    told = [one for one in await intact(ana, mission) if one["kind"] in ("ruled", "decided", "granted")]
    assert [one["kind"] for one in told] == ["ruled", "decided", "granted"]
    assert told[0]["detail"]["reserved"][0] == {"pool": DAY, "amount": 4990}
    assert (used(world.database), standing(world.database)) == ({DAY: 4990, CUSTOMER: 1}, {"settled"})


@promise("decisions.a-cap-is-a-cap")
@pytest.mark.parametrize(
    ("most", "cap"), [("50.00 EUR", "49.89 EUR"), ("49.89 EUR", "100.00 EUR")], ids=["cap", "limit"]
)
async def test_a_cent_too_much_waits_for_a_person(
    most: str, cap: str, company: Path, database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    small_go_by_themselves(company, most, cap)
    async with world_at(
        database, northwind, tmp_path / "home", lanes=("turns", "effects"), company=str(company)
    ) as world:
        ana = await world.agent("ana")
        case = await (await world.customer("mira")).writes(CHARGED_TWICE)
        card = await ana.card()
        assert card["can"] == ALL
        assert ("not enough left of" in card["ruling"]["sentence"]) == (cap == "49.89 EUR")
        assert (used(database).get(DAY, 0), standing(database)) == (0, set())
        await ana.approves(card)
        assert (await ana.verdict(case))["outcome"] == "resolved"
        assert (used(database).get(DAY, 0), standing(database)) == (0, set()), "a person's refunds take nothing"
    assert world.calls("refund_payment") == 1


async def test_two_customers_share_the_days_pool_and_the_second_waits(
    company: Path, database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    small_go_by_themselves(company, "1000.00 EUR", "60.00 EUR")
    async with world_at(database, northwind, tmp_path / "home", company=str(company)) as world:
        ana = await world.agent("ana")
        case = await (await world.customer("mira")).writes(CHARGED_TWICE)
        assert (await ana.verdict(case))["outcome"] == "resolved"
        await (await world.customer("aiko")).writes("You charged my card three times for order 4556!")
        card = await ana.card()
    assert card["ruling"]["needed"] == 1
    assert used(database)[DAY] == 4990


@promise("effects.stale-evidence-stops")
async def test_what_is_not_sent_is_given_back_to_the_pools_and_then_a_person_looks(
    small: None, world: World, mira: Customer, ana: Agent
) -> None:
    await let_go(world, mira, ana)
    assert (used(world.database), standing(world.database)) == ({DAY: 4990, CUSTOMER: 1}, {"held"})
    world.outside.by_hand("billing", REFUND_BY_HAND)
    async with working(world):
        card = await ana.card()
    assert world.calls("refund_payment") == 0
    assert card["stale"]["approvals_void"] == ["Rule small"]
    assert (used(world.database), standing(world.database)) == ({DAY: 0, CUSTOMER: 0}, {"released"})


@promise("decisions.by-itself-only-as-a-rule-says")
@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("delete from decisions", "not enough approvals"),
        ("delete from reservations", "nothing is reserved for it"),
        ("update reservations set state = 'released'", "nothing is reserved for it"),
        ("update decisions set by_role = 'agent'", "not enough approvals"),
        ("update decisions set id = 'decision-forged'", "does not tell that Rule small approved this"),
        (
            "update proposals set body = replace(body, '\"amount\":4990', '\"amount\":1')",
            "not approved as it is stored",
        ),
    ],
)
async def test_a_row_changed_by_hand_stops_it(
    statement: str, why: str, small: None, world: World, mira: Customer, ana: Agent
) -> None:
    await let_go(world, mira, ana)
    assert by_hand(world.database, statement) > 0
    async with working(world):
        card = await ana.card()
    assert why in card["stale"]["sentence"]
    assert world.calls("refund_payment") == 0


@promise("decisions.by-itself-only-as-a-rule-says")
async def test_a_rules_decision_is_worth_nothing_for_what_was_proposed_to_people(
    world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
    await ana.approves(card)
    by_hand(world.database, "update decisions set by_role = 'rule', by_id = 'rule:small'")
    async with working(world):
        await until(ana.queue, lambda items: [one["kind"] for one in items if one["id"] != card["id"]] == ["proposal"])
    assert world.calls("refund_payment") == 0
    assert "not enough approvals" in (await ana.card())["stale"]["sentence"]
    assert case


@promise("decisions.by-itself-only-as-a-rule-says")
@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("args.amount <= 50.00 EUR", "args.amount <= 40.00 EUR", "Today's policy asks for more"),
        ("refunds/day 100.00 EUR", "refunds/day 40.00 EUR", "may not go by itself any more"),
        ("refunds/day 100.00 EUR", "others/day 100.00 EUR", "may not go by itself any more"),
        ('says = "A refund needs one agent."\n', f"{FORBIDS}\n", "Today's policy does not allow it"),
    ],
    ids=["its limit", "its cap", "its pool", "denied"],
)
async def test_todays_policy_is_asked_before_it_is_sent(
    before: str,
    after: str,
    why: str,
    company: Path,
    database: Cloned,
    northwind: Northwind,
    tmp_path: Path,
) -> None:
    small_go_by_themselves(company)
    async with world_at(database, northwind, tmp_path / "first", lanes=(), company=str(company)) as world:
        await let_go(world, await world.customer("mira"), await world.agent("ana"))
        agent = 'approve = { count = 1, role = "agent" }'
        before, after = (f"{before}{agent}", after) if before.startswith("says") else (before, after)
        edit(company / "policy.toml", before, after)
        await brought_into_force(world, company)
    async with world_at(database, northwind, tmp_path / "second", company=str(company)) as world:
        ana = await world.agent("ana")
        await until(ana.queue, bool)
    assert why in str(rows(database, "select why from effects where state = 'stale'"))
    assert (world.calls("refund_payment"), standing(database)) == (0, {"released"})


async def test_while_it_is_frozen_a_person_is_asked(small: None, world: World, mira: Customer, ana: Agent) -> None:
    sara = await world.agent("sara")
    await sara.post("/api/desk/freezes", {"scope": "tool:billing.refund_payment", "why": "An incident"})
    await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
    assert "It is frozen, so nothing goes by itself." in card["ruling"]["sentence"]
    assert (used(world.database), world.calls("refund_payment")) == ({}, 0)


@promise("decisions.an-editor-is-an-author")
async def test_what_a_person_edited_never_goes_by_itself(
    company: Path, database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    small_go_by_themselves(company, "40.00 EUR")
    edit(company / "policy.toml", "lineage.args.amount == record", "lineage.args.amount in [record, person]")
    async with world_at(database, northwind, tmp_path / "home", company=str(company)) as world:
        ana, ben = await world.agent("ana"), await world.agent("ben")
        case = await (await world.customer("mira")).writes(CHARGED_TWICE)
        card = await ana.card()
        own = {one["name"]: one["value"] for one in card["actions"][0]["arguments"] if one["origin"]["kind"] != "bound"}
        arguments = own | {"amount": {"minor": 3000, "currency": "EUR"}}
        body = {"digest": card["digest"], "actions": [{"position": 0, "arguments": arguments}]}
        edited = await ana.post(f"/api/desk/proposals/{card['id']}/edit", body)
        assert (edited["state"], edited["ruling"]["kind"], edited["ruling"]["needed"]) == ("open", "needs_approvals", 1)
        assert (used(database), world.calls("refund_payment")) == ({}, 0)
        await ben.approves(edited)
        assert (await ana.verdict(case))["outcome"] == "resolved"
        assert used(database) == {}
