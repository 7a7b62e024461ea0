"""A small HTTP API with an OpenAPI document: customers, orders, refunds. It remembers what it was asked.

Refunds honour an `Idempotency-Key`. `/faults/KIND` answers in the ways that a system should not.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from fastapi import Depends, FastAPI, Header, HTTPException, Query, Response
from fastapi.responses import StreamingResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field
from starlette.types import ASGIApp, Receive, Scope, Send

READ_KEY, WRITE_KEY = "read-key-4711", "write-key-4711"
Record = TypeVar("Record")


class Customer(BaseModel):
    customer_id: str
    name: str
    address: str | None = None


class Order(BaseModel):
    order_id: str
    customer_id: str
    total: int = Field(description="In cents.")
    status: str


class Refund(BaseModel):
    refund_id: str
    order_id: str
    customer_id: str
    amount: int
    reason: str


class NewRefund(BaseModel):
    amount: int = Field(ge=1)
    reason: str


class NewAddress(BaseModel):
    address: str | None


class Healthy(BaseModel):
    ok: bool


@dataclass(frozen=True, slots=True)
class Came:
    """One request as it came in. `target` is the path and the query, undecoded."""

    method: str
    target: str
    headers: dict[str, str]


@dataclass
class Shop:
    """What the API holds, and what came in."""

    customers: dict[str, Customer] = field(default_factory=lambda: {"c_1": Customer(customer_id="c_1", name="Mira")})
    orders: dict[str, Order] = field(default_factory=lambda: dict(_orders()))
    refunds: dict[str, Refund] = field(default_factory=dict[str, Refund])  # by idempotency key
    came: list[Came] = field(default_factory=list[Came])


def _orders() -> list[tuple[str, Order]]:
    told = (("o_1", "c_1", "paid"), ("o_2", "c_1", "sent"), ("o_3", "c_2", "paid"))
    return [(one, Order(order_id=one, customer_id=of, total=4200, status=status)) for one, of, status in told]


class Remembering:
    """Writes down each request before the application sees it."""

    def __init__(self, app: ASGIApp, shop: Shop) -> None:
        self._app = app
        self._came = shop.came

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            query = scope["query_string"].decode()
            headers = {name.decode(): value.decode() for name, value in scope["headers"]}
            target = scope["raw_path"].decode() + (f"?{query}" if query else "")
            self._came.append(Came(scope["method"], target, headers))
        await self._app(scope, receive, send)


def orders_api(shop: Shop) -> FastAPI:
    """The application; wrap it in `Remembering` to know what came."""
    app = FastAPI(title="Orders API", version="1.4.0")
    bearer = HTTPBearer()

    def signed_in(key: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> str:
        if key.credentials not in (READ_KEY, WRITE_KEY):
            raise HTTPException(401, f"the key {key.credentials} is not known")
        return key.credentials

    def may_write(key: Annotated[str, Depends(signed_in)]) -> None:
        if key != WRITE_KEY:
            raise HTTPException(403, "this key may only read")

    reads, writes = [Depends(signed_in)], [Depends(may_write)]

    def get_customer(customer_id: str) -> Customer:
        """One customer."""
        return _found(shop.customers, customer_id)

    def list_orders(
        customer_id: str, status: Annotated[list[str] | None, Query()] = None, limit: int = 10
    ) -> list[Order]:
        """The orders of a customer."""
        own = [one for one in shop.orders.values() if one.customer_id == customer_id]
        return [one for one in own if not status or one.status in status][:limit]

    def get_order(order_id: str) -> Order:
        """One order."""
        return _found(shop.orders, order_id)

    def find_refund(key: str) -> Refund:
        """The refund that was made with an idempotency key."""
        return _found(shop.refunds, key)

    def refund_order(order_id: str, asked: NewRefund, idempotency_key: Annotated[str, Header()]) -> Refund:
        """Refund an order, once for each key."""
        order = _found(shop.orders, order_id)
        if asked.amount > order.total:
            raise HTTPException(422, "the amount is larger than the order")
        made = Refund(
            refund_id=f"r_{len(shop.refunds) + 1}",
            order_id=order_id,
            customer_id=order.customer_id,
            **asked.model_dump(),
        )
        return shop.refunds.setdefault(idempotency_key, made)

    def set_address(customer_id: str, asked: NewAddress) -> None:
        """Where the customer lives; null forgets it."""
        _found(shop.customers, customer_id).address = asked.address

    def delete_order(order_id: str) -> None:
        """Delete an order."""
        _found(shop.orders, order_id)
        del shop.orders[order_id]

    app.get("/customers/{customer_id}", operation_id="getCustomer", dependencies=reads)(get_customer)
    app.get("/orders", operation_id="listOrders", dependencies=reads)(list_orders)
    app.get("/orders/{order_id}", operation_id="getOrder", dependencies=reads)(get_order)
    app.get("/refunds", operation_id="findRefund", dependencies=reads)(find_refund)
    app.post("/orders/{order_id}/refunds", operation_id="refundOrder", status_code=201, dependencies=writes)(
        refund_order
    )
    app.put("/customers/{customer_id}/address", operation_id="setAddress", status_code=204, dependencies=writes)(
        set_address
    )
    app.delete("/orders/{order_id}", operation_id="deleteOrder", status_code=204, dependencies=writes)(delete_order)
    app.get("/faults/{kind}", operation_id="getHealth", response_model=Healthy)(_fault)
    return app


def document_of(app: FastAPI, **changes: Any) -> bytes:
    """Its OpenAPI document, with some of its fields at the top replaced."""
    return json.dumps({**app.openapi(), **changes}).encode()


def _found(records: Mapping[str, Record], name: str) -> Record:
    if name not in records:
        raise HTTPException(404, f"there is no {name}")
    return records[name]


async def _fault(kind: str) -> Response:
    """Answers badly."""
    match kind:
        case "cut":
            return StreamingResponse(_cut(), media_type="application/json")
        case "drip":
            return StreamingResponse(_drip(), media_type="application/json")
        case "huge":
            return Response(b'{"ok": "' + b"x" * 3_000_000 + b'"}', media_type="application/json")
        case "large":
            return Response(b'{"ok": "' + b"x" * 1_950_000 + b'"}', media_type="application/json")
        case "redirect":
            return Response(status_code=307, headers={"location": "/faults/fine"})
        case "cookie":
            return Response(b'{"ok": true}', media_type="application/json", headers={"set-cookie": "session=theirs"})
        case "echo":
            return Response(f'{{"detail": "no key {READ_KEY} here"}}', 404, media_type="application/json")
        case _ if kind.isdecimal():
            return Response(f'{{"detail": "a {kind}"}}', int(kind), media_type="application/json")
        case _:
            body, media = _ANSWERS[kind]
            return Response(body, media_type=media)


_ANSWERS: dict[str, tuple[bytes, str]] = {
    "fine": (b'{"ok": true}', "application/json"),
    "problem": (b'{"ok": true}', "application/problem+json; charset=utf-8"),
    "html": (b"<html>sign in here</html>", "text/html"),
    "garbage": (b'{"ok": tru', "application/json"),
    "nan": (b'{"ok": NaN}', "application/json"),
    "boundless": (b'{"ok": 1e999}', "application/json"),
    "latin": (b'{"ok": "\xe9"}', "application/json"),
    "half": (b'{"ok": "\\ud800"}', "application/json"),
    "deep": (b"[" * 100_000, "application/json"),
    "list": (b"[1, 2]", "application/json"),
    "other": (b'{"ok": "yes, quite"}', "application/json"),
    "nothing": (b"", "application/json"),
}


async def _cut() -> AsyncGenerator[bytes]:
    yield b'{"ok": '
    raise ConnectionResetError("the system dies in the middle of its answer")


async def _drip() -> AsyncGenerator[bytes]:
    while True:
        yield b" "
        await asyncio.sleep(0.05)
