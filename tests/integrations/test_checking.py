"""A schema that a server wrote is checked, and can hold nobody up."""

from typing import Any

import pytest

from missiondesk.integrations.schemas.checking import check_for

ENDLESS = "^(a+)+$"
NAUGHTY = "a" * 60 + "!"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"properties": {"a": {"type": "string", "pattern": ENDLESS}}}, {"a": NAUGHTY}),
        ({"patternProperties": {ENDLESS: {"type": "string"}}, "additionalProperties": False}, {NAUGHTY: "x"}),
        ({"patternProperties": {ENDLESS: True}, "unevaluatedProperties": False}, {NAUGHTY: "x"}),
        ({"type": "array", "uniqueItems": True}, [{"n": n} for n in range(20_000)]),
        (
            {"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"pattern": ENDLESS}}},
            {"a": NAUGHTY},
        ),
    ],
)
def test_what_would_take_for_ever_is_left_to_the_server(schema: dict[str, Any], value: Any) -> None:
    assert list(check_for(schema).iter_errors(value)) == []


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"properties": {"a": {"type": "string", "maxLength": 3}}}, {"a": "abcd"}),
        ({"properties": {"a": True}, "additionalProperties": False}, {"b": 1}),
        ({"required": ["a"]}, {}),
        ({"$schema": "http://json-schema.org/draft-04/schema#", "maximum": 3}, 4),
    ],
)
def test_everything_else_is_checked(schema: dict[str, Any], value: Any) -> None:
    assert list(check_for(schema).iter_errors(value)) != []
