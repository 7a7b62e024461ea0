"""A manifest beside what the server really offers: each thing that does not fit is said, with where and what to do."""

import tomllib
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from missiondesk.cli.demo import company_folder
from missiondesk.integrations import Connection, Definition, read_connections
from missiondesk.integrations.fitting.fit import misfits

TEXT = {"type": "string"}
MONEY = {"type": "object", "additionalProperties": False, "properties": {"minor": {"type": "integer"}}}

MANIFEST = """
id = "billing"
title = "Billing"
server = "billing"
http = { url = "https://billing.example" }

[tool.get_payment]
effect = "read"
title = "Payment"
bind = { customer_id = "$customer" }
owner = ["$.payment.customer_id"]

[tool.refund]
effect = "write"
title = "Refund"
bind = { customer_id = "$customer", channel = "desk" }
effect_class = "keyed"
key = { argument = "key" }
card = "Refund {cents} of {payment_id}"
reference = "$.refund_id"
destinations = ["iban"]
limits = { at_most = { cents = 5000 } }
changes = [{ of = "payment_id", label = "Refunded on {payment_id}", path = "$.refunded", becomes = "{cents}" }]
find = { tool = "billing.get_payment", args = { payment_id = "$args.payment_id" }, there = "$.payment.refund" }

[[tool.refund.recheck]]
tool = "billing.get_payment"
args = { payment_id = "$args.payment_id" }
require = [{ path = "$.payment.refundable", at_least = "$args.amount.minor", says = "enough is left to refund" }]
"""


def definitions() -> dict[str, Definition]:
    payment = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"customer_id": TEXT, "refundable": {"type": "integer"}, "refund": {}, "at": TEXT},
    }
    return {
        "get_payment": Definition(
            {
                "name": "get_payment",
                "inputSchema": {
                    "type": "object",
                    "properties": {"customer_id": TEXT, "payment_id": TEXT},
                    "required": ["customer_id", "payment_id"],
                },
                "outputSchema": {"type": "object", "additionalProperties": False, "properties": {"payment": payment}},
            }
        ),
        "refund": Definition(
            {
                "name": "refund",
                "inputSchema": {
                    "type": "object",
                    "properties": {
                        "customer_id": TEXT,
                        "payment_id": TEXT,
                        "cents": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                        "amount": MONEY,
                        "iban": TEXT,
                        "reason": TEXT,
                        "channel": {"enum": ["desk", "phone"]},
                        "key": {"type": ["string", "null"]},
                    },
                    "required": ["customer_id", "payment_id", "cents", "amount"],
                },
            }
        ),
    }


def fitting(change: Callable[[str], str] = str, tools: Mapping[str, Definition] | None = None) -> list[str]:
    file = Connection.model_validate(tomllib.loads(change(MANIFEST)))
    return misfits(file, tools if tools is not None else definitions(), {file.id: file}, {})


def test_a_manifest_that_fits_is_not_complained_of() -> None:
    assert fitting() == []


