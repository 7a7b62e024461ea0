"""The shop: orders and their shipments."""

import sqlite3
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from missiondesk_demo.systems.book import Asked, Book, Call, Refused, now, recorded
from missiondesk_demo.systems.fields import Currency, CustomerId, Money, OrderId, Text
from missiondesk_demo.systems.server import READS, SystemServer, Tool, writes

OrderStatus = Literal["placed", "paid", "packed", "shipped", "delivered", "cancelled"]


class Item(BaseModel):
    """A line of an order; `price` is for one piece."""

    sku: str
    name: str
    quantity: int
    price: Money


class Cancellation(BaseModel):
    """When and why an order was cancelled."""

    at: str
    reason: str


class Order(BaseModel):
    """An order. `placed` means not paid yet; `return_window_ends` is a date, known once it is delivered."""

    order_id: str
    customer_id: str
    placed_at: str
    status: OrderStatus
    total: Money
    items: list[Item]
    return_window_ends: str | None
    cancellation: Cancellation | None


class Shipment(BaseModel):
    """A parcel on its way, or at the door."""

    order_id: str
    customer_id: str
    carrier: str
    tracking: str
    status: Literal["in_transit", "delivered"]
    shipped_at: str
    delivered_at: str | None


class OrderFound(BaseModel):
    """One order."""

    customer_id: str
    order: Order


class OrdersFound(BaseModel):
    """Orders, the newest first."""

    customer_id: str
    orders: list[Order]


class ShipmentFound(BaseModel):
    """An order's shipment; null while nothing was shipped."""

    customer_id: str
    shipment: Shipment | None


def get_order(asked: Asked, customer_id: CustomerId, order_id: OrderId) -> OrderFound:
    """One order of this customer: what was bought, for how much, and where it stands."""
    with recorded(asked) as call:
        return OrderFound(customer_id=customer_id, order=_order(call, customer_id, order_id))


def list_orders(
    asked: Asked, customer_id: CustomerId, limit: Annotated[int, Field(strict=True, ge=1, le=100)] = 20
) -> OrdersFound:
    """This customer's orders, the newest first."""
    with recorded(asked) as call:
        if call.tx.execute("select 1 from customers where customer_id = ?", [customer_id]).fetchone() is None:
            raise Refused("customer_not_found", "no such customer")
        rows = call.tx.execute(
            "select * from orders where customer_id = ? order by placed_at desc, order_id desc limit ?",
            [customer_id, limit],
        ).fetchall()
        return OrdersFound(customer_id=customer_id, orders=[_as_order(call, row) for row in rows])


def get_shipment(asked: Asked, customer_id: CustomerId, order_id: OrderId) -> ShipmentFound:
    """The shipment of one order of this customer: carrier, tracking number, when it was sent and delivered."""
    with recorded(asked) as call:
        _order(call, customer_id, order_id)
        row = call.tx.execute("select * from shipments where order_id = ?", [order_id]).fetchone()
        if row is None:
            return ShipmentFound(customer_id=customer_id, shipment=None)
        status = "delivered" if row["delivered_at"] else "in_transit"
        return ShipmentFound(customer_id=customer_id, shipment=Shipment(customer_id=customer_id, status=status, **row))


def cancel_order(asked: Asked, customer_id: CustomerId, order_id: OrderId, reason: Text) -> OrderFound:
    """Cancel an order that has not been shipped. Payments are not touched. Takes no idempotency key."""
    with recorded(asked) as call:
        order = _order(call, customer_id, order_id)
        if order.status == "cancelled":
            raise Refused("already_cancelled", "this order is already cancelled")
        if order.status in ("shipped", "delivered"):
            raise Refused("not_cancellable", f"this order is already {order.status}")
        call.tx.execute(
            "update orders set status = 'cancelled', cancelled_at = ?, cancel_reason = ? where order_id = ?",
            [now(), reason, order_id],
        )
        return OrderFound(customer_id=customer_id, order=_order(call, customer_id, order_id))


def serve_shop(book: Book) -> SystemServer:
    """The shop's MCP server over this book."""
    return SystemServer(
        "northwind-shop",
        "Northwind shop",
        book,
        [
            Tool(get_order, "Order", READS),
            Tool(list_orders, "Orders", READS),
            Tool(get_shipment, "Shipment", READS),
            Tool(cancel_order, "Cancel an order", writes(destructive=True, idempotent=True)),
        ],
    )


def _order(call: Call, customer_id: str, order_id: str) -> Order:
    row = call.tx.execute(
        "select * from orders where order_id = ? and customer_id = ?", [order_id, customer_id]
    ).fetchone()
    if row is None:  # someone else's order looks the same
        raise Refused("order_not_found", "no such order")
    return _as_order(call, row)


def _as_order(call: Call, row: sqlite3.Row) -> Order:
    currency: Currency = row["currency"]
    lines = call.tx.execute("select * from items where order_id = ? order by line", [row["order_id"]]).fetchall()
    return Order(
        order_id=row["order_id"],
        customer_id=row["customer_id"],
        placed_at=row["placed_at"],
        status=row["status"],
        total=Money(minor=row["minor"], currency=currency),
        items=[
            Item(
                sku=line["sku"],
                name=line["name"],
                quantity=line["quantity"],
                price=Money(minor=line["minor"], currency=currency),
            )
            for line in lines
        ],
        return_window_ends=row["return_window_ends"],
        cancellation=row["cancelled_at"] and Cancellation(at=row["cancelled_at"], reason=row["cancel_reason"]),
    )
