"""What a result is to us, in whatever shape a server brings it."""

from typing import Any

import pytest

from tests.support.faulty import System
from tests.support.faulty_channel import channel_to, look
from tests.support.faulty_http import faulty_at


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("", {"found": "4471"}),
        ("texts", {"text": ["one", "two"]}),
        ("json_text", {"json": {"order": 4471}}),
        ("almost_json", {"text": ['{"order": NaN}']}),
        ("pictures", {"text": ["see"], "left_out": ["image", "resource_link"]}),
    ],
)
async def test_a_result_becomes_one_value_and_what_is_no_text_is_named_and_not_followed(shape: str, value: Any) -> None:
    with faulty_at(System()) as http:
        async with channel_to(http) as channel:
            answer = await look(channel, shape, tool="plain")
    assert (answer.kind, answer.value) == ("ok", value)
    assert set(http.system.asked) == {"server/discover", "tools/list", "tools/call"}


async def test_a_refusal_begins_with_its_code_and_keeps_its_details() -> None:
    with faulty_at(System()) as http:
        async with channel_to(http) as channel:
            answer = await look(channel, "refuses")
    assert (answer.kind, answer.value) == ("refused", "order_not_found: no such order")
    assert answer.detail == {"code": 17}


async def test_a_schema_that_is_none_makes_the_answer_unknown() -> None:
    system = System()
    system.tools[0] = {**system.tools[0], "outputSchema": {"type": "object", "properties": {"found": {"$ref": "x:y"}}}}
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            listing = await channel.definitions()
            answer = await look(channel, pin=listing.tools["look"].pin("sys", "faulty"))
    assert answer.kind == "unknown"
    assert "output schema" in (answer.why or "")
