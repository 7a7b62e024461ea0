"""A tool that is not what was reviewed any more: it is gone before the next call, and with it what was to use it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.in_the_middle import InTheMiddle, in_the_middle
from tests.support.postgres import Cloned
from tests.support.reviewed import review
from tests.support.world import CHARGED_TWICE, World, until, world_at


@pytest.fixture
def billing(northwind: Northwind, monkeypatch: pytest.MonkeyPatch):
    with in_the_middle(northwind.urls["billing"]) as middle:
        monkeypatch.setenv("NORTHWIND_BILLING_URL", middle.url)
        yield middle


@pytest.fixture
async def here(database: Cloned, northwind: Northwind, billing: InTheMiddle, tmp_path: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path) as world:
        yield world


DESCRIBED = b"Pay money back to the card, all of a captured payment"


def poisoned(body: bytes) -> bytes:
    """One byte more in the description of one tool."""
    return body.replace(DESCRIBED, DESCRIBED + b"!")


@promise("gate.change-takes-the-tool-away")
async def test_a_changed_byte_takes_back_what_waits_and_hands_the_case_to_a_person(
    here: World, billing: InTheMiddle
) -> None:
    mira, ana = await here.customer("mira"), await here.agent("ana")
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    billing.change = poisoned
    await here.here.parts.connections.look_again()
    await until(ana.queue, lambda items: all(item["kind"] != "proposal" for item in items))
    refused = await ana.approves(card, status=409)
    assert "not the tool that was reviewed" in refused["message"]
    verdict = await ana.verdict(case)
    assert verdict["outcome"] == "handed_off"
    assert here.refunds() == []


async def test_a_change_between_approval_and_sending_sends_nothing(here: World, billing: InTheMiddle) -> None:
    mira, ana = await here.customer("mira"), await here.agent("ana")
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    billing.change = poisoned
    await ana.approves(card)
    assert (await ana.verdict(case))["outcome"] == "handed_off"
    assert here.calls("refund_payment") == 0


async def test_the_studio_shows_what_changed_word_by_word(here: World, billing: InTheMiddle) -> None:
    adele = await here.agent("adele")
    billing.change = poisoned
    await here.here.parts.connections.look_again()
    rows = {row["id"]: row for row in (await adele.get("/api/studio/connections"))["items"]}
    assert rows["billing"]["changed"] == ["refund_payment"]
    tools = {tool["name"]: tool for tool in (await adele.get("/api/studio/connections/billing"))["tools"]}
    [change] = tools["refund_payment"]["changes"]
    assert (change["field"], tools["list_payments"]["state"]) == ("description", "reviewed")
    assert [line[0] for line in change["lines"] if line[0] in "+-"] == ["-", "+"]


async def test_it_waits_in_the_queue_until_somebody_has_reviewed_it(here: World, billing: InTheMiddle) -> None:
    ana, connections = await here.agent("ana"), here.here.parts.connections
    billing.change = poisoned
    await connections.look_again()
    (item,) = await ana.queue()
    assert (item["kind"], item["id"], item["title"]) == ("changed_tools", "billing", "Review refund_payment of Billing")
    await review(connections, "billing", by="adele")
    assert await ana.queue() == []


async def test_the_difference_is_shown_also_when_the_server_is_gone_by_now(here: World, billing: InTheMiddle) -> None:
    adele = await here.agent("adele")
    billing.change = poisoned
    await here.here.parts.connections.look_again()
    billing.change = lambda _: b"gone"
    shown = await adele.get("/api/studio/connections/billing")
    assert shown["away"] is not None
    (change,) = next(one for one in shown["tools"] if one["name"] == "refund_payment")["changes"]
    assert change["field"] == "description"
    assert change["after"] == change["before"].replace(DESCRIBED.decode(), DESCRIBED.decode() + "!")


async def test_a_changed_read_is_not_offered_until_somebody_reviewed_it_again(
    here: World, billing: InTheMiddle
) -> None:
    connections = here.here.parts.connections
    billing.change = lambda body: body.replace(b"This customer's payments", b"Any customer's payments")
    await connections.look_again()
    await connections.refresh()
    assert connections.known("billing.list_payments") is None
    billing.change = lambda body: body
    await connections.look_again()
    await connections.refresh()
    assert connections.known("billing.list_payments") is None  # who changed back is not trusted again by itself
    await review(connections, "billing", by="Adele Brandt")
    assert connections.known("billing.list_payments") is not None
