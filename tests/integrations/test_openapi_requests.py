"""A call becomes exactly one request with exactly the approved values, or nothing is sent."""

import json
from typing import Any

import httpx2
import pytest

from missiondesk.integrations.openapi import Operation
from missiondesk.integrations.openapi.asking import Unsendable, request_for
from missiondesk.integrations.openapi.credentials import Secrets, Signature
from missiondesk.integrations.openapi.description import Argument, Scheme

BASE = "https://api.example/v2"


def operation(*arguments: Argument, **more: Any) -> Operation:
    told: dict[str, Any] = {
        "name": "t",
        "method": "GET",
        "path": "/orders",
        "title": "T",
        "description": "T",
        "input": {},
        **more,
    }
    return Operation(arguments=arguments, **told)


def at(name: str, place: Any, **more: Any) -> Argument:
    return Argument(name=name, place=place, wire=more.pop("wire", name), **more)


def sent(asked: Operation, **arguments: Any) -> httpx2.Request:
    return request_for(asked, BASE, arguments, signature=Signature(), extra={})


BY_ID = operation(at("id", "path"), path="/orders/{id}/lines")


@pytest.mark.parametrize(
    ("value", "target"),
    [
        ("o 1", b"/v2/orders/o%201/lines"),
        ("ü?#;", b"/v2/orders/%C3%BC%3F%23%3B/lines"),
        ("{id}", b"/v2/orders/%7Bid%7D/lines"),
        ("100%", b"/v2/orders/100%25/lines"),
        (7, b"/v2/orders/7/lines"),
        (True, b"/v2/orders/true/lines"),
        (["a", "b"], b"/v2/orders/a%2Cb/lines"),
    ],
)
def test_a_value_in_the_path_stays_one_piece_of_it(value: Any, target: bytes) -> None:
    assert sent(BY_ID, id=value).url.raw_path == target


@pytest.mark.parametrize(
    "value",
    ["", ".", "..", "../admin", "a/b", "a\\b", "%2e%2e", "%252e%252e%252f", "a%2Fb", "a%25252Fb", "a\nb", "a\0"],
)
def test_a_value_that_would_be_another_path_is_not_sent(value: str) -> None:
    with pytest.raises(Unsendable):
        sent(BY_ID, id=value)


def test_a_piece_of_the_path_that_is_missing_stops_the_call() -> None:
    with pytest.raises(Unsendable, match="'id' of its path is missing"):
        sent(BY_ID)


def test_a_value_that_looks_like_another_place_in_the_path_is_not_filled_again() -> None:
    two = operation(at("a", "path"), at("b", "path"), path="/x/{a}/{b}")
    assert sent(two, a="{b}", b="1").url.raw_path == b"/v2/x/%7Bb%7D/1"


@pytest.mark.parametrize(
    ("argument", "value", "query"),
    [
        (at("s", "query", style="form", explode=True), ["a", "b c"], b"s=a&s=b+c"),
        (at("s", "query", style="form"), ["a", "b"], b"s=a%2Cb"),
        (at("s", "query", style="pipeDelimited"), ["a", "b"], b"s=a%7Cb"),
        (at("s", "query", style="form", explode=True), "a&t=1", b"s=a%26t%3D1"),
        (at("s", "query", style="form", wire="filter[x]"), 1.5, b"filter%5Bx%5D=1.5"),
        (at("s", "query", style="deepObject"), {"from": 1, "to": True}, b"s%5Bfrom%5D=1&s%5Bto%5D=true"),
    ],
)
def test_a_list_and_an_object_are_written_as_the_document_says(argument: Argument, value: Any, query: bytes) -> None:
    assert sent(operation(argument), s=value).url.query == query


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        (at("s", "query", style="form"), ["a,b", "c"]),
        (at("s", "query", style="form", explode=True), []),
        (at("s", "query", style="form", explode=True), None),
        (at("s", "query", style="form", explode=True), [{"a": 1}]),
        (at("s", "query", style="deepObject"), {"a": {"b": 1}}),
        (at("s", "query", style="deepObject"), "a"),
        (at("s", "header"), "a\r\nauthorization: b"),
        (at("s", "header"), "ä"),
        (at("s", "header"), ""),
    ],
)
def test_what_has_no_exact_spelling_is_not_sent(argument: Argument, value: Any) -> None:
    with pytest.raises(Unsendable):
        sent(operation(argument), s=value)


