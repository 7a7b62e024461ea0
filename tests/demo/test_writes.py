"""Writes happen once, keep to the rules, and can be found again where that is promised."""

import asyncio
from typing import Any

import pytest
from mcp import Client

from tests.demo.northwind import EUR, Northwind, in_meta

CHARGE: dict[str, Any] = {"customer_id": "acct_5001", "payment_id": "pay_7702"}
REFUND: dict[str, Any] = {**CHARGE, "amount": {"minor": 4990, "currency": EUR}, "reason": "Charged twice"}


def _refunds(northwind: Northwind) -> int:
    [(count,)] = northwind.rows("billing", "select count(*) from refunds where payment_id = 'pay_7702'")
    return count


async def test_a_refund_is_made_and_found_again_by_its_key(northwind: Northwind) -> None:
    made = await northwind.told("billing", "refund_payment", key="grant-1", **REFUND)
    refund = made["refund"]
    assert refund == {**REFUND, "refund_id": "re_9904", "reference": "grant-1", "created_at": refund["created_at"]}
    found = await northwind.told("billing", "find_refund", customer_id="acct_5001", reference="grant-1")
    assert found == {"customer_id": "acct_5001", "refund": refund}
    payment = (await northwind.told("billing", "get_payment", **CHARGE))["payment"]
    assert (payment["status"], payment["refunded"]["minor"], payment["refundable"]["minor"]) == ("refunded", 4990, 0)


@pytest.mark.parametrize("way", ["argument", "meta"])
async def test_the_same_key_twice_is_one_refund(northwind: Northwind, way: str) -> None:
    argument = {"idempotency_key": "grant-1"} if way == "argument" else {}
    meta = "grant-1" if way == "meta" else None
    first = await northwind.told("billing", "refund_payment", key=meta, **REFUND, **argument)
    again = await northwind.told("billing", "refund_payment", key="grant-1", **REFUND)
    assert again == first
    assert _refunds(northwind) == 1
    assert northwind.rows("billing", "select key, outcome, detail from calls") == [
        ("grant-1", "ok", None),
        ("grant-1", "ok", "replayed"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"amount": {"minor": 4989, "currency": EUR}},
        {"reason": "Something else"},
        {"payment_id": "pay_7701"},
        {"customer_id": "acct_5002"},
    ],
    ids=["amount", "reason", "payment", "customer"],
)
async def test_the_same_key_for_something_else_is_a_conflict(northwind: Northwind, other: dict[str, Any]) -> None:
    await northwind.told("billing", "refund_payment", key="grant-1", **REFUND)
    refusal = await northwind.refused("billing", "refund_payment", key="grant-1", **{**REFUND, **other})
    assert refusal == "idempotency_conflict: this key was used for something else"
    assert _refunds(northwind) == 1


async def test_ten_refunds_at_once_with_one_key_are_one(northwind: Northwind) -> None:
    half = {**REFUND, "amount": {"minor": 100, "currency": EUR}}
    told = await asyncio.gather(
        *(northwind.told("billing", "refund_payment", key="grant-1", **half) for _ in range(10))
    )
    assert all(one == told[0] for one in told)
    assert _refunds(northwind) == 1


async def test_refunds_at_once_with_other_keys_never_pay_back_more_than_was_paid(northwind: Northwind) -> None:
    results = await asyncio.gather(
        *(northwind.ask("billing", "refund_payment", REFUND, key=f"grant-{n}") for n in range(5))
    )
    assert sorted(bool(one.is_error) for one in results) == [False, True, True, True, True]
    assert _refunds(northwind) == 1


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"amount": {"minor": 4991, "currency": EUR}}, "amount_too_large: only 4990 minor units are left to refund"),
        ({"amount": {"minor": 0, "currency": EUR}}, "amount_not_positive: the amount must be more than nothing"),
        ({"amount": {"minor": -5, "currency": EUR}}, "amount_not_positive: the amount must be more than nothing"),
        ({"amount": {"minor": 4990, "currency": "USD"}}, "currency_mismatch: this payment is in EUR"),
        (
            {"customer_id": "acct_5002", "payment_id": "pay_7711"},
            "not_captured: this payment is failed: no money was taken",
        ),
        (
            {"customer_id": "acct_5003", "payment_id": "pay_7722"},
            "amount_too_large: only 0 minor units are left to refund",
        ),
    ],
)
async def test_billing_pays_back_only_what_was_taken(northwind: Northwind, other: dict[str, Any], said: str) -> None:
    before = northwind.rows("billing", "select count(*) from refunds")
    assert await northwind.refused("billing", "refund_payment", key="grant-1", **{**REFUND, **other}) == said
    assert northwind.rows("billing", "select count(*) from refunds") == before


async def test_a_refund_that_cannot_be_written_down_is_not_made(northwind: Northwind) -> None:
    northwind.by_hand(
        "billing",
        "create trigger full before insert on calls when new.outcome = 'ok'"
        " begin select raise(abort, 'no room in the book'); end",
    )
    said = await northwind.refused("billing", "refund_payment", key="grant-1", **REFUND)
    assert said == "internal_error: the system failed; nothing was changed"
    assert _refunds(northwind) == 0
    assert northwind.rows("billing", "select key, outcome from calls") == [("grant-1", "refused")]


