"""The case against: plain code says what speaks against a proposal, and changes nothing of what can be answered."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from missiondesk.decisions import (
    Action,
    Before,
    EvidenceSeal,
    Fact,
    NeedsApprovals,
    Objection,
    Origin,
    Proposal,
    Proposed,
    Words,
    objections,
    seal_action,
)
from missiondesk.ids import CaseId, ConnectionId, CustomerId, MissionId, ProposalId
from tests.support.approved import proposed
from tests.support.held import seen_by
from tests.support.record import by_hand, rows
from tests.support.world import Agent, Customer, World

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MIRA, EVE = CustomerId("customer-mira"), CustomerId("customer-eve")
REFUND = "billing.refund_payment"
RECORD = Origin("record", "Payments (Billing)", 3, "$.payments[1].amount")
FRESH = Fact(3, "Payments (Billing)", NOW - timedelta(minutes=5), NOW + timedelta(minutes=25))


def euro(cents: int, currency: str = "EUR") -> dict[str, Any]:
    return {"minor": cents, "currency": currency}


def refund(cents: int = 2_000, *, amount: Origin = RECORD, evidence: Sequence[int] = (3,)) -> Proposal:
    """Mira's, of payment pay_7702."""
    action = Action(
        ConnectionId("billing"),
        "refund_payment",
        {"customer_id": "c-1", "payment_id": "pay_7702", "amount": euro(cents), "reason": "duplicate charge"},
        "pin",
        "terms",
        MIRA,
        tuple(EvidenceSeal(n, "digest") for n in evidence),
        "policy",
        NOW + timedelta(hours=1),
        {
            "customer_id": Origin("bound", "bound"),
            "payment_id": RECORD,
            "amount": amount,
            "reason": Origin("rule", "set by the brief"),
        },
    )
    words = Words("Refund", "Refund", "Billing", "Cannot be taken back.", "keyed", ())
    drawn = Proposed(
        actions=[seal_action(action, words)],
        message="Done.",
        reasons=["Twice."],
        evidence=list(evidence),
        ruling=NeedsApprovals(1, "agent", "One agent.", ()),
        policy="policy",
        worker="procedure",
        brief="duplicate-charge@2",
        customer="Mira",
    )
    id_, mission, case = ProposalId("proposal-this"), MissionId("mission-1"), CaseId("case-1")
    return Proposal(id_, mission, case, 1, 0, drawn.digest, drawn, NOW, None, None, None)


def before(
    number: int,
    *,
    customer: CustomerId = EVE,
    payment: str | None = None,
    amount: Mapping[str, Any] | None = None,
    days: int = 3,
    **more: Any,
) -> Before:
    arguments = {"customer_id": customer, "payment_id": payment or f"pay_{number}", "amount": amount or euro(2_000)}
    told: dict[str, Any] = {"closed": "approved", "brief": "duplicate-charge", **more}
    actions = [(REFUND, {**arguments, "reason": "duplicate charge"})]
    id_ = ProposalId(f"proposal-{number}")
    return Before(id_, f"Refund {number}", customer=customer, at=NOW - timedelta(days=days), actions=actions, **told)


def against(
    found: Proposal | None = None,
    *,
    facts: Sequence[Fact] = (FRESH,),
    cites: bool = True,
    unproved: Sequence[str] = (),
    customers: Sequence[Before] = (),
    briefs: Sequence[Before] = (),
) -> list[Objection]:
    return objections(
        found or refund(), at=NOW, facts=facts, cites=cites, unproved=unproved, of_customer=customers, of_brief=briefs
    )


def of_amounts(*cents: int, currency: str = "EUR") -> list[Before]:
    return [before(n, amount=euro(one, currency)) for n, one in enumerate(cents)]


def test_nothing_speaks_against_a_usual_proposal() -> None:
    assert against(briefs=of_amounts(*[2_000] * 41)) == []


def test_evidence_that_grows_old_says_when_it_was_read_and_how_long_it_lasts() -> None:
    def fact(minutes: int) -> Fact:
        read = NOW - timedelta(minutes=minutes)
        return Fact(3, "Payments (Billing)", read, read + timedelta(minutes=30))

    assert against(facts=[fact(20)]) == []
    growing, too_old = fact(25), fact(40)
    assert against(facts=[growing]) == [
        Objection("look", "Payments (Billing) was read 25 minutes ago, too old in 5 minutes.", 3)
    ]
    assert against(facts=[too_old]) == [
        Objection("serious", "Payments (Billing) was read 40 minutes ago: too old by now.", 3)
    ]


def test_what_is_missing_speaks_against_it() -> None:
    found = against(refund(evidence=()), facts=(), cites=False, unproved=[REFUND])
    assert [(one.weight, one.sentence) for one in found] == [
        ("serious", "billing.refund_payment rests on no evidence."),
        ("look", "No article is cited: no rule of ours says that this is to be done."),
        ("look", "What billing.refund_payment does is not read back: nobody will have seen that it happened."),
    ]


def test_a_value_that_was_made_up_is_named() -> None:
    [one] = against(refund(1_230, amount=Origin("model", "made up")))
    assert (one.weight, one.sentence) == ("serious", "amount, €12.30, has no source: the worker made it up.")


def test_an_unusual_amount_comes_with_the_numbers() -> None:
    past = of_amounts(*[4_000] * 40, 12_000)
    [one] = against(refund(32_000), briefs=past)
    told = "€320.00; of 41 approved in 90 days none was above €120.00, the middle one is €40.00."
    assert (one.weight, one.sentence) == ("serious", told)


