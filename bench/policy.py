"""How long a supervisor waits for a replay: ten thousand past proposals under a draft."""

import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.timing import ms
from missiondesk.decisions import (
    Action,
    Facts,
    NeedsApprovals,
    Origin,
    Policy,
    Proposed,
    SealedAction,
    Words,
    add_proposal,
    facts_of,
    policy_in,
    rule_on,
    seal_action,
)
from missiondesk.decisions.policy import Around, Done
from missiondesk.ids import CaseId, ConnectionId, CustomerId, MissionId
from missiondesk.kit.database import Database, Transaction, now
from missiondesk.missions import replay_past
from tests.support.postgres import started

PROPOSALS, CUSTOMERS, RULINGS = 10_000, 1_000, 5_000
DRAFT = """
[rule.refund]
action = "billing.refund"
says = "A refund needs one agent."
approve = { count = 1, role = "agent" }
[rule.large]
action = "billing.refund"
when = ["args.amount > 500.00 EUR"]
approve = { count = 2, role = "supervisor", hard = true }
[rule.source]
action = "billing.refund"
when = ["lineage.args.amount not in [record, person]"]
approve = { role = "supervisor", hard = true }
[rule.often]
action = "billing.refund"
when = ["history.30d.count >= 3", "history.30d.sum.amount > 100.00 EUR"]
approve = { count = 2, role = "agent", hard = true }
[rule.new-customer]
action = "billing.refund"
when = ["customer.age < 3d"]
approve = { role = "supervisor" }
[rule.goodwill]
action = "billing.refund"
when = ["args.amount <= 5.00 EUR", "lineage.args.amount == record"]
auto = { reserve = ["goodwill/day 100.00 EUR", "goodwill/customer/30d 10.00 EUR"] }
[rule.unknown]
action = "billing.refund"
when = ["identity < 2"]
deny = "Nobody is refunded whom we do not know."
"""
_CASES = "insert into cases (id, portal_id, customer_id, subject, opened_at) values (:id, 'p', :customer, 's', now())"
_GRANT = "insert into grants select 'grant-' || id, id, 0, digest, opened_at from proposals"
_SPREAD = "update proposals set opened_at = now() - 28 * random() * interval '1 day'"


async def policy_replay() -> dict[str, Any]:
    """The target: 10,000 proposals in less than 5 seconds."""
    with tempfile.TemporaryDirectory() as folder, started() as postgres, postgres.cloned() as clone:
        file, database = Path(folder) / "draft.toml", Database(clone.url)
        file.write_text(DRAFT, encoding="utf-8")
        draft = policy_in(file)
        async with database.transaction() as tx:
            await _filled(tx)
        began = time.perf_counter()
        async with database.transaction() as tx:
            count, flipped = await replay_past(tx, draft, 30)
        took = time.perf_counter() - began
        await database.close()
    assert count == PROPOSALS
    return {
        "replay_of_10000_s": round(took, 2),
        "of_these_flipped": len(flipped),
        "one_ruling_of_7_rules_us": round(_ruling_ms(draft) * 1000, 1),
    }


async def _filled(tx: Transaction) -> None:
    at = await now(tx)
    for number in range(CUSTOMERS):
        await tx.execute(text(_CASES), {"id": f"case-{number}", "customer": f"customer-{number}"})
    for number in range(PROPOSALS):
        case = CaseId(f"case-{number % CUSTOMERS}")
        drawn = _proposed(number, seal_action(_action(number, at + timedelta(days=1)), _WORDS))
        await add_proposal(tx, MissionId(f"mission-{number}"), case, 1, drawn, due=at)
    await tx.execute(text(_SPREAD))
    await tx.execute(text(_GRANT))


def _action(number: int, expires: Any) -> Action:
    amount = {"minor": (number * 37) % 70_000 if number % 3 else 100 + number % 500, "currency": "EUR"}
    arguments = {"customer_id": "c", "payment_id": f"pay-{number}", "amount": amount}
    lineage = {name: Origin("model" if number % 50 == 0 else "record", "Payments") for name in arguments}
    customer = CustomerId(f"customer-{number % CUSTOMERS}")
    return Action(
        ConnectionId("billing"), "refund", arguments, "pin", "terms", customer, (), "policy", expires, lineage
    )


def _proposed(number: int, sealed: SealedAction) -> Proposed:
    return Proposed(
        actions=[sealed],
        message="It is refunded.",
        reasons=["It was charged twice."] * 3,
        evidence=[1, 2],
        ruling=NeedsApprovals(1, "agent", "A refund needs one agent.", ("refund",)),
        policy="policy@0",
        worker="procedure",
        brief="refund@1",
        customer=f"Customer {number % CUSTOMERS}",
        known={"identity": 2, "case.age": 60, "case.messages": 1, "customer.age": 10**7, "customer.cases": 1},
    )


def _ruling_ms(draft: Policy) -> float:
    """Milliseconds."""
    around = Around(None, "customer-1", {"identity": 2, "customer.age": 10**7, "brief": "refund"}, list[Done]())
    facts: list[Facts] = facts_of([_action(1, None)], around)
    began = time.perf_counter()
    for _ in range(RULINGS):
        rule_on(draft, facts)
    return ms((time.perf_counter() - began) / RULINGS)


_WORDS = Words("Refund", "Refund", "Billing", "Cannot be taken back.", "keyed", ())
