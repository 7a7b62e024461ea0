"""What billing tells: payments, refunds, subscriptions, as its answers and from its rows."""

import sqlite3
from typing import Literal

from pydantic import BaseModel

from missiondesk_demo.systems.fields import Money

PaymentStatus = Literal["captured", "refunded", "partially_refunded", "failed", "voided", "authorised"]
Plan = Literal["monthly", "biweekly", "paused", "cancelled"]


class Payment(BaseModel):
    """A payment for an order. Money was taken only if `captured_at` is there; the times are UTC."""

    payment_id: str
    customer_id: str
    order_id: str
    amount: Money
    status: PaymentStatus
    captured_at: str | None
    created_at: str
    card_last4: str
    refunded: Money
    refundable: Money


class Refund(BaseModel):
    """Money paid back to the card. `reference` is the idempotency key it was made with."""

    refund_id: str
    customer_id: str
    payment_id: str
    amount: Money
    reason: str
    reference: str | None
    created_at: str


class Subscription(BaseModel):
    """Something that comes again and again; `price` is for one delivery."""

    subscription_id: str
    customer_id: str
    name: str
    plan: Plan
    price: Money
    started_at: str
    changed_at: str | None


class PaymentFound(BaseModel):
    """One payment."""

    customer_id: str
    payment: Payment


class PaymentsFound(BaseModel):
    """Payments, the oldest first."""

    customer_id: str
    payments: list[Payment]


class RefundFound(BaseModel):
    """A refund, or null when none was made with that key."""

    customer_id: str
    refund: Refund | None


class RefundsFound(BaseModel):
    """Refunds, the oldest first."""

    customer_id: str
    refunds: list[Refund]


class RefundMade(BaseModel):
    """The refund that was made."""

    customer_id: str
    refund: Refund


class SubscriptionsFound(BaseModel):
    """Subscriptions, cancelled ones too."""

    customer_id: str
    subscriptions: list[Subscription]


class SubscriptionChanged(BaseModel):
    """The subscription as it is now."""

    customer_id: str
    subscription: Subscription


def payment_of(row: sqlite3.Row) -> Payment:
    """`row`: a payment with what was `refunded` of it. Refunds decide the status, so that they cannot disagree."""
    status, refunded = row["status"], row["refunded"]
    left = max(0, row["minor"] - refunded) if status == "captured" else 0
    if refunded:
        status = "partially_refunded" if left else "refunded"
    return Payment(
        payment_id=row["payment_id"],
        customer_id=row["customer_id"],
        order_id=row["order_id"],
        amount=Money(minor=row["minor"], currency=row["currency"]),
        status=status,
        captured_at=row["captured_at"],
        created_at=row["created_at"],
        card_last4=row["card_last4"],
        refunded=Money(minor=refunded, currency=row["currency"]),
        refundable=Money(minor=left, currency=row["currency"]),
    )


def refund_of(row: sqlite3.Row) -> Refund:
    """A row of `refunds`."""
    return Refund(
        refund_id=row["refund_id"],
        customer_id=row["customer_id"],
        payment_id=row["payment_id"],
        amount=Money(minor=row["minor"], currency=row["currency"]),
        reason=row["reason"],
        reference=row["reference"],
        created_at=row["created_at"],
    )


def subscription_of(row: sqlite3.Row) -> Subscription:
    """A row of `subscriptions`."""
    return Subscription(
        subscription_id=row["subscription_id"],
        customer_id=row["customer_id"],
        name=row["name"],
        plan=row["plan"],
        price=Money(minor=row["minor"], currency=row["currency"]),
        started_at=row["started_at"],
        changed_at=row["changed_at"],
    )
