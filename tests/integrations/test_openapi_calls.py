"""A real HTTP API behind its document, called as any connection is: through the channel, by our own server."""

import json
import sys
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from missiondesk.integrations.mcp_client import Answer, Channel, Listing
from missiondesk.integrations.openapi import Description, describe
from tests.support.loopback import Loopback
from tests.support.orders_api import READ_KEY, WRITE_KEY, Remembering, Shop, document_of, orders_api


@dataclass(frozen=True, slots=True)
class Connected:
    """The API, and the way to it."""

    shop: Shop
    channel: Channel
    listing: Listing

    async def call(self, tool: str, **arguments: Any) -> Answer:
        pin = self.listing.tools[tool].pin("orders", self.listing.server)
        return await self.channel.call("orders", tool, arguments, pin=pin)


@pytest.fixture(scope="module")
def described() -> Description:
    return describe(document_of(orders_api(Shop())), "orders.json").description


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def url(shop: Shop) -> Iterator[str]:
    with Loopback(Remembering(orders_api(shop), shop)) as serving:
        yield serving.url


@pytest.fixture
def file(described: Description, tmp_path: Path) -> Path:
    return kept(described, tmp_path)


def kept(description: Description, folder: Path) -> Path:
    path = folder / "orders.openapi.json"
    path.write_text(description.text(), encoding="utf-8")
    return path


def way(file: Path, url: str, key: str) -> Channel:
    """As a connection would be opened."""
    command = [sys.executable, "-m", "missiondesk.integrations.openapi", str(file)]
    env = {"OPENAPI_URL": url, "OPENAPI_ALLOW_PRIVATE": "127.0.0.1", "OPENAPI_SECRET_HTTPBEARER": key}
    return Channel(command=command, env=env, patience=30)


async def connected(shop: Shop, channel: Channel) -> AsyncGenerator[Connected]:
    try:
        yield Connected(shop, channel, await channel.definitions())
    finally:
        await channel.close()


@pytest.fixture
async def reading(shop: Shop, file: Path, url: str) -> AsyncGenerator[Connected]:
    async for one in connected(shop, way(file, url, READ_KEY)):
        yield one


@pytest.fixture
async def writing(shop: Shop, file: Path, url: str) -> AsyncGenerator[Connected]:
    async for one in connected(shop, way(file, url, WRITE_KEY)):
        yield one


async def test_the_server_lists_what_was_described_and_nothing_else(described: Description, reading: Connected) -> None:
    told = {name: definition.kept for name, definition in reading.listing.tools.items()}
    assert told == {one.name: one.definition.kept for one in described.operations}
    assert reading.listing.server == "openapi-orders-api"
    assert reading.listing.beyond == ()


async def test_reads_answer_are_refused_or_say_nothing_certain(reading: Connected) -> None:
    record = {"order_id": "o_1", "customer_id": "c_1", "total": 4200, "status": "paid"}
    assert await reading.call("getOrder", order_id="o_1") == Answer("ok", record)
    for tool, arguments, begins in (
        ("getOrder", {"order_id": "o_9"}, "http_404: Not Found. there is no o_9"),
        ("getOrder", {"order_id": "../customers/c_1"}, "not_sent: order_id"),
        ("deleteOrder", {"order_id": "o_1"}, "http_403: "),
    ):
        answer = await reading.call(tool, **arguments)
        assert answer.kind == "refused"
        assert answer.value.startswith(begins)
    for kind, why in (
        ("500", "500 Internal Server Error"),
        ("redirect", "Redirects are never followed"),
        ("cut", "connection failed"),
        ("large", "1,950,009 bytes"),
        ("list", "does not fit its own schema"),
        ("other", "does not fit its own schema"),
        ("nothing", "does not fit its own schema"),
        ("drip", "in time"),
    ):
        reading.channel.patience = 1 if kind == "drip" else 30
        answer = await reading.call("getHealth", kind=kind)
        assert (kind, answer.kind) == (kind, "unknown")
        assert why in str(answer.why)
        assert await reading.call("getHealth", kind="fine") == Answer("ok", {"ok": True})


async def test_a_write_is_made_once_for_each_key(writing: Connected) -> None:
    asked = {"order_id": "o_1", "amount": 500, "reason": "broken", "idempotency_key": "k_1"}
    first, again = [await writing.call("refundOrder", **asked) for _ in range(2)]
    assert (first.kind, first.value["refund_id"]) == ("ok", "r_1")
    assert again == first
    assert len(writing.shop.refunds) == 1
    assert await writing.call("setAddress", customer_id="c_1", address=None) == Answer("ok", {"result": None})


async def test_a_file_that_says_something_else_is_a_changed_tool(
    described: Description, reading: Connected, tmp_path: Path, url: str
) -> None:
    moved = [one.model_copy(update={"path": f"/archive{one.path}"}) for one in described.operations]
    other = way(kept(described.model_copy(update={"operations": tuple(moved)}), tmp_path), url, READ_KEY)
    pin = reading.listing.tools["getOrder"].pin("orders", reading.listing.server)
    assert (await other.call("orders", "getOrder", {"order_id": "o_1"}, pin=pin)).kind == "changed"
    await other.close()


async def test_a_command_that_cannot_serve_says_why(tmp_path: Path) -> None:
    path = tmp_path / "orders.openapi.json"
    path.write_text(json.dumps({"version": 1}), encoding="utf-8")
    channel = way(path, "http://127.0.0.1:1", READ_KEY)
    with pytest.raises(ConnectionError, match=r"orders\.openapi\.json: cannot be used"):
        await channel.definitions()
    await channel.close()