@pytest.mark.parametrize(
    ("cents", "past", "weight"),
    [
        (4_000, [4_000] * 8, None),
        (4_001, [4_000] * 8, "look"),
        (12_000, [4_000] * 19 + [12_000], "look"),  # three times the middle one is not above it
        (12_001, [4_000] * 19 + [13_000] * 2, "serious"),
        (99_999, [4_000] * 7, None),  # of seven nobody can say what is usual
        (5_000, [4_000] * 18 + [5_000] * 2, None),
    ],
)
def test_an_amount_is_unusual_above_the_95th_percentile_or_three_times_the_middle_one(
    cents: int, past: list[int], weight: str | None
) -> None:
    assert [one.weight for one in against(refund(cents), briefs=of_amounts(*past))] == ([weight] if weight else [])


def test_amounts_in_another_currency_or_rejected_ones_say_nothing_of_what_is_usual() -> None:
    others = of_amounts(*[100] * 20, currency="JPY")
    rejected = [before(n, amount=euro(100), closed="rejected") for n in range(20)]
    assert against(refund(32_000), briefs=[*others, *rejected]) == []


def test_like_ones_that_were_rejected_are_counted_and_the_last_is_shown() -> None:
    told: dict[str, Any] = {"closed": "rejected", "reason": "Shipping is not refunded."}
    hers = [before(1, customer=MIRA, days=9, closed="rejected"), before(2, customer=MIRA, **told)]
    elsewhere = before(3, closed="rejected", days=1)  # another customer's other payment is nothing like it
    other_brief = before(4, customer=MIRA, closed="rejected", brief="lost-parcel", days=1)
    assert against(customers=[*hers, other_brief], briefs=[*hers, elsewhere]) == [
        Objection(
            "serious",
            "The like of it was rejected 2 times, the last: “Shipping is not refunded.”",
            None,
            ProposalId("proposal-2"),
        )
    ]
    same_payment = before(5, payment="pay_7702", closed="rejected")
    [one] = against(briefs=[same_payment])
    assert one.sentence == "The like of it was rejected once, without a reason"


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"closed": None}, "The same is asked for in another proposal, which waits: Refund 1."),
        ({"closed": "approved"}, "The same was approved 3 days ago: Refund 1."),
        ({"closed": "approved", "nothing": True}, None),
        ({"closed": "approved", "days": 31}, None),
        ({"closed": "withdrawn"}, None),
        ({"closed": None, "payment": "pay_1"}, None),
    ],
)
def test_the_same_record_waiting_or_done_is_serious(other: dict[str, Any], sentence: str | None) -> None:
    other = {"payment": "pay_7702", **other}
    found = against(customers=[before(1, customer=MIRA, **other)])
    expected = [Objection("serious", sentence, None, ProposalId("proposal-1"))] if sentence else []
    assert found == expected


def test_what_is_open_or_frequent_with_this_customer_is_said() -> None:
    one = before(1, customer=MIRA, days=60, unknown=True)
    two = before(2, customer=MIRA, days=60, disproved=True)
    many = [before(n, customer=MIRA) for n in (3, 4, 5)]
    assert [(it.weight, it.sentence, it.proposal) for it in against(customers=[one, two, *many])] == [
        ("serious", "It is not known whether this happened for the same customer: Refund 1.", one.id),
        ("serious", "For the same customer this was done and not found afterwards: Refund 2.", two.id),
        ("look", "billing.refund_payment was approved for this customer 3 times in 30 days.", many[0].id),
    ]
    assert against(customers=many[:2]) == []


_ANOTHER = """insert into proposals (id, mission_id, case_id, turn, revision, digest, body, title, amount, currency,
        risk, due_at, rank_at, opened_at, closed, closed_by, closed_at)
    select 'proposal-copy-' || n, mission_id, case_id, 100 + n, 0, digest, body, title, amount, currency, risk,
        due_at, rank_at, opened_at - interval '2 days', 'approved', 'Ben', opened_at - interval '2 days'
    from proposals, generate_series(1, %s) n where id = %s"""


async def test_the_card_and_the_terminal_show_it_and_it_can_be_approved_all_the_same(
    world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await proposed(world, mira, ana)
    assert card["against"] == []
    by_hand(world.database, _ANOTHER, 3, card["id"])
    again = await seen_by(ana, card)
    same = {"weight": "serious", "sentence": f"The same was approved 2 days ago: {card['title']}.", "observation": None}
    assert {**again["against"][0], "proposal": None} == {**same, "proposal": None}
    assert again["against"][0]["proposal"].startswith("proposal-copy-")
    assert [one["weight"] for one in again["against"]] == ["serious"] * 3 + ["look"]
    assert (again["can"], again["digest"], again["ruling"]) == (card["can"], card["digest"], card["ruling"])
    done = await ana.approves(again)
    assert done["against"] == [], "a closed one is not argued about"
    assert rows(world.database, "select count(*) from decisions") == [(1,)]


async def test_a_past_that_cannot_be_read_any_more_holds_up_no_card(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    by_hand(world.database, _ANOTHER, 2, card["id"])
    by_hand(world.database, "update proposals set body = '{}' where id = 'proposal-copy-1'")
    sentences = [one["sentence"] for one in (await seen_by(ana, card))["against"]]
    assert sentences == [f"The same was approved 2 days ago: {card['title']}."]
