"""The customers whom the demo calls by name stand there exactly as the demo tells it."""

from typing import Any

from tests.demo.northwind import EUR, Northwind


async def _payments(northwind: Northwind, customer_id: str, order_id: str) -> list[tuple[Any, ...]]:
    told = await northwind.told("billing", "list_payments", customer_id=customer_id, order_id=order_id)
    assert told["customer_id"] == customer_id
    return [
        (one["payment_id"], one["amount"]["minor"], one["status"], one["refundable"]["minor"])
        for one in told["payments"]
    ]


async def test_mira_was_charged_twice_for_order_4471(northwind: Northwind) -> None:
    found = await northwind.told("shop", "get_order", customer_id="cus_1001", order_id="4471")
    assert found == {
        "customer_id": "cus_1001",
        "order": {
            "order_id": "4471",
            "customer_id": "cus_1001",
            "placed_at": "2026-11-14T09:11:30Z",
            "status": "delivered",
            "total": {"minor": 4990, "currency": EUR},
            "items": [
                {
                    "sku": "LIN-100",
                    "name": "Linen duvet cover",
                    "quantity": 1,
                    "price": {"minor": 4990, "currency": EUR},
                }
            ],
            "return_window_ends": "2026-12-18",
            "cancellation": None,
        },
    }
    told = await northwind.told("billing", "list_payments", customer_id="acct_5001", order_id="4471")
    first, second = told["payments"]
    assert first == {
        "payment_id": "pay_7701",
        "customer_id": "acct_5001",
        "order_id": "4471",
        "amount": {"minor": 4990, "currency": EUR},
        "status": "captured",
        "captured_at": "2026-11-14T09:12:04Z",
        "created_at": "2026-11-14T09:12:04Z",
        "card_last4": "4242",
        "refunded": {"minor": 0, "currency": EUR},
        "refundable": {"minor": 4990, "currency": EUR},
    }
    later = {"payment_id": "pay_7702", "captured_at": "2026-11-14T09:12:41Z", "created_at": "2026-11-14T09:12:41Z"}
    assert second == {**first, **later}
    shipped = await northwind.told("shop", "get_shipment", customer_id="cus_1001", order_id="4471")
    assert shipped["shipment"]["delivered_at"].startswith("2026-11-18")


async def test_mira_has_an_older_order_with_one_payment(northwind: Northwind) -> None:
    told = await northwind.told("shop", "list_orders", customer_id="cus_1001")
    assert [order["order_id"] for order in told["orders"]] == ["4471", "4380"]
    assert await _payments(northwind, "acct_5001", "4380") == [("pay_7611", 2500, "captured", 2500)]


async def test_jonas_paid_once_after_a_failed_attempt(northwind: Northwind) -> None:
    assert await _payments(northwind, "acct_5002", "4502") == [
        ("pay_7711", 6450, "failed", 0),
        ("pay_7712", 6450, "captured", 6450),
    ]


async def test_priya_already_has_her_money_back(northwind: Northwind) -> None:
    assert await _payments(northwind, "acct_5003", "4533") == [
        ("pay_7721", 3900, "captured", 3900),
        ("pay_7722", 3900, "refunded", 0),
    ]
    told = await northwind.told("billing", "list_refunds", customer_id="acct_5003", payment_id="pay_7722")
    [refund] = told["refunds"]
    assert (refund["refund_id"], refund["created_at"][:10]) == ("re_9903", "2026-11-17")


async def test_tomas_was_charged_a_large_amount_twice_and_drinks_coffee(northwind: Northwind) -> None:
    assert await _payments(northwind, "acct_5004", "4544") == [
        ("pay_7731", 64000, "captured", 64000),
        ("pay_7732", 64000, "captured", 64000),
    ]
    told = await northwind.told("billing", "list_subscriptions", customer_id="acct_5004")
    assert [(one["name"], one["plan"]) for one in told["subscriptions"]] == [("Coffee subscription", "monthly")]


async def test_aiko_split_one_payment_and_was_charged_three_times_for_another(northwind: Northwind) -> None:
    split = await _payments(northwind, "acct_5005", "4555")
    assert [minor for _, minor, *_ in split] == [6000, 3900]
    order = await northwind.told("shop", "get_order", customer_id="cus_1005", order_id="4555")
    assert order["order"]["total"]["minor"] == 9900
    assert [minor for _, minor, *_ in await _payments(northwind, "acct_5005", "4556")] == [2900, 2900, 2900]


async def test_the_crm_knows_them_under_the_same_address(northwind: Northwind) -> None:
    emails = ["mira.holm", "jonas.weber", "priya.nair", "tomas.vidal", "aiko.mori"]
    for number, email in enumerate(emails, 1):
        told = await northwind.told("crm", "get_contact", customer_id=f"con_{9000 + number}")
        assert told["contact"]["email"] == f"{email}@example.com"
        shop = northwind.rows("shop", "select customer_id from customers where email = ?", f"{email}@example.com")
        billing = northwind.rows("billing", "select customer_id from accounts where email = ?", f"{email}@example.com")
        assert (shop, billing) == ([(f"cus_{1000 + number}",)], [(f"acct_{5000 + number}",)])
