"""A system that answers with something of no use is not away: its other tools, and other customers, go on."""

import pytest

from missiondesk.integrations import ConnectionPaused
from tests.integrations.small_system import (
    BEARER,
    MINE,
    ORDER,
    READS,
    TOKEN,
    SmallSystem,
    connected,
    known,
    said,
)
from tests.support.faulty import Json
from tests.support.faulty_http import FaultyHttp

GOOD: Json = {**ORDER, "name": "get_bill"}
FITS_NOTHING: Json = {**ORDER, "outputSchema": {"type": "object", "required": ["never"]}}
DEEP = '{"customer_id": "c-1", "deep": ' + "[" * 900 + "]" * 900 + "}"


@pytest.mark.parametrize(
    ("tool", "fault", "kind", "away"),
    [
        pytest.param(FITS_NOTHING, "", "unknown", False, id="does not fit its own schema"),
        pytest.param(ORDER, "huge_plain", "unknown", False, id="too large, as it says at once"),
        pytest.param(ORDER, "huge_chunked", "unknown", False, id="too large, as is found out"),
        pytest.param(ORDER, "huge_stream", "unknown", False, id="too large, as an event"),
        pytest.param(ORDER, "cut_before", "unknown", True, id="no answer at all"),
    ],
)
async def test_five_of_them_keep_nobody_from_reading(
    http: FaultyHttp, system: SmallSystem, tool: Json, fault: str, kind: str, away: bool
) -> None:
    system.tools = [tool, GOOD]
    async with connected(http, {"get_order": READS, "get_bill": READS}) as connections:
        bad, good = (known(connections, f"sys.{name}") for name in ("get_order", "get_bill"))
        for _ in range(5):
            answer = await connections.ask(bad, {"customer_id": "c-1", "fault": fault}, MINE)
            assert answer.kind == kind
        if away:
            with pytest.raises(ConnectionPaused):
                await connections.ask(good, {"customer_id": "c-1"}, MINE)
        else:
            assert (await connections.ask(good, {"customer_id": "c-1"}, MINE)).kind == "ok"


@pytest.mark.parametrize("structured", [False, True])
async def test_a_result_nested_too_deep_ends_as_an_answer(
    http: FaultyHttp, system: SmallSystem, monkeypatch: pytest.MonkeyPatch, structured: bool
) -> None:
    monkeypatch.setenv("SYS_TOKEN", TOKEN)
    deep: list[object] = []
    for _ in range(150):
        deep = [deep]
    text = {"content": [{"type": "text", "text": DEEP}]}
    system.answer = lambda _tool, _arguments: said(deep=deep) if structured else text
    owner = ["$.customer_id", "$.json.customer_id"]
    async with connected(http, {"get_order": {**READS, "owner": owner}}, auth=BEARER) as connections:
        answer = await connections.ask(known(connections, "sys.get_order"), {"customer_id": "c-1"}, MINE)
    assert (answer.kind, "nested more than 100 deep" in (answer.why or "")) == ("unknown", True)
