"""What a manifest asks for before and around an effect: rechecks, volatile facts, redaction, age, destinations."""

import json
from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import intact, working
from tests.support.approved import approved, effects_in, next_card, proposed
from tests.support.by_hand import REFUND_BY_HAND
from tests.support.company import edit
from tests.support.postgres import Cloned
from tests.support.record import rows
from tests.support.scripted_model import Answer, Asked, ScriptedModel, calls, for_approval, hands_off
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, world_at

PAYMENTS = 'owner = ["$.customer_id", "$.payments[*].customer_id"]'
MONEY = 'volatile = ["$.payments[*].refunded", "$.payments[*].refundable", "$.payments[*].status"]'
ENOUGH = """
[[tool.refund_payment.recheck]]
tool = "billing.get_payment"
args = { payment_id = "$args.payment_id" }
require = [
  { path = "$.payment.order_id", equals = "4471", says = "it is for this order" },
  { path = "$.payment.refundable.minor", at_least = "$args.amount.minor", says = "as much is left to refund" },
]
"""
REFERENCE = 'reference = "$.refund.refund_id"'


def also(company: Path, of_payments: str = "", of_all: str = "") -> None:
    """Say more in billing's manifest: about `list_payments`, and at its end."""
    file = company / "connections" / "billing.toml"
    edit(file, PAYMENTS, f"{PAYMENTS}\n{of_payments}")
    file.write_text(file.read_text(encoding="utf-8") + of_all, encoding="utf-8")


@pytest.fixture
def rechecked(company: Path) -> None:
    also(company, MONEY, ENOUGH)


