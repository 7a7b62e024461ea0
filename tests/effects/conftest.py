"""Effects through the front door: this process serves, and works when a test says so; billing lies behind a doorway."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.support.company import copied, edit
from tests.support.doorway import Doorway, doorway
from tests.support.postgres import Cloned
from tests.support.world import World, world_at

KEYED = 'effect_class = "keyed"\nkey = { argument = "idempotency_key", meta = true, hours = 24 }\ncard = "Refund'
FIND = 'find = { tool = "billing.find_refund", args = { reference = "$key" }, there = "$.refund" }'


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """The installation's folder, for a test to change before it asks for `world`."""
    return copied(tmp_path)


@pytest.fixture
def neither(company: Path) -> None:
    """Billing honours no key any more, and nothing can be found again there."""
    billing = company / "connections" / "billing.toml"
    edit(billing, KEYED, 'effect_class = "neither"\ncard = "Refund')
    edit(billing, FIND, "")
    text = billing.read_text(encoding="utf-8")
    start = text.index("[[tool.refund_payment.proof]]")
    billing.write_text(text[:start] + text[text.index("[tool.change_subscription]") :], encoding="utf-8")


@pytest.fixture
async def door(northwind: Northwind, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Doorway]:
    """The doorway that this test's billing lies behind."""
    async with doorway(northwind.urls["billing"]) as door:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", door.url)
        yield door


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path, company: Path) -> AsyncGenerator[World]:
    """It only serves: a test lets it work with `working(world)`."""
    async with world_at(database, northwind, tmp_path, lanes=(), company=str(company)) as here:
        yield here
