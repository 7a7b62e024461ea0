"""Schemas from outside: what cannot be used is said so, and nothing in them can hang us."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, SchemaError
from jsonschema_specifications import REGISTRY  # pyright: ignore[reportMissingTypeStubs]

from missiondesk.integrations.paths import steps_of
from missiondesk.integrations.schemas.schema import may_hold, wrong_with


def _words_of(vocabulary: str) -> list[str]:
    """The words that a part of the draft's own schema speaks of."""
    contents: Any = REGISTRY.contents(f"https://json-schema.org/draft/2020-12/{vocabulary}")
    return list(contents["properties"])


def nested(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(depth):
        schema = {"not": schema}
    return schema


def bomb(length: int) -> dict[str, Any]:
    """Each definition is twice the next one."""
    defs = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(length)}
    return {"$ref": "#/$defs/d0", "$defs": {**defs, f"d{length}": {"type": "object"}}}


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        ("object", "must be an object"),
        (None, "must be an object"),
        ({"type": "strin"}, "is no valid JSON Schema at $.type"),
        ({"properties": {"a": {"minimum": "1"}}}, "is no valid JSON Schema at $.properties.a.minimum"),
        ({"items": [{"type": "string"}]}, "is no valid JSON Schema at $.items"),
        ({"properties": {"a": {"$ref": "https://example.com/a.json"}}}, "which is elsewhere and never fetched"),
        ({"properties": {"a": {"$ref": "other.json#/a"}}}, "which is elsewhere and never fetched"),
        ({"properties": {"a": {"$ref": "#/$defs/A"}}}, "refers to '#/$defs/A', which is not in it"),
        ({"properties": {"a": {"$ref": "#a"}}}, "which is not in it"),
        ({"const": {"type": 7}, "$ref": "#/const"}, "which is not in it"),
        ({"properties": {"a": {"$id": "https://example.com/"}}}, "an address of its own"),
        ({"$dynamicRef": "#a"}, "$dynamicRef, which is not followed"),
        ({"properties": {"a": {"pattern": "("}}}, "is no valid JSON Schema at $.properties.a.pattern"),
        ({"patternProperties": {r"\p{L}": {}}}, "is no valid JSON Schema at $.patternProperties"),
        ({"$ref": "#"}, "refers to itself without end"),
        ({"anyOf": [{"$ref": "#/$defs/A"}], "$defs": {"A": {"not": {"$ref": "#"}}}}, "refers to itself without end"),
        (nested(41), "is nested more than 40 deep"),
        (nested(5000), "is nested more than 40 deep"),
        ({"description": "x" * 200_000}, "at most 200,000 are read"),
        (bomb(15), "unfolds to more than 10,000 parts"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_schema_that_cannot_be_used_is_refused_with_the_reason(schema: Any, says: str) -> None:
    assert says in str(wrong_with(schema))


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"type": "object", "properties": {"default": {"type": "string"}, "$ref": {"type": "string"}}},
        {"default": {"$ref": "https://example.com"}, "examples": [{"pattern": "("}]},
        {"$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://example.com/a", "type": "object"},
        {"$defs": {"Tree": {"properties": {"inner": {"$ref": "#/$defs/Tree"}}}}, "$ref": "#/$defs/Tree"},
        {"properties": {"again": {"$ref": "#"}}},
        {"properties": {"a/b": {"type": "string"}, "c": {"$ref": "#/properties/a~1b"}}},
        bomb(5),
        nested(39),
    ],
    ids=lambda value: json.dumps(value)[:40],
)
def test_a_schema_that_can_be_used_is_not_complained_of(schema: Any) -> None:
    assert wrong_with(schema) is None


CLOSED: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "order": {"$ref": "#/$defs/Order"},
        "orders": {"type": "array", "items": {"$ref": "#/$defs/Order"}},
        "pair": {"type": "array", "prefixItems": [{"$ref": "#/$defs/Order"}], "items": False},
        "maybe": {"anyOf": [{"$ref": "#/$defs/Order"}, {"type": "null"}]},
        "by_id": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Order"}},
        "open": {"type": "object", "properties": {"id": {"type": "string"}}},
        "x": {"allOf": [{"$ref": "#/$defs/Order"}, {"type": "object"}]},
    },
    "$defs": {
        "Order": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"customer_id": {"type": "string"}},
            "patternProperties": {"^x_": {}},
        }
    },
}


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("$", True),
        ("$.order.customer_id", True),
        ("$.order.x_note.deep", True),
        ("$.orders[*].customer_id", True),
        ("$.orders[3].customer_id", True),
        ("$.pair[0].customer_id", True),
        ("$.maybe.customer_id", True),
        ("$.by_id.*.customer_id", True),
        ("$.by_id.anything.customer_id", True),
        ("$.open.anything", True),
        ("$.x.customer_id", True),
        ("$.customer_id", False),
        ("$.order.user_id", False),
        ("$.order[0]", False),
        ("$.order.customer_id.id", False),
        ("$.orders.customer_id", False),
        ("$.orders[*].user_id", False),
        ("$.pair[1].customer_id", False),
        ("$.maybe.user_id", False),
        ("$.by_id.*.user_id", False),
        ("$.x.user_id", False),
    ],
)
def test_what_a_closed_schema_cannot_hold_is_certain(path: str, may: bool) -> None:
    steps = steps_of(path)
    assert steps is not None
    assert may_hold(CLOSED, steps, CLOSED) is may


anything = st.recursive(
    st.sampled_from([None, True, 0, -1, 1.5, 2.0, "", "object", "a", "(", "#", "#/$defs/a"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)
WORDS = sorted({word for part in Draft202012Validator.META_SCHEMA["allOf"] for word in _words_of(part["$ref"])})
odd = st.recursive(
    st.dictionaries(st.sampled_from(WORDS), anything, max_size=2),
    lambda inner: st.dictionaries(
        st.sampled_from(["properties", "anyOf", "items", "not", "$defs"]),
        inner | st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
        max_size=2,
    ),
    max_leaves=5,
)


@settings(deadline=None, max_examples=500)
@example({"$vocabulary": None})
@example({"$dynamicAnchor": "("})
@given(odd)
def test_what_the_library_refuses_is_refused_and_what_it_takes_is_valid(schema: dict[str, Any]) -> None:
    wrong = wrong_with(schema)
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError:
        assert wrong is not None
    else:
        assert wrong is None or "is no valid JSON Schema" not in wrong