async def test_a_client_of_the_older_protocol_is_served_the_same(northwind: Northwind) -> None:
    first = await northwind.told("billing", "refund_payment", key="grant-1", **REFUND)
    async with Client(northwind.urls["billing"], mode="legacy", cache=None) as client:
        again = await client.call_tool("refund_payment", REFUND, meta=in_meta("grant-1"))
    assert again.structured_content == first
    assert northwind.rows("billing", "select key, detail from calls") == [("grant-1", None), ("grant-1", "replayed")]


async def test_parts_can_be_paid_back_until_nothing_is_left(northwind: Northwind) -> None:
    part = {**REFUND, "amount": {"minor": 2000, "currency": EUR}}
    await northwind.told("billing", "refund_payment", **part)
    payment = (await northwind.told("billing", "get_payment", **CHARGE))["payment"]
    assert (payment["status"], payment["refundable"]["minor"]) == ("partially_refunded", 2990)
    await northwind.told("billing", "refund_payment", **part)
    refusal = await northwind.refused("billing", "refund_payment", **part)
    assert refusal == "amount_too_large: only 990 minor units are left to refund"


async def test_a_refund_made_by_hand_is_seen_in_the_next_call(northwind: Northwind) -> None:
    northwind.by_hand(
        "billing",
        "insert into refunds values ('re_hand', 'acct_5001', 'pay_7702', 4990, 'EUR', 'by hand', null, ?)",
        "2026-11-21T08:00:00Z",
    )
    payment = (await northwind.told("billing", "get_payment", **CHARGE))["payment"]
    assert (payment["status"], payment["refundable"]["minor"]) == ("refunded", 0)


async def test_an_order_is_cancelled_once_and_only_before_it_is_shipped(northwind: Northwind) -> None:
    [(order_id, customer_id)] = northwind.rows(
        "shop", "select order_id, customer_id from orders where status = 'packed' limit 1"
    )
    asked = {"customer_id": customer_id, "order_id": order_id, "reason": "Too late"}
    told = await northwind.told("shop", "cancel_order", **asked)
    found = await northwind.told("shop", "get_order", customer_id=customer_id, order_id=order_id)
    assert found == told
    assert (found["order"]["status"], found["order"]["cancellation"]["reason"]) == ("cancelled", "Too late")
    refusal = await northwind.refused("shop", "cancel_order", **asked)
    assert refusal == "already_cancelled: this order is already cancelled"
    for order_id, customer_id, status in (("4471", "cus_1001", "delivered"), ("4555", "cus_1005", "shipped")):
        asked = {"customer_id": customer_id, "order_id": order_id, "reason": "x"}
        refusal = await northwind.refused("shop", "cancel_order", **asked)
        assert refusal == f"not_cancellable: this order is already {status}"


async def test_a_subscription_changes_once_per_key_and_stays_cancelled(northwind: Northwind) -> None:
    coffee = {"customer_id": "acct_5004", "subscription_id": "sub_3001"}
    paused = await northwind.told("billing", "change_subscription", key="s-1", **coffee, plan="paused")
    assert paused["subscription"]["plan"] == "paused"
    await northwind.told("billing", "change_subscription", key="s-2", **coffee, plan="cancelled")
    assert await northwind.told("billing", "change_subscription", key="s-1", **coffee, plan="paused") == paused
    told = await northwind.told("billing", "list_subscriptions", customer_id="acct_5004")
    assert [one["plan"] for one in told["subscriptions"]] == ["cancelled"], "a replay changes nothing"
    refusal = await northwind.refused("billing", "change_subscription", **coffee, plan="monthly")
    assert refusal == "already_cancelled: a cancelled subscription stays cancelled"
    refusal = await northwind.refused("billing", "change_subscription", key="s-1", **coffee, plan="monthly")
    assert refusal == "idempotency_conflict: this key was used for something else"


async def test_notes_and_addresses_honour_their_keys(northwind: Northwind) -> None:
    mira = {"customer_id": "con_9001"}
    note = await northwind.told("crm", "add_note", key="n-1", **mira, text="Told about the refund.")
    assert await northwind.told("crm", "add_note", **mira, text="Told about the refund.", idempotency_key="n-1") == note
    told = await northwind.told("crm", "list_notes", **mira)
    assert [one["text"] for one in told["notes"]] == ["Prefers e-mail.", "Told about the refund."]

    moved = await northwind.told("crm", "update_email", key="e-1", **mira, email="mira@example.net")
    assert moved["contact"]["email"] == "mira@example.net"
    refusal = await northwind.refused("crm", "update_email", key="n-1", **mira, email="mira@example.net")
    assert refusal == "idempotency_conflict: this key was used for something else"
    refusal = await northwind.refused("crm", "update_email", **mira, email="JONAS.WEBER@example.com")
    assert refusal == "email_not_possible: this e-mail address cannot be used"


async def test_each_reset_of_credentials_counts(northwind: Northwind) -> None:
    for _ in range(2):
        await northwind.told("crm", "reset_credentials", key="same", customer_id="con_9001")
    assert northwind.rows("crm", "select count(*) from credential_resets") == [(2,)]
