"""What is made of an answer, as JSON."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from missiondesk.proving.chaos.faults import breaking, drifted, of_another_customer

ORDER: dict[str, Any] = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "total": {"type": "integer"}, "note": {"type": ["string", "null"]}},
    "required": ["id"],
}


def result(value: Any, *texts: str) -> dict[str, Any]:
    return {"structuredContent": value, "content": [{"type": "text", "text": text} for text in texts]}


@given(st.one_of(st.none(), st.text()), st.integers(1, 5))
def test_a_drift_is_one_byte_more_in_the_description_and_nothing_else(description: str | None, times: int) -> None:
    tool = {"name": "pay", "description": description, "inputSchema": {"type": "object"}}
    changed = drifted(tool, times)
    assert len(changed["description"].encode("utf-8", "surrogatepass")) == times + len(
        (description or "").encode("utf-8", "surrogatepass")
    )
    assert {**changed, "description": description} == tool
    assert drifted(tool, 0) == tool


@pytest.mark.parametrize(
    ("given", "arguments", "customers", "changed"),
    [
        (result({"customer_id": "acct_5001"}), {"customer_id": "acct_5001"}, [], result({"customer_id": "acct_5002"})),
        (result({"orders": [{"of": "c-1"}]}), {"customerId": "c-1"}, [], result({"orders": [{"of": "c-2"}]})),
        (result({"of": "c-1"}), {}, ["c-1", "c-7"], result({"of": "c-7"})),
        (result({"of": "c-7"}), {}, ["c-1", "c-7"], result({"of": "c-1"})),
        (result({"user": 7, "n": 7}), {"user_id": 7}, [], result({"user": 8, "n": 7})),
        (result(None, '{"of": "c-1"}'), {"account": "c-1"}, [], result(None, '{"of": "c-2"}')),
        (result(None, "the order of c-1"), {"account": "c-1"}, [], result(None, "the order of c-2")),
    ],
)
def test_a_foreign_record_differs_in_the_customer_alone(
    given: dict[str, Any], arguments: dict[str, Any], customers: list[str], changed: dict[str, Any]
) -> None:
    assert of_another_customer(given, arguments, customers) == changed


@pytest.mark.parametrize(
    ("value", "arguments"),
    [
        ({"total": 1}, {"customer_id": "c-1"}),
        ({"of": "c-1"}, {"order_id": "c-1"}),
        ({"yes": True, "n": 1}, {"user": 1}),
    ],
)
def test_without_a_customers_id_there_is_no_foreign_record(value: Any, arguments: dict[str, Any]) -> None:
    assert of_another_customer(result(value), arguments, []) is None


@given(
    st.fixed_dictionaries(
        {"id": st.text()}, optional={"total": st.integers(), "note": st.one_of(st.none(), st.text())}
    ),
    st.sampled_from([ORDER, {**ORDER, "additionalProperties": False}, {"type": "object", "required": ["id"]}]),
)
def test_a_broken_result_does_not_fit_its_schema(value: dict[str, Any], schema: dict[str, Any]) -> None:
    check: Any = Draft202012Validator(schema)
    changed = breaking(result(value), schema)
    assert changed is not None
    assert check.is_valid(value)
    assert not check.is_valid(changed["structuredContent"])


@pytest.mark.parametrize("schema", [None, {}, {"type": "object"}, {"type": "nonsense"}, {"$ref": "http://x.example/"}])
def test_what_fits_everything_cannot_be_broken(schema: dict[str, Any] | None) -> None:
    assert breaking(result({"id": "o-1"}), schema) is None


def test_a_result_without_structure_cannot_be_broken() -> None:
    assert breaking({"content": []}, ORDER) is None