def test_the_demo_companys_manifests_fit_what_was_reviewed() -> None:
    declared = read_connections(company_folder())
    reviewed = {
        name: {tool: Definition(told) for tool, told in review.tools.items()}
        for name, review in declared.reviews.items()
    }
    assert len(declared.files) == 3
    for name, file in declared.files.items():
        assert misfits(file, reviewed[name], declared.files, reviewed) == []


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("[tool.get_payment]", "[tool.get_payments]", "billing.get_payments: the server has no tool of this name. Did"),
        (
            'bind = { customer_id = "$customer" }',
            'bind = { customer = "$customer" }',
            "bind names 'customer', which is no",
        ),
        ('channel = "desk"', 'channel = "fax"', "bind fills 'channel' with 'fax', which its inputSchema forbids"),
        ('channel = "desk"', 'amount = "$customer.account"', "bind fills 'amount' with an id, which is text"),
        ('channel = "desk"', 'key = "mine"', "'key' is bound and carries the key, too"),
        ('argument = "key"', 'argument = "idempotency_key"', "key names 'idempotency_key', which is no argument"),
        ('argument = "key"', 'argument = "cents"', "key names 'cents', which takes no text"),
        ("{cents} of", "{sum} of", "card names 'sum', which is no argument of it (it takes customer_id, payment_id,"),
        ("{cents} of", "{key} of", "card shows {key}, which is filled only when it is sent"),
        ('title = "Refund"', 'title = "Refund {sum}"', "title names 'sum'"),
        ('title = "Refund"', 'title = "Refund"\nremedy = "{sum}"', "remedy names 'sum'"),
        ('of = "payment_id"', 'of = "payment"', "changes names 'payment'"),
        ("on {payment_id}", "on {payment}", "changes names 'payment'"),
        ('becomes = "{cents}"', 'becomes = "{sum}"', "changes names 'sum'"),
        ('["iban"]', '["ibann"]', "destinations names 'ibann'"),
        ('["iban"]', '["customer_id"]', "destinations names 'customer_id', which we fill ourselves. Take it out"),
        ('["iban"]', '["iban", "key"]', "destinations names 'key', which we fill ourselves. Take it out"),
        ("{ cents = 5000 }", "{ sum = 5000 }", "limits.at_most names 'sum', which is no argument"),
        ("{ cents = 5000 }", "{ amount = 5000 }", "limits.at_most names 'amount', which is no number"),
        ("{ cents = 5000 }", "{ channel = 5000 }", "limits.at_most names 'channel', which we fill ourselves"),
        (
            'owner = ["$.payment.customer_id"]',
            'owner = ["$.customer_id"]',
            "owner '$.customer_id' can stand in none of its",
        ),
        ('owner = ["$.payment.customer_id"]', 'owner = ["$..customer_id"]', "searches or filters"),
        (
            'title = "Payment"',
            'title = "Payment"\nredact = ["$.payment.card"]',
            "redact '$.payment.card' can stand in none",
        ),
        ('title = "Payment"', 'title = "Payment"\nvolatile = ["$.at"]', "volatile '$.at' can stand in none"),
        ('title = "Payment"', 'title = "Payment"\nunordered = ["$.all"]', "unordered '$.all' can stand in none"),
        (
            'title = "Refund"',
            'title = "Refund"\nredact = ["$.refund_id"]',
            "redact hides '$.refund_id', which is needed",
        ),
        (
            'find = { tool = "billing.get_payment"',
            'find = { tool = "billing.refund"',
            "'billing.refund', which is no read",
        ),
        (
            'find = { tool = "billing.get_payment"',
            'find = { tool = "shop.get"',
            "find names 'shop.get', which is no read",
        ),
        (
            'there = "$.payment.refund"',
            'there = "$.refund"',
            "find looks at '$.refund', which can stand in no result of",
        ),
        (
            'title = "Payment"',
            'title = "Payment"\nredact = ["$.payment.refund"]',
            "find looks at '$.payment.refund', which billing.get_payment redacts",
        ),
        (
            'args = { payment_id = "$args.payment_id" }, there',
            'args = { id = "$args.payment_id" }, there',
            "find leaves out 'payment_id', which billing.get_payment requires",
        ),
        (
            'args = { payment_id = "$args.payment_id" }, there',
            'args = { id = "$key" }, there',
            "find gives 'id' to billing.get_payment, which is no argument of it (it takes customer_id, payment_id)",
        ),
        (
            'args = { payment_id = "$args.payment_id" }, there',
            'args = { payment_id = "$key", customer_id = "cus_2" }, there',
            "find gives 'customer_id' to billing.get_payment, which is bound there",
        ),
        (
            'args = { payment_id = "$args.payment_id" }, there',
            'args = { payment_id = "$args.payment" }, there',
            "find uses '$args.payment', which is no argument of it",
        ),
        (
            'args = { payment_id = "$args.payment_id" }, there',
            'args = { payment_id = { in = ["$arg.payment_id"] } }, there',
            "find uses '$arg.payment_id', which is neither $args.NAME nor $key",
        ),
        (
            'args = { payment_id = "$args.payment_id" }, there',
            'args = { payment_id = "$args.key" }, there',
            "find uses '$args.key', which is no argument of it",
        ),
        (
            "$args.amount.minor",
            "$args.amount.major",
            "recheck uses '$args.amount.major', but 'amount' has no such field",
        ),
        ("$args.amount.minor", "$args.cents.minor", "recheck uses '$args.cents.minor', but 'cents' has no such field"),
        ("$args.amount.minor", "$args.reason", "recheck uses '$args.reason', which may be left out"),
        ('at_least = "$args.amount.minor"', 'one_of = ["$args.cents"]', "in one_of, which takes plain values"),
        (
            'path = "$.payment.refundable"',
            'path = "$.refundable"',
            "recheck looks at '$.refundable', which can stand in no",
        ),
    ],
)
def test_what_does_not_fit_is_said(before: str, after: str, says: str) -> None:
    assert before in MANIFEST
    found = fitting(lambda text: text.replace(before, after, 1))
    assert any(says in sentence for sentence in found), found
    assert all(sentence.startswith("billing.") and sentence.endswith((".", "?")) for sentence in found)


