"""A tool that reaches addresses of its caller's choosing can carry data out: it is never a free read."""

from typing import Any

import pytest

from missiondesk.integrations import Definition
from missiondesk.integrations.schemas.reach import reaches_out

TEXT = {"type": "string"}


def taking(properties: dict[str, Any], **more: Any) -> Definition:
    return Definition({"name": "fetch", "inputSchema": {"type": "object", "properties": properties, **more}})


@pytest.mark.parametrize(
    ("properties", "place"),
    [
        ({"url": TEXT}, "url"),
        ({"callbackUrl": TEXT}, "callbackUrl"),
        ({"image-urls": {"type": "array", "items": TEXT}}, "image-urls"),
        ({"source": {"type": "string", "format": "uri"}}, "source"),
        ({"source": {"anyOf": [{"type": "string", "format": "hostname"}, {"type": "null"}]}}, "source"),
        ({"host_name": TEXT}, "host_name"),
        ({"ip_addresses": {"type": "array", "items": TEXT}}, "ip_addresses"),
        ({"options": {"type": "object", "properties": {"webhook": TEXT}}}, "options.webhook"),
        ({"parts": {"type": "array", "items": {"properties": {"href": TEXT}}}}, "parts.href"),
        ({"parts": {"additionalProperties": {"properties": {"endpoint": {}}}}}, "parts.endpoint"),
        ({"link": {"type": ["string", "null"]}}, "link"),
        ({"target": {"$ref": "#/$defs/Target"}}, "target.domain"),
    ],
)
def test_an_address_is_found_by_its_name_or_format_wherever_it_stands(properties: dict[str, Any], place: str) -> None:
    tool = taking(properties, **{"$defs": {"Target": {"type": "object", "properties": {"domain": TEXT}}}})
    assert reaches_out(tool) == f"it takes an address of the caller's choosing ({place})"


def test_an_address_beside_the_plain_arguments_is_found_too() -> None:
    assert reaches_out(taking({}, anyOf=[{"properties": {"url": TEXT}}])) is not None
    assert reaches_out(taking({}, patternProperties={".*": {"format": "uri"}})) is not None


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"email": TEXT, "address": TEXT, "address1": TEXT, "email_address": TEXT},
        {"webhook_id": TEXT, "link_title": TEXT, "has_url": {"type": "boolean"}, "server_count": TEXT},
        {"url": {"enum": ["https://a.example", "https://b.example"]}},
        {"order_id": TEXT, "hostess": TEXT, "security": TEXT},
        {"tree": {"$ref": "#/$defs/Tree"}},
    ],
)
def test_other_arguments_are_no_addresses(properties: dict[str, Any]) -> None:
    tree = {"properties": {"name": TEXT, "inner": {"$ref": "#/$defs/Tree"}}}
    assert reaches_out(taking(properties, **{"$defs": {"Tree": tree, "Unused": {"properties": {"url": TEXT}}}})) is None


def test_an_address_that_we_fill_is_nobodys_choice() -> None:
    tool = taking({"a": {"$ref": "#/$defs/A"}, "url": TEXT}, **{"$defs": {"A": {"type": "string", "format": "uri"}}})
    assert reaches_out(tool, ["a", "url"]) is None
    assert reaches_out(tool, ["a"]) == "it takes an address of the caller's choosing (url)"
    assert reaches_out(tool, ["url"]) == "it takes an address of the caller's choosing (a)"


def test_the_servers_own_hint_counts_and_never_clears() -> None:
    tool = taking({"url": TEXT})
    tool.told["annotations"] = {"openWorldHint": False}
    assert reaches_out(tool) is not None
    assert reaches_out(Definition({"name": "ask", "annotations": {"openWorldHint": True}})) is not None
    assert reaches_out(Definition({"name": "ask"})) is None
