"""What each system offers, how it refuses, and what it writes down about each call."""

import json
from typing import Any

import pytest
from mcp import Client

from missiondesk_demo.systems import System
from tests.demo.northwind import EUR, KEY, Northwind, name_of

OFFERED: dict[System, dict[str, tuple[bool, bool, bool]]] = {  # read only, destructive, idempotent
    "shop": {
        "get_order": (True, False, True),
        "list_orders": (True, False, True),
        "get_shipment": (True, False, True),
        "cancel_order": (False, True, True),
    },
    "billing": {
        "list_payments": (True, False, True),
        "get_payment": (True, False, True),
        "list_refunds": (True, False, True),
        "find_refund": (True, False, True),
        "list_subscriptions": (True, False, True),
        "refund_payment": (False, True, False),
        "change_subscription": (False, True, True),
    },
    "crm": {
        "get_contact": (True, False, True),
        "list_notes": (True, False, True),
        "add_note": (False, False, False),
        "update_email": (False, True, True),
        "reset_credentials": (False, True, False),
    },
}


@pytest.mark.parametrize("system", OFFERED)
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_tools_are_listed_with_schemas_and_honest_annotations(
    northwind: Northwind, system: System, mode: str
) -> None:
    async with Client(northwind.urls[system], mode=mode, cache=None) as client:
        assert name_of(client) == f"northwind-{system}"
        tools = (await client.list_tools()).tools
    hints: dict[str, tuple[Any, ...]] = {}
    for tool in tools:
        assert tool.title
        assert tool.description
        assert tool.annotations is not None
        assert tool.annotations.open_world_hint is False
        hints[tool.name] = (
            tool.annotations.read_only_hint,
            tool.annotations.destructive_hint,
            tool.annotations.idempotent_hint,
        )
        assert "customer_id" in tool.input_schema["required"]
        assert tool.output_schema is not None
        assert "customer_id" in tool.output_schema["required"]
        assert "asked" not in tool.input_schema["properties"]
    assert hints == OFFERED[system]


FOREIGN: list[tuple[System, str, dict[str, Any], dict[str, Any], str]] = [
    # asked by Jonas or Mira: one that is somebody else's, one that nobody has, the words
    (
        "shop",
        "get_order",
        {"customer_id": "cus_1002", "order_id": "4471"},
        {"order_id": "999999"},
        "order_not_found: no such order",
    ),
    (
        "shop",
        "get_shipment",
        {"customer_id": "cus_1002", "order_id": "4471"},
        {"order_id": "999999"},
        "order_not_found: no such order",
    ),
    (
        "shop",
        "cancel_order",
        {"customer_id": "cus_1002", "order_id": "4471", "reason": "x"},
        {"order_id": "999999"},
        "order_not_found: no such order",
    ),
    (
        "billing",
        "get_payment",
        {"customer_id": "acct_5002", "payment_id": "pay_7702"},
        {"payment_id": "pay_1"},
        "payment_not_found: no such payment",
    ),
    (
        "billing",
        "refund_payment",
        {
            "customer_id": "acct_5002",
            "payment_id": "pay_7702",
            "amount": {"minor": 4990, "currency": EUR},
            "reason": "x",
        },
        {"payment_id": "pay_1"},
        "payment_not_found: no such payment",
    ),
    (
        "billing",
        "change_subscription",
        {"customer_id": "acct_5001", "subscription_id": "sub_3001", "plan": "paused"},
        {"subscription_id": "sub_1"},
        "subscription_not_found: no such subscription",
    ),
]


@pytest.mark.parametrize(("system", "tool", "foreign", "missing", "said"), FOREIGN, ids=[row[1] for row in FOREIGN])
async def test_a_foreign_record_and_no_record_look_the_same(
    northwind: Northwind, system: System, tool: str, foreign: dict[str, Any], missing: dict[str, Any], said: str
) -> None:
    assert await northwind.refused(system, tool, **foreign) == said
    assert await northwind.refused(system, tool, **{**foreign, **missing}) == said


async def test_lists_for_a_foreign_order_payment_or_reference_are_as_empty_as_for_none(northwind: Northwind) -> None:
    for tool, field, foreign, missing in (
        ("list_payments", "order_id", "4471", "999999"),
        ("list_refunds", "payment_id", "pay_7722", "pay_1"),
        ("find_refund", "reference", "northwind-care-20261117-4533", "none"),
    ):
        told = await northwind.told("billing", tool, customer_id="acct_5002", **{field: foreign})
        assert told == await northwind.told("billing", tool, customer_id="acct_5002", **{field: missing})
        assert list(told.values())[1] in ([], None)


async def test_a_customer_whom_nobody_knows_is_refused_by_each_system(northwind: Northwind) -> None:
    asked: list[tuple[System, str]] = [
        ("shop", "list_orders"),
        ("billing", "list_payments"),
        ("billing", "list_refunds"),
        ("billing", "list_subscriptions"),
        ("crm", "get_contact"),
        ("crm", "list_notes"),
        ("crm", "reset_credentials"),
    ]
    for system, tool in asked:
        assert await northwind.refused(system, tool, customer_id="cus_1") == "customer_not_found: no such customer"


REFUND: dict[str, Any] = {
    "customer_id": "acct_5001",
    "payment_id": "pay_7702",
    "amount": {"minor": 4990, "currency": EUR},
    "reason": "Charged twice",
}