@pytest.mark.parametrize(
    ("annotations", "says"),
    [
        ({"readOnlyHint": False}, "the server says that it changes something (readOnlyHint is false)"),
        ({"readOnlyHint": True, "destructiveHint": True}, "the server says that it destroys something"),
        ({"readOnlyHint": True, "openWorldHint": True}, "the server says that it reaches an open world"),
    ],
)
def test_a_read_that_the_server_says_is_more_is_gated(annotations: dict[str, bool], says: str) -> None:
    tools = definitions()
    tools["get_payment"].told["annotations"] = annotations
    [found] = fitting(tools=tools)
    assert says in found
    assert found.endswith("Such a read is gated: make it a write, or off.")


def test_a_read_of_an_address_is_gated_unless_the_address_is_bound() -> None:
    tools = definitions()
    tools["get_payment"].told["inputSchema"]["properties"]["callback_url"] = TEXT
    [found] = fitting(tools=tools)
    assert "takes an address of the caller's choosing (callback_url)" in found
    bound = 'bind = { callback_url = "https://desk.example", customer_id'
    assert fitting(lambda text: text.replace("bind = { customer_id", bound, 1), tools) == []


@pytest.mark.parametrize("field", ["inputSchema", "outputSchema"])
@pytest.mark.parametrize(
    "schema", [{"type": "objekt"}, {"$ref": "https://example.com/"}, [], {"description": "x" * 200_001}]
)
def test_a_schema_that_cannot_be_used_is_said_and_nothing_else(field: str, schema: Any) -> None:
    tools = definitions()
    tools["refund"].told[field] = schema
    [found] = fitting(tools=tools)
    assert found.startswith(f"billing.refund: its {field} ")
    assert found.endswith('Set effect = "off", and tell whoever keeps the server.')


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        ({"type": "array"}, "its inputSchema is no object"),
        ({"type": "object", "allOf": [{"properties": {"a": TEXT}}]}, "not listed under properties (but by allOf)"),
        ({"type": "object", "properties": {}, "required": ["a"]}, "it requires 'a', which its inputSchema does not"),
    ],
)
def test_arguments_that_nobody_could_fill_are_said(schema: dict[str, Any], says: str) -> None:
    tools = definitions()
    tools["get_payment"].told["inputSchema"] = schema
    assert any(says in sentence for sentence in fitting(tools=tools))


def test_what_is_off_need_not_fit_but_must_be_there() -> None:
    off = 'id = "billing"\ntitle = "B"\nserver = "b"\nhttp = { url = "https://b.example" }\n[tool.{}]\neffect = "off"\n'
    tools = {"refund": Definition({"name": "refund", "inputSchema": "nonsense"})}
    assert fitting(lambda _: off.replace("{}", "refund"), tools) == []
    assert "no tool of this name" in fitting(lambda _: off.replace("{}", "gone"), tools)[0]


def test_a_read_of_another_connection_must_be_reviewed_there() -> None:
    shop = Connection.model_validate(
        tomllib.loads(
            'id = "shop"\ntitle = "Shop"\nserver = "shop"\nhttp = { url = "https://shop.example" }\n'
            '[tool.get_order]\neffect = "read"\nowner = "nobody"\n'
        )
    )
    proof = '\n[[tool.refund.proof]]\ntool = "shop.get_order"\nargs = { order_id = "$args.payment_id" }\n'
    file = Connection.model_validate(tomllib.loads(MANIFEST + proof + "require = []\n"))
    files = {"shop": shop, "billing": file}
    [found] = misfits(file, definitions(), files, {})
    assert found == "billing.refund: proof names 'shop.get_order', which nobody has reviewed. Review shop first."
    takes = Definition({"name": "get_order", "inputSchema": {"type": "object", "properties": {"order_id": TEXT}}})
    assert misfits(file, definitions(), files, {"shop": {"get_order": takes}}) == []


def test_names_from_a_server_are_shown_with_what_hides_in_them() -> None:
    tools = definitions()
    tools["get_payment"].told["inputSchema"]["properties"]["a\u202eb"] = TEXT
    [found, *_] = fitting(lambda text: text.replace('bind = { customer_id = "$c', 'bind = { customer = "$c', 1), tools)
    assert "a⟨U+202E⟩b" in found
