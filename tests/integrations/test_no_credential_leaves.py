"""What a server repeats of our credentials, or tells of somebody else, gets no further than the way to it."""

from pathlib import Path

import psycopg
import pytest

from missiondesk.integrations import Unreachable, inspect, look_at
from missiondesk.integrations.sending import instant, send
from tests.integrations.small_system import (
    BEARER,
    MINE,
    ORDER,
    READS,
    TOKEN,
    WRITES,
    SmallSystem,
    added,
    connected,
    file_for,
    kept_in,
    known,
    said,
)
from tests.support.faulty import Json
from tests.support.faulty_http import FaultyHttp
from tests.support.postgres import Cloned

SECRETS = {"SYS_TOKEN": TOKEN}


def telling(system: SmallSystem, how: str) -> None:
    """The system repeats our token, in one of the ways it can."""
    match how:
        case "error":
            system.refuses_to_list = f"Incorrect API key provided: Bearer {TOKEN}"
        case "own name":
            system.name = f"sys {TOKEN}"
        case "description":
            system.tools = [{**ORDER, "description": f"One order. Your token is {TOKEN}."}]
        case _:
            system.tools = [{**ORDER, "name": f"get_{TOKEN}"}]


@pytest.mark.parametrize("how", ["error", "own name", "description", "tool"])
async def test_a_server_that_repeats_our_credential_is_refused_without_it(
    http: FaultyHttp, system: SmallSystem, how: str
) -> None:
    async with connected(http, {}) as connections:
        telling(system, how)
        with pytest.raises(Unreachable) as refused:
            await look_at(connections, file_for(http, {}, auth=BEARER), SECRETS)
    assert f"Bearer {TOKEN}" in [head.get("authorization") for head in http.heads]
    assert TOKEN not in str(refused.value)
    assert "[secret]" in str(refused.value) or "one of our credentials" in str(refused.value)


async def test_a_definition_that_was_changed_to_hold_our_credential_is_kept_without_it(
    empty: Cloned, http: FaultyHttp, system: SmallSystem, tmp_path: Path
) -> None:
    async with kept_in(empty, tmp_path) as connections:
        await added(connections, file_for(http, {"get_order": READS}, auth=BEARER), SECRETS)
        order = known(connections, "sys.get_order")
        telling(system, "description")
        assert (await connections.ask(order, {"customer_id": "c-1"}, MINE)).kind == "changed"
        shown = await inspect(connections, "sys")
    assert "one of our credentials" in (shown.away or "")
    assert TOKEN not in str(shown)
    with psycopg.connect(empty.owner_url) as tx:
        [row] = tx.execute("select tool, live from changed_tools").fetchall()
    assert row[0] == "get_order"
    assert "Your token is [secret]" in row[1]


async def test_a_short_ordinary_word_in_a_header_disturbs_nothing(http: FaultyHttp, system: SmallSystem) -> None:
    file = file_for(http, {"get_order": READS}, http={"headers": {"X-Tenant": "$TENANT"}})
    async with connected(http, {}) as connections:
        listing = await look_at(connections, file, {"TENANT": "customer"})
    assert {head.get("x-tenant") for head in http.heads} == {"customer"}
    assert sorted(listing.tools) == ["cancel_order", "get_order"]
    assert listing.tools["get_order"].kept == ORDER


async def test_the_answer_to_a_write_holds_neither_what_is_redacted_nor_our_credential(
    http: FaultyHttp, system: SmallSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYS_TOKEN", TOKEN)
    system.answer = lambda _tool, _arguments: said(state="cancelled", iban="DE89370400440532013000", note=TOKEN)
    async with connected(http, {"cancel_order": {**WRITES, "redact": ["$.iban"]}}, auth=BEARER) as connections:
        tool, by = known(connections, "sys.cancel_order"), instant() + 60
        answer = await send(connections, tool, {"customer_id": "c-1"}, key="k", begin_by=by)
    assert (answer.kind, answer.value["state"]) == ("ok", "cancelled")
    assert "DE89" not in str(answer)
    assert TOKEN not in str(answer)


@pytest.mark.parametrize("iban", ["DE89370400440532013000 of Bob", {"of": "DE89370400440532013000"}])
async def test_what_is_said_of_a_result_that_does_not_fit_quotes_nothing_of_it(
    http: FaultyHttp, system: SmallSystem, iban: Json | str
) -> None:
    schema = {"type": "object", "properties": {"iban": {"type": "integer"}}}
    system.tools = [{**ORDER, "outputSchema": schema}]
    system.answer = lambda _tool, _arguments: {"structuredContent": {"customer_id": "c-2", "iban": iban}, "content": []}
    async with connected(http, {"get_order": {**READS, "redact": ["$.iban"]}}) as connections:
        answer = await connections.ask(known(connections, "sys.get_order"), {"customer_id": "c-1"}, MINE)
    assert answer.kind == "unknown"
    assert "does not fit its own schema at $.iban (type)" in (answer.why or "")
    assert "DE89" not in str(answer)
    assert "c-2" not in str(answer)
