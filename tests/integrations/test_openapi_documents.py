"""An OpenAPI document becomes tools, or one sentence says what is wrong with it, where, and what to do."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from missiondesk.integrations.openapi import (
    Described,
    NotUsable,
    Operation,
    agreed_url,
    connection_for,
    describe,
    proposed_id,
    read_description,
    runnable,
)
from missiondesk.integrations.openapi.reading import LARGEST
from missiondesk.kit.errors import Misconfigured
from tests.support.orders_api import Shop, document_of, orders_api

OK = {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object"}}}}}


def document(paths: dict[str, Any], **more: Any) -> bytes:
    told = {"openapi": "3.1.0", "info": {"title": "Orders", "version": "1"}, "paths": paths, **more}
    return json.dumps(told).encode()


def get(path: str = "/orders", **operation: Any) -> bytes:
    return document({path: {"get": {"responses": OK, **operation}}})


def one(raw: bytes) -> Operation:
    [tool] = describe(raw, "orders.json").description.operations
    return tool


def sentence_about(raw: bytes, **choice: Any) -> str:
    with pytest.raises(NotUsable) as refused:
        describe(raw, "orders.json", **choice)
    said = str(refused.value)
    assert "\n" not in said
    assert said.startswith("orders.json")
    assert said.endswith(".")
    return said


@pytest.fixture(scope="module")
def orders() -> Described:
    return describe(document_of(orders_api(Shop())), "orders.json")


def tool(described: Described, name: str) -> Operation:
    return next(one for one in described.description.operations if one.name == name)


# What becomes of a document


def test_every_operation_of_a_plain_api_becomes_a_tool(orders: Described) -> None:
    assert [one.name for one in orders.description.operations] == [
        "getCustomer",
        "listOrders",
        "getOrder",
        "deleteOrder",
        "findRefund",
        "refundOrder",
        "setAddress",
        "getHealth",
    ]
    assert orders.left_out == {}


@pytest.mark.parametrize(
    ("name", "reads", "destroys"),
    [("getOrder", True, None), ("refundOrder", False, None), ("setAddress", False, True), ("deleteOrder", False, True)],
)
def test_only_a_get_says_that_it_reads(orders: Described, name: str, reads: bool, destroys: bool | None) -> None:
    hints = tool(orders, name).definition.told["annotations"]
    assert hints["readOnlyHint"] is reads
    assert hints.get("destructiveHint") is destroys


def test_parameters_and_body_are_one_flat_list_of_arguments(orders: Described) -> None:
    refund = tool(orders, "refundOrder")
    assert {one.name: (one.place, one.wire) for one in refund.arguments} == {
        "amount": ("body", "amount"),
        "reason": ("body", "reason"),
        "order_id": ("path", "order_id"),
        "idempotency_key": ("header", "idempotency-key"),
    }
    assert set(refund.input["required"]) == {"amount", "reason", "order_id", "idempotency_key"}
    assert refund.input["properties"]["amount"]["minimum"] == 1


def test_an_answer_that_is_a_list_is_put_under_result(orders: Described) -> None:
    listing = tool(orders, "listOrders")
    assert listing.wraps
    assert listing.output is not None
    assert listing.output["properties"]["result"]["items"] == {"$ref": "#/$defs/Order"}


def test_an_argument_in_two_places_has_two_names() -> None:
    path = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    query = {"name": "id", "in": "query", "schema": {"type": "integer"}}
    body = {"schema": {"type": "object", "properties": {"id": {"type": "boolean"}}}}
    made = one(
        document(
            {
                "/orders/{id}": {
                    "put": {
                        "parameters": [path, query],
                        "requestBody": {"content": {"application/json": body}},
                        "responses": OK,
                    }
                }
            }
        )
    )
    assert {one.name: one.place for one in made.arguments} == {"id": "body", "id_path": "path", "id_query": "query"}
    assert made.input["properties"]["id_query"]["type"] == "integer"
    assert made.input["required"] == ["id_path"]


def test_names_are_made_safe_for_every_provider() -> None:
    made = one(get(operationId="orders.list/all", parameters=[_query("filter[state]"), _query("$top")]))
    assert made.name == "orders_list_all"
    assert {one.name: one.wire for one in made.arguments} == {"filter_state": "filter[state]", "top": "$top"}


def test_without_an_operation_id_method_and_path_are_the_name() -> None:
    assert one(get("/orders/{id}/lines", parameters=[_path("id")])).name == "get_orders_id_lines"


def test_two_names_that_are_made_safe_alike_stay_two() -> None:
    raw = document({f"/{n}": {"get": {"operationId": n, "responses": OK}} for n in ("a.b", "a-b")})
    assert [one.name for one in describe(raw, "orders.json").description.operations] == ["a_b", "a_b_2"]


def test_a_long_description_is_cut_and_ends_with_the_place() -> None:
    made = one(get(summary="List orders", description="word " * 1000))
    assert len(made.description) < 1100
    assert made.description.endswith("\n\nGET /orders")
    assert made.title == "List orders"


def test_fields_that_only_the_system_writes_are_not_asked_for() -> None:
    order = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
            "note": {"type": "string"},
        },
        "required": ["id", "secret", "note"],
    }
    ref = {"schema": {"$ref": "#/components/schemas/Order"}}
    content = {"content": {"application/json": ref}}
    made = one(
        document(
            {"/orders": {"post": {"requestBody": {**content, "required": True}, "responses": {"200": content}}}},
            components={"schemas": {"Order": order}},
        )
    )
    assert set(made.input["properties"]) == {"secret", "note"}
    assert set(made.input["required"]) == {"secret", "note"}
    assert made.output is not None
    assert set(made.output["properties"]) == {"id", "note"}


def test_openapi_3_0_is_read_by_its_own_rules() -> None:
    schema = {"type": "integer", "nullable": True, "minimum": 0, "exclusiveMinimum": True}
    raw = document({"/orders": {"get": {"parameters": [_query("least", schema)], "responses": OK}}})
    made = one(raw.replace(b'"3.1.0"', b'"3.0.3"'))
    assert made.input["properties"]["least"] == {"type": ["integer", "null"], "exclusiveMinimum": 0}


def test_a_schema_that_contains_itself_is_kept_as_it_is() -> None:
    node = {"type": "object", "properties": {"parts": {"type": "array", "items": {"$ref": "#/components/schemas/N"}}}}
    raw = document(
        {"/n": {"get": {"responses": _json({"$ref": "#/components/schemas/N"})}}}, components=_schemas(N=node)
    )
    made = one(raw)
    assert made.output is not None
    assert made.output["$defs"]["N"]["properties"]["parts"]["items"] == {"$ref": "#/$defs/N"}


def test_a_ref_to_anywhere_in_the_document_is_followed() -> None:
    raw = document(
        {"/n": {"get": {"responses": _json({"$ref": "#/components/schemas/N/properties/inner"})}}},
        components=_schemas(N={"type": "object", "properties": {"inner": {"type": "object", "required": ["x"]}}}),
    )
    output = one(raw).output
    assert output is not None
    assert output["required"] == ["x"]


def test_too_large_a_schema_of_an_answer_is_left_away() -> None:
    wide = {"type": "object", "properties": {f"field_{n}": {"type": "string"} for n in range(2000)}}
    assert one(document({"/n": {"get": {"responses": _json(wide)}}})).output is None


def test_a_pattern_that_python_does_not_know_is_left_to_the_system() -> None:
    made = one(get(parameters=[_query("sku", {"type": "string", "pattern": r"^\p{L}+$"})]))
    assert made.input["properties"]["sku"] == {"type": "string"}


def test_yaml_is_read_as_json_would_be() -> None:
    raw = b"""