BAD: list[tuple[System, str, dict[str, Any], str]] = [
    ("shop", "get_order", {"customer_id": "cus_1001"}, "order_id: Field required"),
    ("shop", "get_order", {"customer_id": "cus_1001", "order_id": 4471}, "order_id: Input should be a valid string"),
    ("shop", "get_order", {"customer_id": "", "order_id": "4471"}, "customer_id: "),
    ("shop", "get_order", {"customer_id": "cus_1001", "order_id": "44\u000071"}, "order_id: "),
    ("shop", "get_order", {"customer_id": "cus_1001", "order_id": "4471\n"}, "order_id: "),
    ("shop", "get_order", {"customer_id": "cus_1001", "order_id": "4471' or 1=1"}, "order_id: "),
    ("shop", "get_order", {"customer_id": "cus_1001", "order_id": "4471", "oder": 1}, "unknown argument"),
    ("shop", "list_orders", {"customer_id": "cus_1001", "limit": -1}, "limit: "),
    ("shop", "list_orders", {"customer_id": "cus_1001", "limit": "20"}, "limit: "),
    ("shop", "cancel_order", {"customer_id": "cus_1001", "order_id": "4471", "reason": " "}, "reason: must not be"),
    ("billing", "refund_payment", {**REFUND, "reason": "x" * 2001}, "reason: String should have at most 2000"),
    ("billing", "refund_payment", {**REFUND, "reason": "ring\u0007"}, "reason: must not contain control"),
    ("billing", "refund_payment", {**REFUND, "amount": 4990}, "amount: "),
    ("billing", "refund_payment", {**REFUND, "amount": {"minor": "4990", "currency": EUR}}, "amount.minor: "),
    ("billing", "refund_payment", {**REFUND, "amount": {"minor": 49.9, "currency": EUR}}, "amount.minor: "),
    ("billing", "refund_payment", {**REFUND, "amount": {"minor": True, "currency": EUR}}, "amount.minor: "),
    ("billing", "refund_payment", {**REFUND, "amount": {"minor": 10**30, "currency": EUR}}, "amount.minor: "),
    ("billing", "refund_payment", {**REFUND, "amount": {"minor": 1, "currency": "DOGE"}}, "amount.currency: "),
    ("billing", "refund_payment", {**REFUND, "amount": {"minor": 1, "currency": EUR, "x": 1}}, "amount.x: "),
    ("billing", "refund_payment", {**REFUND, "idempotency_key": ""}, "idempotency_key: "),
    ("billing", "refund_payment", {**REFUND, "idempotency_key": "k" * 201}, "idempotency_key: "),
    (
        "billing",
        "change_subscription",
        {"customer_id": "acct_5004", "subscription_id": "sub_3001", "plan": "daily"},
        "plan: Input should be 'monthly'",
    ),
    ("crm", "add_note", {"customer_id": "con_9001", "text": ""}, "text: must not be empty"),
    ("crm", "update_email", {"customer_id": "con_9001", "email": "mira at example"}, "email: "),
]


@pytest.mark.parametrize(("system", "tool", "arguments", "said"), BAD)
async def test_bad_input_is_refused_in_words_and_recorded(
    northwind: Northwind, system: System, tool: str, arguments: dict[str, Any], said: str
) -> None:
    refusal = await northwind.refused(system, tool, **arguments)
    assert refusal.startswith(f"bad_input: {said}")
    assert "\n" not in refusal
    [(name, recorded, outcome, detail)] = northwind.rows(system, "select tool, arguments, outcome, detail from calls")
    assert (name, json.loads(recorded), outcome, detail) == (tool, arguments, "refused", refusal)


async def test_a_tool_that_does_not_exist_is_refused_and_recorded(northwind: Northwind) -> None:
    assert await northwind.refused("crm", "delete_all") == "unknown_tool: no such tool"
    assert northwind.rows("crm", "select tool, outcome from calls") == [("delete_all", "refused")]


async def test_each_call_is_recorded_in_order_with_its_key(northwind: Northwind) -> None:
    await northwind.told("crm", "get_contact", customer_id="con_9001")
    await northwind.told("crm", "add_note", key="k-1", customer_id="con_9001", text="Called.\nAll is well.")
    await northwind.refused("crm", "get_contact", customer_id="con_1")
    assert northwind.rows(
        "crm", "select n, tool, json_extract(arguments, '$.customer_id'), key, outcome from calls"
    ) == [
        (1, "get_contact", "con_9001", None, "ok"),
        (2, "add_note", "con_9001", "k-1", "ok"),
        (3, "get_contact", "con_1", None, "refused"),
    ]


async def test_a_crash_changes_nothing_tells_nothing_and_is_recorded(northwind: Northwind) -> None:
    northwind.by_hand("crm", "drop table credential_resets")
    said = await northwind.refused("crm", "reset_credentials", customer_id="con_9001")
    assert said == "internal_error: the system failed; nothing was changed"
    assert northwind.rows("crm", "select tool, outcome from calls") == [("reset_credentials", "refused")]


async def test_a_key_in_meta_must_be_readable_and_must_not_contradict_the_argument(northwind: Northwind) -> None:
    for key in ("", "two words", 7, ["k"]):
        refusal = await northwind.refused("billing", "refund_payment", key=key, **REFUND)
        assert refusal == f"bad_input: _meta {KEY}: must be 1 to 200 visible ASCII characters"
    refusal = await northwind.refused("billing", "refund_payment", key="a", **REFUND, idempotency_key="b")
    assert refusal == "bad_input: the idempotency keys in the arguments and in _meta differ"
    assert northwind.rows("billing", "select count(*) from refunds where payment_id = 'pay_7702'") == [(0,)]
