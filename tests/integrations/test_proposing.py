"""A draft manifest from what a server says: in doubt a tool is off; whatever is proposed fits, and can be read back."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiondesk.cli.demo import company_folder
from missiondesk.integrations import Connection, Definition, Tool, read_connections
from missiondesk.integrations.fitting.fit import misfits
from missiondesk.integrations.manifest import Find, Key, Limits, Proof, Require
from missiondesk.integrations.proposing.drafts import Draft, as_toml, propose
from missiondesk.kit.errors import Invalid

TEXT = {"type": "string"}
INTEGER = {"type": "integer"}
READ_ONLY = {"readOnlyHint": True}
ORDER = {"type": "object", "properties": {"order": {"properties": {"customer_id": TEXT, "status": TEXT}}}}
ORDERS = {"type": "object", "properties": {"customer_id": TEXT, "orders": {"type": "array", "items": ORDER}}}


def tool(
    name: str,
    *arguments: str,
    hints: dict[str, Any] | None = None,
    output: dict[str, Any] | None = None,
    schemas: dict[str, Any] | None = None,
    **more: Any,
) -> Definition:
    properties = {argument: (schemas or {}).get(argument, TEXT) for argument in arguments}
    schema = {"type": "object", "properties": properties, "required": list(arguments)}
    return Definition({"name": name, "inputSchema": schema, "annotations": hints, "outputSchema": output, **more})


def connection(**tools: Tool) -> Connection:
    return Connection.model_validate(
        {"id": "shop", "title": "Shop", "server": "shop", "http": {"url": "https://shop.example"}, "tool": tools}
    )


def test_a_read_is_proposed_when_everything_says_that_it_is_one() -> None:
    draft = propose(tool("get_order", "customer_id", "order_id", hints=READ_ONLY, output=ORDER))
    assert draft.tool == Tool(
        effect="read", title="Get order", bind={"customer_id": "$customer"}, owner=["$.order.customer_id"]
    )
    assert draft.doubts == ("Is the customer's id what stands at $.order.customer_id?",)


@pytest.mark.parametrize(
    ("definition", "doubt"),
    [
        (tool("get_order", "order_id", output=ORDER), "says nothing about what it does"),
        (tool("get_order", hints={"title": "Get"}, output=ORDER), "says nothing about what it does"),
        (tool("get_order", hints={"readOnlyHint": "true"}, output=ORDER), "does not say whether it only reads"),
        (tool("get_order", hints={"destructiveHint": False}, output=ORDER), "does not say whether it only reads"),
        (tool("order_of_the_day", hints=READ_ONLY, output=ORDER), "its name does not read like it"),
        (tool("get_or_create_order", hints=READ_ONLY, output=ORDER), "its name does not read like it"),
        (tool("check_out", hints=READ_ONLY, output=ORDER), "its name does not read like it"),
        (tool("cancel_order", hints=READ_ONLY, output=ORDER), "yet its name or description is that of a change"),
        (tool("get_order", hints=READ_ONLY, output=ORDER, description="Deletes it."), "is that of a change"),
        (tool("get_order", hints={**READ_ONLY, "destructiveHint": True}, output=ORDER), "yet it destroys something"),
        (tool("get_order", hints={**READ_ONLY, "openWorldHint": True}, output=ORDER), "reaches an open world"),
        (tool("fetch_page", "url", hints=READ_ONLY, output=ORDER), "takes an address of the caller's choosing (url)"),
        (tool("get_order", "customer_id", hints=READ_ONLY), "Its results are not described"),
        (tool("get_product", hints=READ_ONLY, output={"properties": {"sku": TEXT}}), "name no owner that we know of"),
        (tool("get_order", hints=READ_ONLY, output={"type": "odd"}), "Its outputSchema is no valid JSON Schema"),
        (tool("get_order", hints=READ_ONLY, output={"$ref": "https://x.example"}), "which is elsewhere"),
        (Definition({"name": "get_order", "annotations": READ_ONLY}), "Its inputSchema is no JSON Schema"),
        (tool("get_order", "half\ud800", hints=READ_ONLY, output=ORDER), "holds half of a character"),
        (
            tool("get_order", "customer_id", hints=READ_ONLY, output=ORDER, schemas={"customer_id": INTEGER}),
            "bind fills 'customer_id' with an id, which is text",
        ),
        (
            tool(
                "list_notes",
                "customer_id",
                hints=READ_ONLY,
                output={
                    "properties": {"customer_id": TEXT, "n": {"type": "array", "items": {"properties": {"text": TEXT}}}}
                },
            ),
            "The records at $.n[*] name no owner of their own.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else value.told["name"],
)
def test_in_doubt_a_tool_is_off_and_the_doubt_is_said(definition: Definition, doubt: str) -> None:
    draft = propose(definition)
    assert draft.tool == Tool(effect="off")
    assert doubt in " ".join(draft.doubts)
    assert draft.suggestion


@pytest.mark.parametrize("hint", ["readOnlyHint", "destructiveHint", "openWorldHint"])
@pytest.mark.parametrize("name", ["get_order", "list_orders", "cancel_order", "order"])
def test_a_hint_never_makes_anything_freer(hint: str, name: str) -> None:
    looser = {"readOnlyHint": True, "destructiveHint": False, "openWorldHint": False}
    stricter = {**looser, hint: not looser[hint]}
    free = propose(tool(name, "order_id", hints=looser, output=ORDER)).tool.effect
    assert propose(tool(name, "order_id", hints=stricter, output=ORDER)).tool.effect != "read"
    assert free == ("read" if name.startswith(("get", "list")) else "off")


@pytest.mark.parametrize(
    ("name", "output", "owner"),
    [
        (
            "list_orders",
            {"properties": {"orders": {"type": "array", "items": {"properties": {"customerId": TEXT}}}}},
            ["$.orders[*].customerId"],
        ),
        (
            "getOrder",
            {"properties": {"data": {"properties": {"customer": {"properties": {"id": TEXT}}}}}},
            ["$.data.customer.id"],
        ),
        (
            "order-get",
            {"properties": {"user_id": TEXT, "items": {"items": {"properties": {"sku": TEXT}}}}},
            ["$.user_id"],
        ),
        (
            "shop_list_orders",
            {
                "items": {"$ref": "#/$defs/O"},
                "$defs": {
                    "O": {
                        "properties": {
                            "account_id": {"anyOf": [TEXT, {"type": "null"}]},
                            "lines": {"items": {"properties": {"n": {}}}},
                        }
                    }
                },
            },
            ["$[*].account_id"],
        ),
        ("look_up_order", {"properties": {"odd name": {"properties": {"owner_id": TEXT}}}}, ["$['odd name'].owner_id"]),
        (
            "get_tree",
            {"$ref": "#/$defs/T", "$defs": {"T": {"properties": {"user_id": TEXT, "in": {"$ref": "#/$defs/T"}}}}},
            None,
        ),
    ],
)
def test_the_owner_is_guessed_from_what_results_name(
    name: str, output: dict[str, Any], owner: list[str] | None
) -> None:
    draft = propose(tool(name, "q", hints=READ_ONLY, output={"type": ["object", "array"], **output}))
    found = draft.tool.owner
    assert draft.tool.effect == "read", draft
    assert found == owner or (owner is None and isinstance(found, list) and found[0] == "$.user_id")


def test_the_word_of_the_bound_argument_counts() -> None:
    output = {"properties": {"customer_id": TEXT, "record": {"properties": {"account_id": TEXT}}}}
    draft = propose(tool("get_record", "account_id", hints=READ_ONLY, output=output))
    assert (draft.tool.bind, draft.tool.owner) == ({"account_id": "$customer"}, ["$.record.account_id"])
    two = propose(tool("get_record", "user_id", "customer_id", hints=READ_ONLY, output=output))
    assert two.tool.bind == {"customer_id": "$customer"}
    assert "user_id may say whose records are meant, too" in two.doubts[0]


def test_a_connection_that_belongs_to_one_customer_needs_no_owner() -> None:
    draft = propose(tool("get_order", "order_id", hints=READ_ONLY), whole=True)
    assert draft.tool == Tool(effect="read", title="Get order")
    assert propose(tool("get_order", "order_id"), whole=True).tool.effect == "off"


@pytest.mark.parametrize(
    "hints", [{"readOnlyHint": False}, {"destructiveHint": True}, {"openWorldHint": False}, {"idempotentHint": True}]
)
def test_a_change_is_proposed_as_one_to_be_decided_on(hints: dict[str, bool]) -> None:
    draft = propose(
        tool("refund_payment", "customer_id", "payment_id", "iban", hints=hints, title="Refund {a} payment")
    )
    assert draft.tool == Tool(
        effect="write",
        title="Refund (a) payment",
        bind={"customer_id": "$customer"},
        effect_class="neither",
        card="Refund (a) payment: payment_id {payment_id}, iban {iban}",
        destinations=["iban"],
    )
    assert any("No argument takes an idempotency key" in doubt for doubt in draft.doubts)


def test_a_change_with_a_key_is_keyed_and_its_promise_doubted() -> None:
    draft = propose(tool("cancel", "order_id", "idempotencyKey", hints={"readOnlyHint": False}))
    assert (draft.tool.effect_class, draft.tool.key) == ("keyed", Key(argument="idempotencyKey"))
    assert draft.tool.card == "Cancel: order_id {order_id}"
    assert any("no second effect?" in doubt for doubt in draft.doubts)


def test_the_servers_no_outweighs_a_harmless_name() -> None:
    draft = propose(tool("get_token", hints={"readOnlyHint": False}))
    assert draft.tool.effect == "write"
    assert draft.doubts[0].startswith("Its name reads like a read")


@pytest.mark.parametrize(
    ("arguments", "destinations"),
    [
        (["order_id", "address1", "address2", "city", "zip"], ["address1", "address2", "city", "zip"]),
        (["order_id", "city"], []),
        (
            ["to", "emailAddress", "email_subject", "payment_method_id", "payment_id"],
            ["to", "emailAddress", "payment_method_id"],
        ),
        (["callback_url", "phone", "payout_account"], ["phone", "payout_account"]),
    ],
)
def test_destinations_are_guessed(arguments: list[str], destinations: list[str]) -> None:
    assert propose(tool("update_it", *arguments, hints={"readOnlyHint": False})).tool.destinations == destinations


def test_without_annotations_a_suggestion_is_made_in_words_and_in_the_file() -> None:
    read = propose(tool("get_order", "customer_id", output=ORDER))
    assert read.suggestion == (
        'Its name reads like a read. If it is one: effect = "read", title = "Get order", '
        'bind = { customer_id = "$customer" }, owner = ["$.order.customer_id"]'
    )
    write = propose(tool("cancel_order", "order_id"))
    assert 'effect = "write"' in write.suggestion
    assert "find out what it does" in propose(tool("calculate", "sum")).suggestion
    text = as_toml(connection(), {"get_order": read, "cancel_order": write})
    made = "\n".join(line.removeprefix("# ") for line in text.splitlines() if line != 'effect = "off"')
    for advice in ("Its name", "The server", "Off:"):
        made = "\n".join(line for line in made.splitlines() if not line.startswith(advice))
    assert Connection.model_validate(tomllib.loads(made)).tool["get_order"].owner == ["$.order.customer_id"]


def test_the_demo_companys_manifests_are_nearly_proposed() -> None:
    declared = read_connections(company_folder())
    for name, file in declared.files.items():
        for tool_name, decided in file.tool.items():
            drafted = propose(Definition(declared.reviews[name].tools[tool_name])).tool
            assert (drafted.effect, drafted.bind) == (decided.effect, decided.bind)
            assert set(decided.owner or []) <= set(drafted.owner or []) or decided.effect == "write"


EVERYTHING = Tool(
    effect="write",
    title='Say "Hello"\\ \x7f\u2028 ünï',
    bind={"a b": "$customer.key", "n": 3, "yes": True, "": "x"},
    effect_class="keyed",
    key=Key(argument="key", meta=True, hours=1.5),
    card="{amount}",
    limits=Limits(calls=3, at_most={"amount": 1e300, "ünï": 5}),
    not_executed=["a" * 60, "b" * 60],
    find=Find(tool="shop.get", args={"deep": {"list": [1, {"x": "$key"}, []], "none": {}}}, there="$['a.b']"),
    recheck=[Proof(tool="shop.get", args={}, require=[Require(path="$.a", at_least=0.1, says="s")])],
    proof=[Proof(tool="shop.get", args={"a": "$args.a"}, require=[Require(path="$.a", one_of=[1, "b"], says="s")])] * 2,
)


def test_a_file_reads_back_to_the_same_connection() -> None:
    off = Draft(Tool(effect="off"), ("line\none\r\x00\x85two\u2029[tool.x]", ""), "# \u202e advice")
    age = Tool.model_validate(
        {"effect": "read", "title": "T", "owner": "nobody", "max_age": "15m", "unordered": ["$.a"]}
    )
    file = Connection.model_validate(
        {
            "id": "shop",
            "title": "Shop",
            "server": 'a"b\n',
            "patience": 2.5,
            "whole_for": "c",
            "missing": ["x" * 80, "y" * 80],
            "http": {"url": "$URL", "headers": {"X-A": "$B"}, "allow_private": ["localhost:1"]},
            "auth": {"kind": "bearer", "token": "$T"},
            "write_auth": {"kind": "client_credentials", "client_id": "c", "client_secret": "$S"},
            "tool": {"every.thing": EVERYTHING, "age": age, "ünï code": Tool(effect="off")},
        }
    )
    text = as_toml(file, {"off\n[x]": off})
    made = Connection.model_validate(tomllib.loads(text))
    assert made == file.model_copy(update={"tool": {**file.tool, "off\n[x]": off.tool}})
    assert as_toml(made, {}) == as_toml(Connection.model_validate(tomllib.loads(as_toml(made, {}))), {})


def test_what_toml_does_not_have_is_refused() -> None:
    with pytest.raises(Invalid, match="null"):
        as_toml(connection(get=Tool(effect="read", owner="nobody", bind={}), w=_finding({"a": None})), {})
    with pytest.raises(Invalid, match="half of a character"):
        as_toml(connection(**{"half\ud800": Tool(effect="off")}), {})


def _finding(args: dict[str, Any]) -> Tool:
    find = Find(tool="shop.get", args=args, there="$.a")
    return Tool(effect="write", title="T", effect_class="queryable", card="C", find=find)


WORDS = "get list cancel customer_id id url email { } address idempotency_key user order [*] \u202e '"
words = st.sampled_from([*WORDS.split(), "\n"])
names = st.lists(words, min_size=1, max_size=4).map("_".join)
schemas = st.recursive(
    st.sampled_from([TEXT, INTEGER, {}, True, {"format": "uri"}, {"$ref": "#"}, {"type": ["string", "null"]}]),
    lambda inner: st.one_of(
        st.dictionaries(names, inner, max_size=4).map(lambda named: {"type": "object", "properties": named}),
        inner.map(lambda items: {"type": "array", "items": items}),
        st.lists(inner, min_size=1, max_size=2).map(lambda some: {"anyOf": some}),
    ),
    max_leaves=10,
)
hints = st.none() | st.dictionaries(
    st.sampled_from(["readOnlyHint", "destructiveHint", "openWorldHint", "title"]), st.booleans() | st.none()
)


@settings(max_examples=300, deadline=None)
@given(names, schemas, schemas | st.none(), hints, st.booleans(), st.text(max_size=20))
def test_whatever_a_server_says_the_draft_fits_it_and_can_be_read_back(
    name: str, input: Any, output: Any, annotations: Any, whole: bool, description: str
) -> None:
    told = {"name": name, "inputSchema": input, "outputSchema": output, "annotations": annotations}
    definition = Definition({**told, "description": description})
    draft = propose(definition, whole=whole)
    file = connection().model_copy(update={"whole_for": "one" if whole else None})
    made = Connection.model_validate(tomllib.loads(as_toml(file, {name: draft})))
    assert made.tool == {name: draft.tool}
    assert misfits(made, {name: definition}, {made.id: made}, {}) == []
    assert draft.doubts
    assert draft.tool.effect != "read" or (annotations is not None and annotations["readOnlyHint"] is True)
