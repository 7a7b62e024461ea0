"""What may happen to an order and its payments: most go well; some are declined, split, voided, doubled, sent back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from missiondesk_demo.systems.seed.records import Order, Past, Payment, Person, Refund

_TODAY = datetime(2026, 11, 20, 18, tzinfo=UTC)
_RETURN_DAYS = 30

# How often, in a thousand orders, the payment goes other than straight through.
_FATES = {"plain": 855, "declined": 50, "voided": 35, "split": 30, "doubled": 30}


@dataclass(slots=True)
class Drawn:
    """The past as it grows, and the next free numbers for payments and refunds."""

    past: Past
    payment_numbers: Iterator[int] = field(default_factory=lambda: count(10_001))
    refund_numbers: Iterator[int] = field(default_factory=lambda: count(9_501))

    def pay(self, order: Order, minor: int, status: str, at: datetime, card: str) -> Payment:
        """A payment for this order; `minor` in the order's currency."""
        payment = Payment(f"pay_{next(self.payment_numbers)}", order, minor, status, stamp(at), card)
        self.past.payments.append(payment)
        return payment

    def refund(self, payment: Payment, minor: int, reason: str, at: datetime) -> None:
        """A refund that was made at that time, or today if that is still to come."""
        number = next(self.refund_numbers)
        reference = f"northwind-care-{number}" if number % 3 else None
        self.past.refunds.append(Refund(f"re_{number}", payment, minor, reason, reference, stamp(min(at, _TODAY))))


def stamp(at: datetime) -> str:
    """UTC, whole seconds."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def draw_order(
    chance: Random,
    drawn: Drawn,
    order_id: str,
    person: Person,
    placed_at: datetime,
    items: tuple[tuple[str, str, int, int], ...],
) -> None:
    """Draw one order's fate, and write it into the past with its payments and refunds."""
    order = _course(chance, order_id, person, placed_at, items)
    drawn.past.orders.append(order)
    card = f"{chance.randrange(1000, 10_000)}"
    paid_at = placed_at + timedelta(seconds=chance.randint(20, 90))
    if order.status == "placed":
        drawn.pay(order, order.total, "authorised", paid_at, card)
    elif order.status == "cancelled":
        _pay_cancelled(chance, drawn, order, paid_at, card)
    else:
        _pay(chance, drawn, order, paid_at, card)


def _course(
    chance: Random,
    order_id: str,
    person: Person,
    placed_at: datetime,
    items: tuple[tuple[str, str, int, int], ...],
) -> Order:
    """How far an order of that age has come."""
    if chance.random() < 0.06:
        cancelled_at = min(placed_at + timedelta(minutes=chance.randint(12, 900)), _TODAY)
        why = chance.choice(("Ordered by mistake", "Found it elsewhere", "Wrong address", "No longer needed"))
        return Order(
            order_id,
            person,
            stamp(placed_at),
            "cancelled",
            items,
            cancelled_at=stamp(cancelled_at),
            cancel_reason=why,
        )
    shipped_at = placed_at + timedelta(hours=chance.randint(18, 60))
    delivered_at = shipped_at + timedelta(hours=chance.randint(22, 96))
    if shipped_at > _TODAY:
        status = "packed" if shipped_at - _TODAY < timedelta(hours=12) else chance.choice(("placed", "paid", "paid"))
        return Order(order_id, person, stamp(placed_at), status, items)
    if delivered_at > _TODAY:
        return Order(order_id, person, stamp(placed_at), "shipped", items, shipped_at=stamp(shipped_at))
    return Order(
        order_id,
        person,
        stamp(placed_at),
        "delivered",
        items,
        shipped_at=stamp(shipped_at),
        delivered_at=stamp(delivered_at),
        return_window_ends=(delivered_at + timedelta(days=_RETURN_DAYS)).date().isoformat(),
    )


def _pay_cancelled(chance: Random, drawn: Drawn, order: Order, paid_at: datetime, card: str) -> None:
    if chance.random() < 0.4:
        drawn.pay(order, order.total, "voided", paid_at, card)
        return
    payment = drawn.pay(order, order.total, "captured", paid_at, card)
    cancelled_at = datetime.fromisoformat(order.cancelled_at or order.placed_at)
    drawn.refund(payment, order.total, f"Order {order.order_id} was cancelled", cancelled_at + timedelta(minutes=5))


def _pay(chance: Random, drawn: Drawn, order: Order, paid_at: datetime, card: str) -> None:
    later = paid_at + timedelta(seconds=chance.randint(25, 110))
    [fate] = chance.choices(list(_FATES), list(_FATES.values()))
    if fate == "split":  # never two equal parts: those would look like a charge made twice
        first = order.total * chance.choice((20, 30, 40, 60, 70)) // 100
        drawn.pay(order, first, "captured", paid_at, card)
        drawn.pay(order, order.total - first, "captured", later, f"{chance.randrange(1000, 10_000)}")
        return
    if fate in ("declined", "voided"):
        drawn.pay(order, order.total, "failed" if fate == "declined" else "voided", paid_at, card)
    payment = drawn.pay(order, order.total, "captured", later if fate in ("declined", "voided") else paid_at, card)
    if fate == "doubled":
        second = drawn.pay(order, order.total, "captured", later, card)
        if chance.random() < 0.4:
            made_at = later + timedelta(hours=chance.randint(3, 70))
            drawn.refund(second, order.total, f"Charged twice for order {order.order_id}", made_at)
    elif order.delivered_at:
        _send_back(chance, drawn, order, payment)


def _send_back(chance: Random, drawn: Drawn, order: Order, payment: Payment) -> None:
    came_at = datetime.fromisoformat(order.delivered_at or order.placed_at)
    chosen = chance.random()
    if chosen < 0.04:
        drawn.refund(payment, order.total, "Sent back", came_at + timedelta(days=chance.randint(4, 21)))
    elif chosen < 0.07:
        part = order.total * chance.choice((10, 15, 20)) // 100
        drawn.refund(payment, part, "Arrived damaged, kept", came_at + timedelta(days=chance.randint(1, 6)))
