"""Rules that past decisions suggest: found, limited by what went wrong, and replayed to the cent."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from missiondesk.decisions import (
    Action,
    NeedsApprovals,
    Origin,
    Proposed,
    Words,
    add_proposal,
    mint_grants,
    policy_in,
    seal_action,
)
from missiondesk.ids import CaseId, ConnectionId, CustomerId, MissionId
from missiondesk.kit.database import now
from tests.support.policies import approves_change, asked_for
from tests.support.record import by_hand
from tests.support.world import JSON, World
from tests.terminal.test_commands import typed

_WORDS = Words("Refund", "Refund", "Billing", "Cannot be taken back.", "keyed", ())
_RECORD = Origin("record", "Payments (Billing)", 1, "$.payments[0].amount")


async def refunded(
    world: World,
    number: int,
    minor: int,
    *,
    customer: int = 0,
    days_ago: int = 1,
    closed: str = "approved",
    kind: str = "approve",
    state: str = "done",
) -> None:
    """A refund that Ana approved and that was done; or what went otherwise with it."""
    case = CaseId(f"case-{number}")
    opened = "insert into cases (id, portal_id, customer_id, subject, opened_at) values (%s, %s, %s, 's', now())"
    by_hand(world.database, opened, case, "northwind", f"customer-{customer}")
    async with world.here.parts.database.transaction() as tx:
        at = await now(tx)
        arguments = {"payment_id": f"pay-{number}", "amount": {"minor": minor, "currency": "EUR"}, "reason": "twice"}
        lineage = dict.fromkeys(arguments, _RECORD)
        sealed = ("pin", "terms", CustomerId(f"customer-{customer}"), (), "policy", at + timedelta(days=1))
        action = Action(ConnectionId("billing"), "refund_payment", arguments, *sealed, lineage)
        drawn = Proposed(
            actions=[seal_action(action, _WORDS)],
            message="It is refunded.",
            reasons=["Charged twice."],
            evidence=[1],
            ruling=NeedsApprovals(1, "agent", "A refund needs one agent.", ("refund",)),
            policy="policy@0",
            worker="procedure",
            brief="duplicate-charge@1",
            customer=f"Customer {customer}",
        )
        made = await add_proposal(tx, MissionId(f"mission-{number}"), case, 1, drawn, due=at)
        [grant] = await mint_grants(tx, made)
    earlier = "opened_at = opened_at - %s * interval '1 day', closed_at = opened_at, closed = %s"
    by_hand(world.database, f"update proposals set {earlier} where id = %s", days_ago, closed, made.id)
    by_hand(
        world.database,
        """insert into decisions (id, proposal_id, kind, by_id, by_name, by_role, seen, at)
        select 'decision-' || %s::text, %s, %s, id, name, role, 'd', now() from staff where name like 'Ana%%'""",
        number,
        made.id,
        kind,
    )
    by_hand(
        world.database,
        """insert into effects (grant_id, mission_id, proposal_id, state, digest, proved)
        values (%s, %s, %s, %s, %s, true)""",
        grant.id,
        made.mission_id,
        made.id,
        state,
        grant.digest,
    )


async def suggested(world: World, days: int = 30) -> list[JSON]:
    return (await (await world.agent("sara")).get(f"/api/desk/suggestions?days={days}"))["items"]


async def test_what_people_always_approve_becomes_a_rule_with_caps_from_history_and_a_replay(
    world: World, tmp_path: Path
) -> None:
    for number in range(9):
        await refunded(world, number, 100 + number * 10, customer=number // 3, days_ago=1 + number // 3)
    assert await suggested(world) == [], "nine are not enough"
    await refunded(world, 9, 500, customer=9, days_ago=5)
    await refunded(world, 10, 400, customer=9, days_ago=60)
    [one] = await suggested(world)
    assert one["sentence"].startswith(
        "10 approvals of billing.refund_payment up to €5.00 in 30 days, none of them changed"
    )
    assert one["rule"] == (
        "[rule.small-billing-refund_payment-eur]\n"
        'action = "billing.refund_payment"\n'
        'when = ["args.amount <= 5.00 EUR", "lineage.args.amount == record"]\n'
        'auto = { reserve = ["small-billing-refund-payment-eur/day 5.10 EUR",'
        ' "small-billing-refund-payment-eur/customer/30d 5.10 EUR"] }\n'
    ), "160 + 170 + 180 cents in a day, and for one customer"
    assert (one["per_day"]["minor"], one["per_customer"]["minor"]) == (510, 510)
    assert one["replay"] == {
        "proposals": 10,
        "by_itself": 10,
        "money": [{"minor": 1760, "currency": "EUR"}],
        "otherwise": 0,
    }
    home, file = tmp_path / "home", tmp_path / "draft.toml"
    login = ("login", "--email", "sara@northwind.example", "--url", str(world.api.base_url))
    await typed(world, home, *login, MISSIONDESK_PASSWORD="sara-sets-the-limits")
    assert "Of 10 proposals 10 would have gone by themselves (€17.60)" in await typed(
        world, home, "insights", "suggestions"
    )
    await typed(world, home, "insights", "suggestions", "--write", str(file))
    assert "nothing is overwritten" in await typed(
        world, home, "insights", "suggestions", "--write", str(file), status=1
    )
    told = await typed(world, home, "insights", "suggestions", "--propose")
    assert "small-billing-refund-payment-eur" in told
    [waits] = (await (await world.agent("samir")).get("/api/desk/changes"))["items"]
    assert (waits["kind"], waits["needed"], waits["why"]) == ("policy", 1, one["sentence"])
    assert "11 approve" in await typed(world, home, "insights", "reviewers")
    assert file.read_text(encoding="utf-8") == one["policy"]
    draft = policy_in(file)
    async with world.here.parts.database.transaction() as tx:
        today = await world.here.parts.policy.now(tx)
    assert set(draft.rule) == {*today.rule, one["name"]}
    assert "# Who must approve what." in one["policy"], "today's text stays as it is, comments too"


@pytest.mark.parametrize(
    "wrong",
    [
        {"closed": "rejected", "kind": "reject", "state": "skipped"},
        {"closed": "edited", "kind": "edit", "state": "skipped"},
        {"closed": "responded", "kind": "respond", "state": "skipped"},
        {"state": "failed"},
        {"state": "unknown"},
    ],
)
async def test_one_that_went_wrong_keeps_the_limit_below_it(world: World, wrong: Any) -> None:
    for number in range(11):
        await refunded(world, number, 100 + number * 10)
    await refunded(world, 11, 195, **wrong)
    [one] = await suggested(world)
    assert (one["limit"]["minor"], one["approvals"]) == (190, 10)
    await refunded(world, 12, 150, **wrong)
    assert await suggested(world) == []


async def test_agents_see_no_suggestions_and_a_rule_that_would_change_nothing_is_none(world: World) -> None:
    await (await world.agent("ana")).get("/api/desk/suggestions", 403)
    for number in range(10):
        await refunded(world, number, 60_000 + number)
    [one] = await suggested(world)
    assert one["limit"]["minor"] == 60_009
    policy = world.here.parts.company / "policy.toml"
    text = policy.read_text(encoding="utf-8").replace('role = "agent" }', 'role = "agent", hard = true }')
    await approves_change(world, await asked_for(world, text))
    assert await suggested(world) == []
