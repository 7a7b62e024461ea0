"""Billing: payments, refunds and subscriptions."""

from typing import Annotated, Any

from pydantic import Field

from missiondesk_demo.systems.book import Asked, Book, Call, Refused, key_conflict, now, recorded
from missiondesk_demo.systems.fields import CustomerId, Key, Money, OrderId, PaymentId, SubscriptionId, Text
from missiondesk_demo.systems.money_moved import (
    Payment,
    PaymentFound,
    PaymentsFound,
    Plan,
    Refund,
    RefundFound,
    RefundMade,
    RefundsFound,
    Subscription,
    SubscriptionChanged,
    SubscriptionsFound,
    payment_of,
    refund_of,
    subscription_of,
)
from missiondesk_demo.systems.server import READS, SystemServer, Tool, writes

_REFUNDED = "(select coalesce(sum(minor), 0) from refunds where refunds.payment_id = payments.payment_id)"
_PAYMENTS = f"select *, {_REFUNDED} as refunded from payments where customer_id = ?"


def list_payments(asked: Asked, customer_id: CustomerId, order_id: OrderId | None = None) -> PaymentsFound:
    """This customer's payments, also failed and voided ones, the oldest first; those for one order if it is named."""
    with recorded(asked) as call:
        _know(call, customer_id)
        rows = call.tx.execute(
            f"{_PAYMENTS} and order_id = coalesce(?, order_id) order by created_at, payment_id",
            [customer_id, order_id],
        )
        return PaymentsFound(customer_id=customer_id, payments=[payment_of(row) for row in rows])


def get_payment(asked: Asked, customer_id: CustomerId, payment_id: PaymentId) -> PaymentFound:
    """One payment of this customer, with what was refunded of it and what can still be."""
    with recorded(asked) as call:
        return PaymentFound(customer_id=customer_id, payment=_payment(call, customer_id, payment_id))


def list_refunds(asked: Asked, customer_id: CustomerId, payment_id: PaymentId | None = None) -> RefundsFound:
    """Refunds made to this customer, the oldest first; those of one payment if it is named."""
    with recorded(asked) as call:
        _know(call, customer_id)
        rows = call.tx.execute(
            "select * from refunds where customer_id = ? and payment_id = coalesce(?, payment_id)"
            " order by created_at, refund_id",
            [customer_id, payment_id],
        )
        return RefundsFound(customer_id=customer_id, refunds=[refund_of(row) for row in rows])


def find_refund(asked: Asked, customer_id: CustomerId, reference: Key) -> RefundFound:
    """The refund of this customer that was made with this idempotency key, or null."""
    with recorded(asked) as call:
        refund = _refund_by(call, reference)
        return RefundFound(customer_id=customer_id, refund=refund if _is_of(refund, customer_id) else None)


def list_subscriptions(asked: Asked, customer_id: CustomerId) -> SubscriptionsFound:
    """This customer's subscriptions."""
    with recorded(asked) as call:
        _know(call, customer_id)
        rows = call.tx.execute(
            "select * from subscriptions where customer_id = ? order by subscription_id", [customer_id]
        )
        return SubscriptionsFound(customer_id=customer_id, subscriptions=[subscription_of(row) for row in rows])


def refund_payment(
    asked: Asked,
    customer_id: CustomerId,
    payment_id: PaymentId,
    amount: Money,
    reason: Text,
    idempotency_key: Key | None = None,
) -> RefundMade:
    """Pay money back to the card, all of a captured payment or a part of it. It cannot be taken back.

    The idempotency key may also stand in the request's `_meta`, as `io.missiondesk/idempotency-key`.
    """
    with recorded(asked, idempotency_key) as call:
        refund = _refund_by(call, call.key) if call.key else None
        if refund is None:
            _check(amount, _payment(call, customer_id, payment_id))
            refund = _pay_back(call, customer_id, payment_id, amount, reason)
        elif (refund.customer_id, refund.payment_id, refund.amount, refund.reason) == (
            customer_id,
            payment_id,
            amount,
            reason,
        ):
            call.detail = "replayed"
        else:
            raise key_conflict()
        return RefundMade(customer_id=customer_id, refund=refund)


