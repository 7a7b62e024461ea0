"""Between the proposal and the sending the world has moved on: nothing is sent, or it is sent when it can be."""

import socket
from pathlib import Path

import pytest

from missiondesk.app import running
from missiondesk.kit.errors import Misconfigured
from tests.demo.northwind import Northwind, start
from tests.promises import promise
from tests.support.afterwards import answers, intact, working
from tests.support.approved import approved, effects_in, next_card, proposed
from tests.support.by_hand import REFUND_BY_HAND
from tests.support.company import edit, edit_review
from tests.support.policies import FORBIDS, brought_into_force
from tests.support.postgres import Cloned
from tests.support.processes import hired
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, settings_for, until

CANCELLED = "update orders set status = 'cancelled' where order_id = '4471'"


@promise("effects.stale-evidence-stops")
@pytest.mark.parametrize(
    ("system", "statement", "fact"),
    [
        ("billing", REFUND_BY_HAND, ("payments pay_7702.refunded", "€0.00", "€49.90")),
        ("shop", CANCELLED, ("order.status", "delivered", "cancelled")),
    ],
    ids=["refunded by hand", "order cancelled"],
)
async def test_a_fact_that_changed_after_the_approval_stops_it(
    system: str, statement: str, fact: tuple[str, str, str], world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await approved(world, mira, ana)
    world.outside.by_hand(system, statement)  # type: ignore[arg-type]
    async with working(world):
        again = await next_card(ana, card)
    assert world.calls("refund_payment") == 0
    assert await effects_in(ana, card) == [("stale", "What it rests on has changed.")]
    assert fact in [(one["label"], one["before"], one["after"]) for one in again["stale"]["changes"]]
    assert again["stale"]["approvals_void"] == ["Ana Reyes"]
    assert again["decisions"] == []


@promise("gate.unreviewed-is-not-there")
async def test_a_write_whose_definition_changed_since_its_review_is_not_sent(
    company: Path, world: World, mira: Customer, ana: Agent
) -> None:
    case, card = await approved(world, mira, ana)
    edit_review(company, "billing", lambda tools: tools["refund_payment"].update(description="Pay money back."))
    await another_release_carries_out(world, ana, company, card, "billing.refund_payment is not the tool")
    assert world.calls("refund_payment") == 0
    assert await answers(ana, case) == []


@promise("gate.unreviewed-is-not-there")
async def test_a_write_that_is_not_what_was_reviewed_is_not_sent_although_it_was_approved(
    company: Path, northwind_changed: None, world: World, mira: Customer, ana: Agent
) -> None:
    case, card = await approved(world, mira, ana)
    async with working(world):
        await nothing_sent_and_with_a_person(world, ana, case, card)


async def nothing_sent_and_with_a_person(world: World, ana: Agent, case: JSON, card: JSON) -> None:
    """The tool is away, so the worker cannot propose it again either."""
    assert (await ana.verdict(case))["outcome"] == "handed_off"
    [(state, why)] = await effects_in(ana, card)
    assert state == "stale"
    assert "is not the tool that was reviewed" in (why or "")
    assert world.calls("refund_payment") == 0


@pytest.fixture
def northwind_changed(company: Path) -> None:
    """What billing offers is not what was reviewed: one letter of a description."""

    def one_letter(tools: JSON) -> None:
        tools["refund_payment"]["description"] = tools["refund_payment"]["description"].replace("Pay", "Bay", 1)

    edit_review(company, "billing", one_letter)


@promise("gate.unreviewed-is-not-there")
@pytest.mark.parametrize("tool", ["refund_payment", "list_payments"])
async def test_a_tool_that_nobody_reviewed_is_not_there(
    tool: str, company: Path, database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    edit_review(company, "billing", lambda tools: tools.pop(tool))
    with pytest.raises(Misconfigured, match=f"names billing.{tool}, which is no reviewed tool"):
        async with running(settings_for(database, tmp_path, company=str(company))):
            raise AssertionError("it runs without the tool that its brief needs")


@promise("gate.unreviewed-is-not-there")
async def test_a_read_that_is_not_what_was_reviewed_is_not_used_and_a_person_takes_over(
    read_changed: None, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        assert (await ana.verdict(case))["outcome"] == "handed_off"
    assert sorted(one["kind"] for one in await ana.queue()) == ["changed_tools", "handoff"]
    trace = await ana.trace((await ana.case(case))["missions"][0]["id"])
    assert "billing.list_payments" not in [one["detail"].get("tool") for one in trace["items"] if one["kind"] == "seen"]


@pytest.fixture
def read_changed(company: Path) -> None:
    """What billing offers is not what was reviewed: a word in a description."""
    edit_review(company, "billing", lambda tools: tools["list_payments"].update(description="Other words."))


@promise("decisions.no-answer-is-no")
async def test_a_policy_that_asks_for_more_today_is_heard(
    company: Path, world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await approved(world, mira, ana)
    edit(company / "policy.toml", "500.00 EUR", "40.00 EUR")
    await brought_into_force(world, company)
    again = await another_release_carries_out(world, ana, company, card, "Today's policy asks for more")
    assert (again["ruling"]["needed"], again["ruling"]["role"]) == (2, "supervisor")
    assert world.calls("refund_payment") == 0


@promise("decisions.no-answer-is-no")
async def test_a_policy_that_forbids_it_today_is_heard(company: Path, world: World, mira: Customer, ana: Agent) -> None:
    _, card = await approved(world, mira, ana)
    edit(
        company / "policy.toml",
        'says = "A refund needs one agent."\napprove = { count = 1, role = "agent" }',
        FORBIDS,
    )
    await brought_into_force(world, company)
    with hired(world.database, world.here.settings.home, MISSIONDESK_COMPANY=str(company)) as crew:
        crew.worker(forked=True)
        await until(ana.queue, lambda items: [one["kind"] for one in items] == ["handoff"])
    assert (await effects_in(ana, card))[0][0] == "stale"
    assert world.calls("refund_payment") == 0


@promise("effects.exactly-once")
async def test_a_refund_that_billing_was_away_for_is_put_off_and_made_once(
    world: World, mira: Customer, ana: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    billing = start("billing", world.outside.home, "--port", port)
    try:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", billing.url)
        case, card = await proposed(world, mira, ana)
        billing.end()
        async with working(world):
            await ana.approves(card)
            await until(lambda: put_off(ana, card), bool)
            seen = await mira.sees(case, "carrying_out")
            assert seen["messages"] == [seen["messages"][0]], "nothing is said to be done"
            billing = start("billing", world.outside.home, "--port", port)
            mission = await ana.verdict(case)
        assert mission["outcome"] == "resolved"
        await intact(ana, mission)
    finally:
        billing.end()
    assert world.calls("refund_payment") == 1
    assert len(world.refunds()) == 1


async def put_off(ana: Agent, card: JSON) -> bool:
    trace = await ana.trace(card["mission_id"])
    return any(one["detail"].get("state") == "put_off" for one in trace["items"])


async def another_release_carries_out(world: World, ana: Agent, company: Path, card: JSON, why: str) -> JSON:
    """A process that was started with the changed folder takes the approved proposal up, and sends it back."""
    with hired(world.database, world.here.settings.home, MISSIONDESK_COMPANY=str(company)) as crew:
        crew.worker(forked=True)
        again = await next_card(ana, card)
    assert why in again["stale"]["sentence"]
    assert [state for state, _ in await effects_in(ana, card)] == ["stale"]
    return again