@promise("effects.required-holds-before-sending")
async def test_what_must_hold_just_before_sending_and_does_not_stops_it(
    rechecked: None, world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await approved(world, mira, ana)
    world.outside.by_hand("billing", REFUND_BY_HAND)  # the evidence itself may differ in this: it is volatile
    async with working(world):
        again = await next_card(ana, card)
    why = "Checked again just before sending, this does not hold: as much is left to refund."
    assert await effects_in(ana, card) == [("stale", why)]
    assert why in again["stale"]["sentence"]
    assert again["stale"]["approvals_void"] == ["Ana Reyes"]
    assert world.calls("refund_payment") == 0


async def test_what_must_hold_and_does_is_sent_once(rechecked: None, world: World, mira: Customer, ana: Agent) -> None:
    case, _ = await approved(world, mira, ana)
    before = world.calls("get_payment")
    async with working(world):
        mission = await ana.verdict(case)
    assert mission["outcome"] == "resolved"
    assert (world.calls("get_payment") - before, world.calls("refund_payment")) == (1, 1)
    await intact(ana, mission)


@pytest.fixture
def volatile_card(company: Path) -> None:
    also(company, 'volatile = ["$.payments[*].card_last4"]\nunordered = ["$.payments"]')


CARD = "update payments set card_last4 = '0000' where payment_id = 'pay_7702'"


async def test_a_volatile_fact_may_change_after_the_approval(
    volatile_card: None, world: World, mira: Customer, ana: Agent
) -> None:
    case, _ = await approved(world, mira, ana)
    world.outside.by_hand("billing", CARD)
    async with working(world):
        assert (await ana.verdict(case))["outcome"] == "resolved"
    assert world.calls("refund_payment") == 1


@promise("effects.stale-evidence-stops")
async def test_the_same_fact_stops_it_where_nobody_called_it_volatile(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await approved(world, mira, ana)
    world.outside.by_hand("billing", CARD)
    async with working(world):
        again = await next_card(ana, card)
    assert [one["label"] for one in again["stale"]["changes"]] == ["payments pay_7702.card_last4"]
    assert world.calls("refund_payment") == 0


@pytest.fixture
def redacted_card(company: Path) -> None:
    also(company, 'redact = ["$.payments[*].card_last4"]')


async def test_what_is_redacted_is_nowhere_in_the_record_and_no_change(
    redacted_card: None, world: World, mira: Customer, ana: Agent
) -> None:
    case, _ = await approved(world, mira, ana)
    world.outside.by_hand("billing", CARD)  # nobody sees the one or the other
    async with working(world):
        assert (await ana.verdict(case))["outcome"] == "resolved"
    payloads = [payload for (payload,) in rows(world.database, "select payload from observations")]
    shown = [payload for payload in payloads if "card_last4" in payload]
    assert shown
    assert all('"card_last4":"[redacted]"' in payload and '"card_last4":"0000"' not in payload for payload in shown)
    assert world.calls("refund_payment") == 1


@pytest.fixture
def short_lived(company: Path) -> None:
    also(company, 'max_age = "1h"')


async def test_an_action_expires_with_the_first_of_its_evidence(
    short_lived: None, world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await proposed(world, mira, ana)
    trace = await ana.trace(card["mission_id"])
    [read] = [one for one in trace["items"] if one["detail"].get("tool") == "billing.list_payments"]
    expires = datetime.fromisoformat(json.loads(card["actions"][0]["canonical"])["expires"])
    assert expires - datetime.fromisoformat(read["at"]) == timedelta(hours=1)


async def handed_off(ana: Agent, case: JSON) -> str:
    """What the person who takes the case over is told."""
    mission = await ana.verdict(case)
    assert mission["outcome"] == "handed_off"
    trace = await ana.trace(mission["id"])
    return json.dumps([one for one in trace["items"] if one["kind"] == "handed_off"])


@pytest.fixture
def useless(company: Path) -> None:
    also(company, 'max_age = "0s"')


async def test_evidence_that_is_too_old_is_proposed_on_by_nobody(
    useless: None, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        why = await handed_off(ana, case)
    assert "may be relied on for 0 seconds: read billing.list_payments again." in why


@pytest.fixture
def going_somewhere(company: Path) -> None:
    """As if the reason of a refund said where the money goes to; the payment does, and stands in a record."""
    destinations = f'destinations = ["payment_id", "reason"]\n{REFERENCE}'
    edit(company / "connections" / "billing.toml", REFERENCE, destinations)


@promise("decisions.destinations-come-from-records")
async def test_a_destination_that_a_brief_sets_is_not_proposed(
    going_somewhere: None, world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        why = await handed_off(ana, case)
    assert "reason says where something goes to, so it must come from a record of the customer" in why
    assert world.calls("refund_payment") == 0


REASONS = ["to my new account", "ATTACKER-1", "pay_7702"]  # the customer's words, nobody's, a record's


def _tries(asked: Asked) -> Answer:
    if not asked.has("billing_list_payments"):
        order, payments = (("shop_get_order", {"order_id": "4471"}), ("billing_list_payments", {"order_id": "4471"}))
        return calls(order, payments)
    tried = len(asked.errors("billing_refund_payment"))
    if tried >= len(REASONS):
        return hands_off("None of them will do.")
    seen = asked.result("billing_list_payments")
    later = max(seen["result"]["payments"], key=lambda one: one["captured_at"])
    own = {"payment_id": later["payment_id"], "amount": later["refundable"], "reason": REASONS[tried]}
    return calls(("billing_refund_payment", {**own, **for_approval("Twice.", [seen["observation"]], "Done.")}))


@pytest.fixture
async def modelled(
    going_somewhere: None,
    database: Cloned,
    northwind: Northwind,
    tmp_path: Path,
    company: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncGenerator[World]:
    with ScriptedModel(_tries) as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        monkeypatch.setenv("OPENAI_API_KEY", "played")
        folder = str(company)
        async with world_at(database, northwind, tmp_path, lanes=(), company=folder, model="openai:scripted") as here:
            yield here


@promise("decisions.destinations-come-from-records")
async def test_a_model_that_makes_a_destination_up_is_told_and_may_take_one_from_a_record(
    modelled: World,
) -> None:
    mira, ana = await modelled.customer("mira"), await modelled.agent("ana")
    await mira.writes(f"{CHARGED_TWICE} Please pay it to my new account.")
    async with working(modelled):
        card = await ana.card()
    [action] = card["actions"]
    origins = {one["name"]: one["origin"]["kind"] for one in action["arguments"]}
    assert (origins["reason"], origins["payment_id"]) == ("record", "record")
    trace = await ana.trace(card["mission_id"])
    refused = [one["detail"]["why"] for one in trace["items"] if one["kind"] == "failed"]
    assert [why.rpartition("(")[2] for why in refused] == [
        "in the customer's words).",
        "made up by the worker: no record holds it).",
    ]
