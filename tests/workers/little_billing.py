"""A small billing system: a real MCP server over HTTP, with payments that a test can change."""

from collections.abc import Generator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel

from missiondesk.integrations import Connection, Connections, Declared, Reviewed
from missiondesk.integrations.mcp_client import Channel
from tests.support.loopback import Loopback

MIRA = "acct_5001"
EUR_49_90 = {"minor": 4990, "currency": "EUR"}
CHARGES: list[dict[str, Any]] = [
    {"payment_id": "pay_7701", "captured_at": "2026-11-14T09:12:04Z", "amount": EUR_49_90, "status": "captured"},
    {"payment_id": "pay_7702", "captured_at": "2026-11-14T09:12:41Z", "amount": EUR_49_90, "status": "captured"},
]
MISSING = ["order_not_found", "payment_not_found"]
TOOLS: dict[str, dict[str, Any]] = {
    "list_payments": {"effect": "read", "title": "Payments", "bind": {"customer_id": "$customer"}},
    "get_payment": {"effect": "read", "title": "Payment", "bind": {"customer_id": "$customer"}},
    "refund_payment": {
        "effect": "write",
        "title": "Refund",
        "bind": {"customer_id": "$customer"},
        "effect_class": "neither",
        "card": "Refund {amount} of {payment_id}",
    },
}


class Amount(BaseModel):
    minor: int
    currency: str


class Payments(BaseModel):
    customer_id: str
    payments: list[dict[str, Any]]
    note: str = ""


class Payment(BaseModel):
    customer_id: str
    payment: dict[str, Any]


class Refund(BaseModel):
    customer_id: str
    refund_id: str


@dataclass
class Billing:
    """`reads` counts the reads that really came, by tool; nothing in these tests may ever be refunded."""

    payments: list[dict[str, Any]] = field(default_factory=lambda: deepcopy(CHARGES))
    note: str = ""
    owner: str = MIRA
    reads: list[str] = field(default_factory=list[str])
    refunds: int = 0

    def reset(self) -> None:
        self.__dict__.update(Billing().__dict__)

    def server(self) -> MCPServer:
        server = MCPServer("little-billing", log_level="CRITICAL")

        @server.tool()
        def list_payments(customer_id: str, order_id: str) -> Payments:
            """The payments of one order."""
            self.reads.append("list_payments")
            if order_id != "4471":
                raise ToolError("order_not_found: no such order")
            return Payments(customer_id=self.owner, payments=self.payments, note=self.note)

        @server.tool()
        def get_payment(customer_id: str, payment_id: str) -> Payment:
            """One payment."""
            self.reads.append("get_payment")
            found = [one for one in self.payments if one["payment_id"] == payment_id]
            if not found:
                raise ToolError("payment_not_found: no such payment")
            return Payment(customer_id=self.owner, payment=found[0])

        @server.tool()
        def refund_payment(customer_id: str, payment_id: str, amount: Amount) -> Refund:
            """Refund a payment."""
            self.refunds += 1
            return Refund(customer_id=customer_id, refund_id="re_1")

        return server


@contextmanager
def billing_at(billing: Billing) -> Generator[str]:
    """The server's address while it runs."""
    app = billing.server().streamable_http_app(stateless_http=True)
    with Loopback(app, lifespan=True) as loopback:
        yield f"{loopback.url}/mcp"


async def connections_to(url: str) -> Connections:
    """The connection `billing`, reviewed as it is now."""
    owner: dict[str, Any] = {"owner": ["$.customer_id"]}
    tools = {name: {**tool, **(owner if tool["effect"] == "read" else {})} for name, tool in TOOLS.items()}
    http = {"url": url, "allow_private": ["127.0.0.1"]}
    about = {"id": "billing", "title": "Billing", "server": "little-billing", "http": http}
    file = Connection.model_validate({**about, "tool": tools, "missing": MISSING})
    channel = Channel(url=url, allow_private=["127.0.0.1"])
    listing = await channel.definitions()
    await channel.close()
    review = Reviewed(server=listing.server, tools={tool: one.told for tool, one in listing.tools.items()})
    return Connections(Declared({"billing": file}, {"billing": review}), patience=5)
