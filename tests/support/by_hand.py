"""What a colleague, or bad luck, does at billing behind everybody's back."""

from tests.demo.northwind import Northwind

REFUND_BY_HAND = (
    "insert into refunds values "
    "('re_hand', 'acct_5001', 'pay_7702', 4990, 'EUR', 'by hand', null, '2026-11-20T10:00:00Z')"
)
BROKEN = "create trigger broken before insert on refunds begin select raise(abort, 'broken'); end"
REPAIRED = "drop trigger broken"


def refund_by_hand(outside: Northwind, payment: str) -> None:
    """Refund a payment in full, whoever's it is, without us."""
    outside.by_hand(
        "billing",
        "insert into refunds select 're_hand', customer_id, payment_id, minor, currency, 'by hand', null, "
        "'2026-11-20T10:00:00Z' from payments where payment_id = ?",
        payment,
    )
    assert outside.rows("billing", "select 1 from refunds where refund_id = 're_hand'") == [(1,)]
