"""What happens while an approved action is under way, or after a process died with it."""

from pathlib import Path

import psycopg

from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.postgres import Cloned
from tests.support.world import CHARGED_TWICE, world_at

KEPT_CHARGE_REFUNDED = (
    "insert into refunds values "
    "('re_hand', 'acct_5001', 'pay_7701', 4990, 'EUR', 'by hand', null, '2026-11-20T10:00:00Z')"
)

BY_HAND = "insert into refunds values (?, 'acct_5005', ?, 2900, 'EUR', 'by hand', null, '2026-11-20T10:00:00Z')"


@promise("effects.stale-evidence-stops")
async def test_a_process_that_takes_over_a_sent_effect_reads_the_evidence_again(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    """The first process died after it had said that it would send, and before it sent; then the world changed."""
    async with world_at(database, northwind, tmp_path, lanes=("turns",)) as world:
        mira, ana = await world.customer("mira"), await world.agent("ana")
        case = await mira.writes(CHARGED_TWICE)
        await ana.approves(await ana.card())
        _put_effect(database, "sent")
        northwind.by_hand("billing", KEPT_CHARGE_REFUNDED)
    async with world_at(database, northwind, tmp_path) as world:
        ana = await world.agent("ana")
        card = await ana.card(kind="unknown_effect")
        assert "It may have been sent before" in card["actions"][0]["effect"]["why"]
        assert world.calls("refund_payment") == 0
        mira = await world.customer("mira")
        assert (await mira.get(f"/api/customer/cases/{case['id']}"))["state"] == "being_checked"
        grant = card["actions"][0]["effect"]["grant_id"]
        await ana.post(f"/api/desk/effects/{grant}/answers", {"answer": "not_happened", "note": "never arrived"})
        assert (await ana.verdict(case))["outcome"] in ("handed_off", "explained")
        assert world.calls("refund_payment") == 0


async def test_a_question_that_arrives_while_the_refund_is_made_is_not_lost(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    async with world_at(database, northwind, tmp_path, lanes=("turns",)) as world:
        mira, ana = await world.customer("mira"), await world.agent("ana")
        case = await mira.writes(CHARGED_TWICE)
        await ana.approves(await ana.card())
        await mira.adds(case, "Also, where can I change the address on my invoice?")
    async with world_at(database, northwind, tmp_path) as world:
        ana = await world.agent("ana")
        await ana.verdict(case, missions=2)
        first, second = (await ana.case(case))["missions"]
        assert first["outcome"] == "resolved"
        assert second["outcome"] == "handed_off"
        assert len(world.refunds()) == 1


@promise("effects.stale-evidence-stops")
async def test_a_strangers_change_is_not_taken_for_our_own(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    """Two refunds: nobody knows of the first, and before Ana says that it happened a colleague refunds the third."""
    async with world_at(database, northwind, tmp_path, lanes=("turns",)) as world:
        aiko, sara = await world.customer("aiko"), await world.agent("sara")
        case = await aiko.writes("You charged me three times for order 4556")
        card = await sara.card()
        await sara.approves(card)
        named = [
            one["value"] for action in card["actions"] for one in action["arguments"] if one["name"] == "payment_id"
        ]
        kept = northwind.rows("billing", "select payment_id from payments where order_id = '4556'")
        (stranger,) = {row[0] for row in kept} - set(named)
        _put_effect(database, "unknown")
        for number, payment in enumerate((named[0], stranger)):
            by_hand = (
                "insert into refunds values (?, 'acct_5005', ?, 2900, 'EUR', 'by hand', null, '2026-11-20T10:00:00Z')"
            )
            northwind.by_hand("billing", by_hand, f"re_hand{number}", payment)
    async with world_at(database, northwind, tmp_path) as world:
        sara = await world.agent("sara")
        card = await sara.card(kind="unknown_effect")
        grant = card["actions"][0]["effect"]["grant_id"]
        await sara.post(f"/api/desk/effects/{grant}/answers", {"answer": "happened", "note": "seen in billing"})
        await sara.verdict(case)
        assert world.calls("refund_payment") == 0


def _put_effect(database: Cloned, state: str) -> None:
    """The first grant's effect, as a process left it."""
    with psycopg.connect(database.owner_url) as owner:
        grant = owner.execute(
            "select g.id, g.proposal_id, p.mission_id, g.digest from grants g join proposals p on p.id = g.proposal_id "
            "where g.position = 0"
        ).fetchone()
        assert grant is not None
        owner.execute(
            "insert into effects (grant_id, proposal_id, mission_id, digest, state, attempt, first_sent_at) "
            "values (%s, %s, %s, %s, %s, 1, clock_timestamp())",
            (*grant, state),
        )