def change_subscription(
    asked: Asked,
    customer_id: CustomerId,
    subscription_id: SubscriptionId,
    plan: Annotated[Plan, Field(description="What it shall be from now on; cancelled is final")],
    idempotency_key: Key | None = None,
) -> SubscriptionChanged:
    """Change how often a subscription comes, pause it, or cancel it for good.

    The idempotency key may also stand in the request's `_meta`, as `io.missiondesk/idempotency-key`.
    """
    with recorded(asked, idempotency_key) as call:

        def change() -> SubscriptionChanged:
            if _subscription(call, customer_id, subscription_id).plan == "cancelled":
                raise Refused("already_cancelled", "a cancelled subscription stays cancelled")
            call.tx.execute(
                "update subscriptions set plan = ?, changed_at = ? where subscription_id = ?",
                [plan, now(), subscription_id],
            )
            return SubscriptionChanged(
                customer_id=customer_id, subscription=_subscription(call, customer_id, subscription_id)
            )

        return call.once(SubscriptionChanged, change)


def serve_billing(book: Book) -> SystemServer:
    """Billing's MCP server over this book."""
    return SystemServer(
        "northwind-billing",
        "Northwind billing",
        book,
        [
            Tool(list_payments, "Payments", READS),
            Tool(get_payment, "Payment", READS),
            Tool(list_refunds, "Refunds", READS),
            Tool(find_refund, "Refund by its key", READS),
            Tool(list_subscriptions, "Subscriptions", READS),
            Tool(refund_payment, "Refund a payment", writes(destructive=True, idempotent=False)),
            Tool(change_subscription, "Change a subscription", writes(destructive=True, idempotent=True)),
        ],
    )


def _know(call: Call, customer_id: str) -> None:
    if call.tx.execute("select 1 from accounts where customer_id = ?", [customer_id]).fetchone() is None:
        raise Refused("customer_not_found", "no such customer")


def _payment(call: Call, customer_id: str, payment_id: str) -> Payment:
    row = call.tx.execute(f"{_PAYMENTS} and payment_id = ?", [customer_id, payment_id]).fetchone()
    if row is None:  # someone else's payment looks the same
        raise Refused("payment_not_found", "no such payment")
    return payment_of(row)


def _subscription(call: Call, customer_id: str, subscription_id: str) -> Subscription:
    row = call.tx.execute(
        "select * from subscriptions where customer_id = ? and subscription_id = ?", [customer_id, subscription_id]
    ).fetchone()
    if row is None:  # someone else's subscription looks the same
        raise Refused("subscription_not_found", "no such subscription")
    return subscription_of(row)


def _refund_by(call: Call, reference: str) -> Refund | None:
    row = call.tx.execute("select * from refunds where reference = ?", [reference]).fetchone()
    return row and refund_of(row)


def _is_of(refund: Refund | None, customer_id: str) -> bool:
    return refund is not None and refund.customer_id == customer_id


def _check(amount: Money, payment: Payment) -> None:
    if amount.minor <= 0:
        raise Refused("amount_not_positive", "the amount must be more than nothing")
    if payment.captured_at is None:
        raise Refused("not_captured", f"this payment is {payment.status}: no money was taken")
    if amount.currency != payment.amount.currency:
        raise Refused("currency_mismatch", f"this payment is in {payment.amount.currency}")
    if amount.minor > payment.refundable.minor:
        raise Refused("amount_too_large", f"only {payment.refundable.minor} minor units are left to refund")


def _pay_back(call: Call, customer_id: str, payment_id: str, amount: Money, reason: str) -> Refund:
    last: Any = call.tx.execute("select max(cast(substr(refund_id, 4) as integer)) from refunds").fetchone()[0]
    refund = Refund(
        refund_id=f"re_{(last or 0) + 1}",
        customer_id=customer_id,
        payment_id=payment_id,
        amount=amount,
        reason=reason,
        reference=call.key,
        created_at=now(),
    )
    call.tx.execute(
        "insert into refunds values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            refund.refund_id,
            customer_id,
            payment_id,
            amount.minor,
            amount.currency,
            reason,
            refund.reference,
            refund.created_at,
        ],
    )
    return refund