def test_an_argument_that_nobody_declared_is_not_sent() -> None:
    with pytest.raises(Unsendable, match="no argument 'x'"):
        sent(BY_ID, id="1", x=1)


def test_a_body_is_what_was_approved_null_included() -> None:
    put = operation(at("id", "path"), at("note", "body"), path="/o/{id}", method="PUT", body="fields", media="a/b+json")
    request = sent(put, id="1", note=None)
    assert json.loads(request.content) == {"note": None}
    assert request.headers["content-type"] == "a/b+json"


def test_a_body_as_a_whole_is_the_value_itself() -> None:
    post = operation(at("body", "body"), method="POST", body="whole")
    assert sent(post, body=[1, "ü"]).content == '[1,"ü"]'.encode()


@pytest.mark.parametrize(("required", "content"), [(True, b"{}"), (False, b"")])
def test_a_body_without_fields_is_sent_only_if_it_must_be(required: bool, content: bytes) -> None:
    post = operation(at("note", "body"), method="POST", body="fields", body_required=required)
    request = sent(post)
    assert request.content == content
    assert ("content-type" in request.headers) is required


def test_no_argument_can_take_the_place_of_a_credential() -> None:
    asked = operation(at("key", "header", wire="X-Key"))
    signature = Signature(headers={"x-key": "ours"})
    request = request_for(asked, BASE, {"key": "theirs"}, signature=signature, extra={})
    assert request.headers.get_list("x-key") == ["ours"]


def test_an_argument_comes_before_a_header_of_ours() -> None:
    asked = operation(at("key", "header", wire="Idempotency-Key"))
    request = request_for(asked, BASE, {"key": "a"}, signature=Signature(), extra={"idempotency-key": "b"})
    assert request.headers["idempotency-key"] == "a"


SCHEMES = {
    "token": Scheme(kind="bearer", env="A"),
    "login": Scheme(kind="basic", env="B"),
    "key": Scheme(kind="header", name="X-Key", env="C"),
    "word": Scheme(kind="query", name="key", env="D"),
}


@pytest.mark.parametrize(
    ("scheme", "environ", "signature"),
    [
        ("token", {"A": "t\n"}, Signature({"authorization": "Bearer t"})),
        ("login", {"B": "me:pw"}, Signature({"authorization": "Basic bWU6cHc="})),
        ("key", {"C": "k"}, Signature({"x-key": "k"})),
        ("word", {"D": "w"}, Signature(query=[("key", "w")])),
    ],
)
def test_each_way_of_signing_in_is_followed(scheme: str, environ: dict[str, str], signature: Signature) -> None:
    assert Secrets(SCHEMES, environ).signature(operation(security=((scheme,),))) == signature


def test_the_first_way_that_we_have_all_values_for_is_taken() -> None:
    asked = operation(security=(("key", "word"), ("token",)))
    assert Secrets(SCHEMES, {"A": "t", "C": "k"}).signature(asked) == Signature({"authorization": "Bearer t"})
    assert Secrets(SCHEMES, {"C": "k"}).signature(asked) is None
    assert Secrets(SCHEMES, {}).signature(operation(security=(("token",), ()))) == Signature()


def test_a_credential_is_in_no_representation() -> None:
    secrets = Secrets(SCHEMES, {"A": "secret-4711"})
    signature = secrets.signature(operation(security=(("token",),)))
    assert "4711" not in f"{secrets!r} {signature!r}"