openapi: 3.0.3
info: {title: Orders, version: 1.0}
paths:
  /orders:
    get:
      parameters:
        - &country {name: country, in: query, schema: {type: string, enum: [NO, SE], default: NO}}
      responses:
        200:
          description: |
            Since 2024-01-01:
            all of them
          content: {application/json: {schema: {type: object, example: 2024-01-01}}}
  /items:
    get: {parameters: [*country], responses: {"204": {description: none}}}
"""
    for made in describe(raw, "orders.yaml").description.operations:
        assert made.input["properties"]["country"] == {"type": "string", "enum": ["NO", "SE"], "default": "NO"}


def test_the_file_that_is_kept_gives_the_same_tools_again(orders: Described, tmp_path: Path) -> None:
    path = tmp_path / "orders.openapi.json"
    path.write_text(orders.description.text(), encoding="utf-8")
    assert read_description(path) == orders.description
    assert read_description(path).text() == orders.description.text()


def test_how_a_call_travels_is_under_the_pin(orders: Described) -> None:
    refund = tool(orders, "refundOrder")
    for change in ({"path": "/orders/{order_id}/payouts"}, {"method": "PUT"}, {"arguments": refund.arguments[:-1]}):
        other = refund.model_copy(update=change)
        assert other.definition.pin("orders", "x") != refund.definition.pin("orders", "x")


def test_only_what_was_asked_for_becomes_a_tool() -> None:
    raw = document_of(orders_api(Shop()))
    chosen = describe(raw, "orders.json", operations=["getOrder", "POST /orders/{order_id}/refunds"]).description
    assert [one.name for one in chosen.operations] == ["getOrder", "refundOrder"]


def test_a_tool_is_the_same_whatever_else_was_asked_for(orders: Described) -> None:
    alone = describe(document_of(orders_api(Shop())), "orders.json", operations=["refundOrder"]).description.operations
    assert alone == (tool(orders, "refundOrder"),)


# What is left out, and why


UNSENDABLE: list[tuple[dict[str, Any], str]] = [
    ({"parameters": [{"name": "s", "in": "cookie", "required": True, "schema": {}}]}, "it needs the cookie 's'"),
    ({"parameters": [{"name": "q", "in": "query", "content": {}}]}, "'q' has no schema"),
    ({"parameters": [{"name": "q", "in": "body", "schema": {}}]}, "'q' is in 'body'"),
    ({"parameters": [{"name": "q", "in": "query", "schema": {"type": "object"}}]}, "'q' is an object"),
    ({"responses": {"200": {"description": "", "content": {"text/csv": {}}}}}, "it answers with text/csv"),
    ({"servers": [{"url": "https://elsewhere.example"}]}, "servers of its own"),
    ({"security": [{"cert": []}]}, "it signs in by cert"),
    ({"parameters": [{"name": "q", "in": "query", "schema": {"type": "no"}}]}, "it cannot be read"),
    (
        {"parameters": [{"name": "q", "in": "query", "schema": {"$ref": "#/components/schemas/Loop"}}]},
        "refers to itself without end",
    ),
]


@pytest.mark.parametrize(("operation", "because"), UNSENDABLE)
def test_what_we_cannot_send_is_left_out_with_a_reason(operation: dict[str, Any], because: str) -> None:
    raw = document(
        {"/good": {"get": {"responses": OK}}, "/bad": {"get": {"responses": OK, **operation}}},
        components={
            "securitySchemes": {"cert": {"type": "mutualTLS"}},
            "schemas": {"Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}, {"type": "string"}]}},
        },
    )
    found = describe(raw, "orders.json")
    assert [one.path for one in found.description.operations] == ["/good"]
    assert because in found.left_out["GET /bad"]


def test_a_body_that_is_no_json_is_left_out() -> None:
    upload: dict[str, Any] = {"requestBody": {"content": {"multipart/form-data": {"schema": {}}}}, "responses": OK}
    said = sentence_about(document({"/files": {"post": upload}}))
    assert "POST /files, for one: it takes multipart/form-data, not JSON" in said


def test_a_cookie_that_need_not_be_is_not_sent() -> None:
    assert one(get(parameters=[{"name": "s", "in": "cookie", "schema": {}}])).arguments == ()


@pytest.mark.parametrize("name", ["Authorization", "Host", "Cookie", "content-type"])
def test_no_argument_writes_a_header_that_is_ours(name: str) -> None:
    assert one(get(parameters=[{"name": name, "in": "header", "schema": {}}])).arguments == ()


# What is refused


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b'{"openapi": "3.1.0", "paths": ', "does not parse as JSON"),
        (b"openapi: [3.1.0\npaths: {}", "does not parse as YAML: line 2"),
        (b"a: 1\na: 2", "line 2: 'a' stands there twice"),
        (b"a: *b", "there is no &b before *b"),
        (b"a: !!python/object:os.system x", "the tag"),
        (b"{" * 100_000, "does not parse"),
        (b"a: {b: " + b"{a: " * 100_000, "nested more than 200 deep"),
        (b'{"a": ' * 300 + b"1" + b"}" * 300, "nested more than 200 deep"),
        (b"\xff\xfe", "byte 0 is not UTF-8"),
        (b'{"openapi": NaN}', "NaN is no number"),
        (b'{"openapi": 1e999}', "1e999 is beyond all numbers"),
        (b"openapi: 1e999", "1e999 is beyond all numbers"),
        (b'{"openapi": "\\ud800"}', "surrogates not allowed"),
        (b"<html>not here</html>", "no `openapi:`"),
        (b"[]", "no `openapi:`"),
        (b"", "it holds 0 documents"),
        (b'{"swagger": "2.0"}', "is Swagger 2.0, which is not taken: convert it to OpenAPI 3"),
        (b'{"openapi": "4.0.0"}', "openapi: 4.0.0"),
        (b'{"openapi": "3.1.0", "paths": {}}', "has no operations"),
        (b'{"openapi": "3.1.0", "paths": {"/a": {"summary": "x"}}}', "has no operations"),
        (b" " * (LARGEST + 1), "16,000,001 bytes"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_document_is_one_sentence(raw: bytes, says: str) -> None:
    assert says in sentence_about(raw)


def test_aliases_cannot_make_a_small_document_a_huge_one() -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "with its aliases it has more than" in sentence_about("\n".join(lines).encode())


@pytest.mark.parametrize("ref", ["common.yaml#/Order", "https://elsewhere.example/order.json", "#Order"])
def test_a_ref_that_leads_out_of_the_document_is_never_followed(ref: str) -> None:
    said = sentence_about(document({"/orders": {"get": {"responses": _json({"$ref": ref})}}}))
    assert ref in said
    assert "paths./orders.get.responses.200" in said
    assert "bundle it into one file" in said


def test_a_ref_that_leads_nowhere_says_where_it_stands() -> None:
    said = sentence_about(get(parameters=[{"$ref": "#/components/parameters/Gone"}]))
    assert said == "orders.json: paths./orders: $ref '#/components/parameters/Gone' leads nowhere."


@pytest.mark.parametrize("kind", ["parameters", "schemas"])
def test_refs_in_a_circle_are_found(kind: str) -> None:
    circle = {"A": {"$ref": f"#/components/{kind}/B"}, "B": {"$ref": f"#/components/{kind}/A"}}
    ref = {"$ref": f"#/components/{kind}/A"}
    parameter = ref if kind == "parameters" else {"name": "a", "in": "query", "schema": ref}
    raw = document({"/o": {"get": {"parameters": [parameter], "responses": OK}}}, components={kind: circle})
    assert "leads in a circle" in sentence_about(raw)


def test_one_operation_id_for_two_operations_is_refused_until_one_is_chosen() -> None:
    raw = document({path: {"get": {"operationId": "order", "responses": OK}} for path in ("/a", "/b")})
    assert "operationId 'order' is used twice, by GET /a and GET /b" in sentence_about(raw)
    chosen = describe(raw, "orders.json", operations=["GET /b"]).description.operations
    assert [one.path for one in chosen] == ["/b"]


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"operations": ["getOrdr"]}, "has no operation 'getOrdr'; did you mean 'getOrder'?"),
        ({"operations": ["GET /nowhere/at/all"]}, "has no operation 'GET /nowhere/at/all'"),
        ({"tags": ["billing"]}, "has no operation with the tag 'billing'"),
    ],
)
def test_what_was_asked_for_and_is_not_there_is_named(choice: dict[str, list[str]], says: str) -> None:
    assert says in sentence_about(document_of(orders_api(Shop())), **choice)


def test_more_tools_than_can_be_listed_are_refused() -> None:
    words = {"description": "word " * 250, "responses": OK}
    said = sentence_about(document({f"/n{n}": {"get": words} for n in range(1500)}))
    assert "choose with --tag or --operation" in said


def test_a_kept_file_that_was_damaged_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "orders.openapi.json"
    path.write_text('{"version": 1}', encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"orders\.openapi\.json: cannot be used: .*from-openapi"):
        read_description(path)


# Where the system is


@pytest.mark.parametrize(
    ("said", "proposed", "allow", "url"),
    [
        (None, "https://api.example/v2/", [], "https://api.example/v2"),
        ("https://other.example", "https://api.example", [], "https://other.example"),
        ("http://127.0.0.1:8080", None, ["127.0.0.1:8080"], "http://127.0.0.1:8080"),
        ("http://orders.internal", None, ["orders.internal"], "http://orders.internal"),
    ],
)
def test_the_operator_decides_where_the_system_is(
    said: str | None, proposed: str | None, allow: list[str], url: str
) -> None:
    assert agreed_url(said, proposed, "orders.json", allow) == url


@pytest.mark.parametrize(
    ("said", "proposed", "says"),
    [
        (None, None, "orders.json names no server: say --url"),
        (None, "/api/v3", "servers[0]: '/api/v3' is no whole address: say --url"),
        (
            None,
            "http://10.0.0.8/api",
            "is a private address: if that is the right place, say --url http://10.0.0.8/api",
        ),
        (None, "http://169.254.169.254/", "where a cloud keeps its machines' credentials"),
        (None, "http://[::1]:9", "is this machine"),
        (None, "http://localhost:9", "--allow-private localhost:9"),
        ("http://127.0.0.1:8080", None, "--allow-private 127.0.0.1:8080"),
        ("https://api.example?key=1", None, "must be scheme, host and path alone"),
        ("https://{region}.api.example", None, "must be scheme, host and path alone"),
        ("ftp://api.example", None, "is no whole address"),
    ],
)
def test_a_place_that_nobody_agreed_to_is_refused(said: str | None, proposed: str | None, says: str) -> None:
    with pytest.raises(NotUsable) as refused:
        agreed_url(said, proposed, "orders.json", [])
    assert says in str(refused.value)


def test_the_documents_own_server_is_proposed_with_its_variables_filled() -> None:
    server = {"url": "https://{region}.api.example/v2", "variables": {"region": {"default": "eu"}}}
    assert describe(document({"/o": {"get": {"responses": OK}}}, servers=[server]), "o").proposed_url == (
        "https://eu.api.example/v2"
    )


@pytest.mark.parametrize("auth", ["magic", "header", "bearer:X"])
def test_a_way_of_signing_in_that_we_do_not_know_is_refused(auth: str) -> None:
    with pytest.raises(NotUsable, match="is none of: bearer, basic, header:NAME, query:NAME"):
        describe(get(), "orders.json", auth=auth)


def test_the_operators_way_of_signing_in_comes_before_the_documents() -> None:
    made = describe(document_of(orders_api(Shop())), "orders.json", auth="header:X-Key").description
    assert {(one.kind, one.name) for one in made.schemes.values()} == {("header", "X-Key")}
    assert {one.security for one in made.operations} == {(("key",),)}


# The connection


def test_effects_may_have_credentials_of_their_own(orders: Described) -> None:
    made = connection_for(
        orders.description,
        id="orders",
        title="Orders",
        url="https://api.example",
        allow_private=["b", "a:1"],
        key_header="Idempotency-Key",
        own_write_key=True,
    )
    assert made.names("read") == ["ORDERS_KEY"]
    assert made.names("write") == ["ORDERS_WRITE_KEY"]
    assert made.stdio is not None
    assert made.stdio.write_env == {"OPENAPI_SECRET_HTTPBEARER": "$ORDERS_WRITE_KEY"}
    assert made.stdio.env == {
        "OPENAPI_URL": "https://api.example",
        "OPENAPI_ALLOW_PRIVATE": "a:1,b",
        "OPENAPI_KEY_HEADER": "Idempotency-Key",
        "OPENAPI_SECRET_HTTPBEARER": "$ORDERS_KEY",
    }


@pytest.mark.parametrize(
    ("title", "id_"), [("Orders API", "orders"), ("Acme's 2nd REST-API", "acmes2ndrest"), ("API", "api"), ("注文", "")]
)
def test_an_id_is_proposed_from_the_title(orders: Described, title: str, id_: str) -> None:
    assert proposed_id(orders.description.model_copy(update={"title": title})) == id_


def test_our_command_is_run_by_this_python_on_the_file_in_the_folder(orders: Described, tmp_path: Path) -> None:
    made = connection_for(orders.description, id="orders", title="Orders", url="https://api.example")
    assert made.stdio is not None
    command = runnable(made.stdio.command, tmp_path)
    assert command == [sys.executable, "-m", "missiondesk.integrations.openapi", str(tmp_path / "orders.openapi.json")]
    assert runnable(["python", "server.py"], tmp_path) == ["python", "server.py"]


def _query(name: str, schema: Any = None) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema or {"type": "string"}}


def _path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _json(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}


def _schemas(**schemas: Any) -> dict[str, Any]:
    return {"schemas": schemas}
