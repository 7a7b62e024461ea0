"""The records that the past is made of; each is one row of one table of one system."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """The same person in all three systems; `number` is the last three digits of each of their ids."""

    number: int
    name: str
    email: str
    phone: str
    postal_address: str
    language: str
    since: str
    currency: str

    @property
    def shop_id(self) -> str:
        return f"cus_{1000 + self.number}"

    @property
    def billing_id(self) -> str:
        return f"acct_{5000 + self.number}"

    @property
    def crm_id(self) -> str:
        return f"con_{9000 + self.number}"


@dataclass(frozen=True, slots=True)
class Order:
    """`items`: sku, name, quantity, price of one piece in minor units."""

    order_id: str
    person: Person
    placed_at: str
    status: str
    items: tuple[tuple[str, str, int, int], ...]
    shipped_at: str | None = None
    delivered_at: str | None = None
    return_window_ends: str | None = None
    cancelled_at: str | None = None
    cancel_reason: str | None = None

    @property
    def total(self) -> int:
        """In minor units of the person's currency."""
        return sum(quantity * price for _sku, _name, quantity, price in self.items)


@dataclass(frozen=True, slots=True)
class Payment:
    """`status`: captured, failed, voided or authorised; `minor` in the person's currency."""

    payment_id: str
    order: Order
    minor: int
    status: str
    created_at: str
    card_last4: str


@dataclass(frozen=True, slots=True)
class Refund:
    """Money paid back; `reference` is the key it was made with."""

    refund_id: str
    payment: Payment
    minor: int
    reason: str
    reference: str | None
    created_at: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """The coffee subscription of one person."""

    subscription_id: str
    person: Person
    plan: str
    started_at: str
    changed_at: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A note in the CRM."""

    person: Person
    text: str
    at: str


@dataclass(slots=True)
class Past:
    """All that happened before the demo starts."""

    people: list[Person] = field(default_factory=list[Person])
    orders: list[Order] = field(default_factory=list[Order])
    payments: list[Payment] = field(default_factory=list[Payment])
    refunds: list[Refund] = field(default_factory=list[Refund])
    subscriptions: list[Subscription] = field(default_factory=list[Subscription])
    notes: list[Note] = field(default_factory=list[Note])
