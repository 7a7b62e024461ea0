"""What may be a slip in a manifest is noted; what cannot work at all is a misfit, and not noted too."""

import tomllib
from typing import Any

import pytest

from missiondesk.integrations import Connection, Definition, notes
from missiondesk.integrations.fitting.fit import misfits

MANIFEST = """
id = "repairs"
title = "Repairs"
server = "repairs"
http = { url = "https://repairs.example" }

[tool.get]
effect = "read"
bind = { customer_id = "$customer" }
owner = ["OWNER"]
"""
ARGUMENTS = {"type": "object", "properties": {"customer_id": {"type": "string"}}}
OWNED = {"type": "object", "properties": {"customer_id": {"type": "string"}}}


def noted(owner: str, output: Any) -> tuple[list[str], list[str]]:
    """Notes and misfits of a read with this owner and outputSchema."""
    file = Connection.model_validate(tomllib.loads(MANIFEST.replace("OWNER", owner)))
    told = {"inputSchema": ARGUMENTS} | ({"outputSchema": output} if output is not None else {})
    tools = {"get": Definition(told)}
    return notes(file, tools), misfits(file, tools, {file.id: file}, {})


@pytest.mark.parametrize(
    ("owner", "output"),
    [
        ("$.custmer_id", OWNED),
        ("$.repair.custmer_id", {"type": "object", "properties": {"repair": OWNED}}),
        ("$.repairs[*].custmer_id", {"properties": {"repairs": {"type": "array", "items": OWNED}}}),
        ("$.repair.custmer_id", {"properties": {"repair": {"$ref": "#/$defs/R"}}, "$defs": {"R": OWNED}}),
        ("$.repair.custmer_id", {"properties": {"repair": {"anyOf": [OWNED, {"type": "null"}]}}}),
    ],
)
def test_a_field_that_results_are_not_said_to_have_is_noted(owner: str, output: Any) -> None:
    found, wrong = noted(owner, output)
    assert found == [
        f"repairs.get: owner {owner!r} looks for 'custmer_id', which is not among the fields that its outputSchema "
        "names. Did you mean 'customer_id'?"
    ]
    assert wrong == []


MAY_BE_SO: list[tuple[str, Any]] = [
    ("$.customer_id", None),
    ("$.customer_id", OWNED),
    ("$.customer_id", {"type": "object"}),
    ("$.customer_id", {**OWNED, "properties": {}, "additionalProperties": {"type": "string"}}),
    ("$.customer_id", {"anyOf": [{"properties": {"error": {}}}, OWNED]}),
    ("$.repair.customer_id", {"properties": {"repair": {"type": "object"}}}),
    ("$.repair.customer_id", {"properties": {"repair": True}}),
    ("$.repairs[*].customer_id", {"properties": {"repairs": {"type": "array"}}}),
    ("$.other.customer_id", {**OWNED, "additionalProperties": OWNED}),
    ("$.x", {"type": "objekt"}),
]


@pytest.mark.parametrize(("owner", "output"), MAY_BE_SO)
def test_what_may_well_be_so_is_not_noted(owner: str, output: Any) -> None:
    assert noted(owner, output)[0] == []


def test_what_cannot_be_so_is_a_misfit_alone() -> None:
    found, [wrong] = noted("$.custmer_id", {**OWNED, "additionalProperties": False})
    assert found == []
    assert "owner '$.custmer_id' can stand in none of its results" in wrong
