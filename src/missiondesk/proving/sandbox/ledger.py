"""`python -m missiondesk.proving.sandbox.ledger`: an MCP server that pays. One payment tool for each effect class."""

import argparse
import json
import os
import random
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Annotated, Any

import anyio
import uvicorn
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import Tool, ToolAnnotations
from pydantic import BaseModel, ConfigDict, Field

from missiondesk.kit.errors import Refused
from missiondesk.proving.sandbox.book import Book, Payment, account_of

NAME = "sandbox-ledger"
KEY = "io.missiondesk/idempotency-key"
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_PAYS = ToolAnnotations(read_only_hint=False, destructive_hint=True, idempotent_hint=False, open_world_hint=False)
_Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
_Key = Annotated[str, Field(min_length=1, max_length=200)]
Asked = Context[Any, Any]


class Money(BaseModel):
    """An amount in the currency's smallest unit."""

    model_config = ConfigDict(extra="forbid")

    minor: Annotated[int, Field(strict=True, gt=0)]
    currency: str


class Account(BaseModel):
    """`revision` counts its changes, from 1."""

    account_id: str
    owed: Money
    status: str
    revision: int


class Paid(BaseModel):
    """A payment as it stands in the ledger."""

    payment_id: int
    account_id: str
    amount: Money
    reference: str | None


class AccountFound(BaseModel):
    """One account."""

    customer_id: str
    account: Account


class PaymentFound(BaseModel):
    """A payment, or null when there is none."""

    customer_id: str
    payment: Paid | None


class PaymentMade(BaseModel):
    """The payment that was made."""

    customer_id: str
    payment: Paid


class _Ledger(MCPServer):
    """Whose tools may have drifted since."""

    def __init__(self, book: Book) -> None:
        super().__init__(NAME, title="Sandbox ledger", version="1.0.0", log_level="WARNING")
        self._book = book

    async def list_tools(self) -> list[Tool]:
        drifted = self._book.drifted()
        listed = await super().list_tools()
        return [
            one.model_copy(update={"description": f"{one.description}."}) if one.name in drifted else one
            for one in listed
        ]


def server_of(book: Book, *, slow: float, odd: float = 0.0) -> MCPServer:
    """The ledger's MCP server. Half of its payments take up to `slow` seconds, before and after they are made.

    `odd` is the share of first calls that are refused although they were carried out.
    """
    server = _Ledger(book)

    def paid(tool: str, arguments: dict[str, Any], key: str | None, *, honoured: bool) -> Payment:
        nth = book.arrived(tool, arguments, key)
        chance = random.Random(f"{tool}:{arguments['account_id']}")
        before, after = (chance.choice((0.0, chance.uniform(0, slow))) for _ in range(2))
        time.sleep(before)
        if book.cheats(arguments["account_id"]):
            money = arguments["amount"]
            return Payment(0, tool, arguments["account_id"], money["minor"], money["currency"], key, arguments, 1)
        try:
            made = book.pay(tool, arguments, key=key if honoured else None)
        except Refused as refused:
            raise ToolError(f"key_used: {refused}") from refused
        time.sleep(after)
        if nth == 1 and chance.random() < odd:
            raise ToolError("try_later: please try again later")
        return made

    @server.tool(annotations=_READS)
    def get_account(customer_id: _Id, account_id: _Id) -> AccountFound:
        """One account of this customer, and what is owed to it."""
        told = account_of(account_id, book.revision(account_id))
        return AccountFound(customer_id=customer_id, account=Account.model_validate(told))

    @server.tool(annotations=_READS)
    def find_payment(customer_id: _Id, account_id: _Id | None = None, reference: _Key | None = None) -> PaymentFound:
        """The payment that was made to this account, or with this key; null when there is none."""
        found = book.found(account_id=account_id, key=reference)
        return PaymentFound(customer_id=customer_id, payment=found and _paid(found))

    @server.tool(annotations=_PAYS)
    def pay_keyed(
        asked: Asked, customer_id: _Id, account_id: _Id, amount: Money, idempotency_key: _Key | None = None
    ) -> PaymentMade:
        """Pay. The same idempotency key, as an argument or in `_meta`, is the same payment."""
        key = idempotency_key or _in_meta(asked)
        made = paid("pay_keyed", _arguments(customer_id, account_id, amount), key, honoured=True)
        return PaymentMade(customer_id=customer_id, payment=_paid(made))

    @server.tool(annotations=_PAYS)
    def pay_queryable(customer_id: _Id, account_id: _Id, amount: Money) -> PaymentMade:
        """Pay, each time anew. What was paid can be found by its account."""
        made = paid("pay_queryable", _arguments(customer_id, account_id, amount), None, honoured=False)
        return PaymentMade(customer_id=customer_id, payment=_paid(made))

    @server.tool(annotations=_PAYS)
    def pay_once(customer_id: _Id, account_id: _Id, amount: Money) -> PaymentMade:
        """Pay, each time anew."""
        made = paid("pay_once", _arguments(customer_id, account_id, amount), None, honoured=False)
        return PaymentMade(customer_id=customer_id, payment=_paid(made))

    return server


def _arguments(customer_id: str, account_id: str, amount: Money) -> dict[str, Any]:
    return {"customer_id": customer_id, "account_id": account_id, "amount": amount.model_dump()}


def _in_meta(asked: Asked) -> str | None:
    key = dict(asked.request_context.meta or {}).get(KEY)
    return key if isinstance(key, str) else None


def _paid(made: Payment) -> Paid:
    amount = Money(minor=made.minor, currency=made.currency)
    return Paid(payment_id=made.payment_id, account_id=made.account_id, amount=amount, reference=made.key)


class _Announced(uvicorn.Server):
    """Says on stdout when it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        [listening] = sockets or []
        sys.stdout.write(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}/mcp"}) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Serve until SIGTERM or SIGINT, or with `--while-stdin-open` until stdin ends."""
    parser = argparse.ArgumentParser(prog="python -m missiondesk.proving.sandbox.ledger")
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; without it, a free one")
    parser.add_argument("--home", type=Path, required=True, help="folder of the book")
    parser.add_argument("--slow", type=float, default=0.03, help="seconds that a payment may take")
    parser.add_argument("--odd", type=float, default=0.0, help="share of payments refused although they were made")
    parser.add_argument("--while-stdin-open", action="store_true", help="end when stdin reaches its end")
    asked = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    if asked.while_stdin_open:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # else Nagle: 40 ms a request
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", asked.port))
    listening.listen(200)
    app = server_of(Book.at(asked.home), slow=asked.slow, odd=asked.odd).streamable_http_app(stateless_http=True)
    config = uvicorn.Config(app, log_level="critical", access_log=False, ws="none", timeout_keep_alive=60)

    async def serve() -> None:
        await _Announced(config)._serve([listening])  # pyright: ignore[reportPrivateUsage] # signals stay ours

    anyio.run(serve)


def _end_with_stdin() -> None:
    while os.read(0, 4096):
        pass
    _end()


def _end(*_: object) -> None:
    os._exit(0)  # at once: the book is whole at every instant


if __name__ == "__main__":
    main()
