"""What passes through unchanged: progress, nulls, errors, a refusal, and what older clients say."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult

from missiondesk.integrations import Progress
from missiondesk.integrations.mcp_client import Channel
from missiondesk.proving.chaos import Fault, Plan
from tests.proving.chaos_before import HERE, Before, chaos_before, every
from tests.support.faulty import LOOK, MODERN, System
from tests.support.faulty_channel import look
from tests.support.faulty_http import FaultyHttp, faulty_at

NONE = Plan(1, {})
SLOW = next(seed for seed in range(99) if (one := every("latency", seed).injection("look", 1)) and one.luck > 0.8)
SCHEMA: dict[str, Any] = {"type": "object", "properties": {"at": {"type": "string", "x-mcp-header": "At"}}}


@pytest.fixture(params=["2026-07-28", "2025-06-18"])
def system(request: pytest.FixtureRequest) -> System:
    return System(era=request.param)


@pytest.fixture
def http(system: System) -> Generator[FaultyHttp]:
    system.tools.append({"name": "place", "description": "Look there.", "inputSchema": SCHEMA})
    with faulty_at(system) as found:
        yield found


@pytest.fixture
async def before(http: FaultyHttp, tmp_path: Path) -> AsyncGenerator[Before]:
    async with chaos_before(http.url, NONE, tmp_path / "ledger.jsonl") as found:
        yield found


async def test_definitions_are_the_same_byte_for_byte(before: Before) -> None:
    listing = await before.channel.definitions()
    assert listing.tools == before.reviewed.tools
    assert listing.tools["look"].kept == LOOK


async def test_nulls_in_arguments_and_the_key_arrive(before: Before, system: System) -> None:
    arguments = {"fault": "", "note": None, "deep": {"none": None, "list": [None, 1.0, "ä"]}}
    assert (await before.call("look", arguments, key="effect-1")).kind == "ok"
    asked = called_with(system)
    assert asked["arguments"] == arguments
    assert asked["_meta"]["io.missiondesk/idempotency-key"] == "effect-1"


async def test_progress_is_told_while_it_happens(before: Before) -> None:
    told: list[Progress] = []
    assert (await look(before.channel, "progress", progress=told.append)).kind == "ok"
    assert told[-1].done == 200


async def test_progress_that_nobody_hears_any_more_breaks_no_call(before: Before) -> None:
    before.chaos.plan = every("latency", seed=SLOW, latency=1)
    impatient = Channel(url=before.url, allow_private=HERE, patience=0.2)
    heard: list[Progress] = []
    assert (await look(impatient, "progress", progress=heard.append)).kind == "unknown"
    await impatient.close()
    async with asyncio.timeout(5):
        while before.ledger[0].delivered is None:  # noqa: ASYNC110  it is carried out after we have gone
            await asyncio.sleep(0.01)
    assert [one.end for one in before.ledger[0].answers] == ["ok"]


@pytest.mark.parametrize(
    ("fault", "kind", "why", "end"),
    [
        ("refuses", "refused", "", "refused"),
        ("rpc_error", "unknown", "database is away", "error"),
        ("cut_after", "unknown", "", "no-answer"),
        ("lies", "unknown", "does not fit its own schema", "ok"),
        ("texts", "unknown", "promises structured content", "ok"),
    ],
)
async def test_what_the_wrapped_server_does_wrong_by_itself_is_passed_on_and_noted(
    fault: str, kind: str, why: str, end: str, before: Before
) -> None:
    answer = await look(before.channel, fault)
    assert answer.kind == kind
    assert why in (answer.why or "")
    [call] = before.ledger
    assert (call.injected, call.delivered, [one.end for one in call.answers]) == (None, 1, [end])


async def test_an_argument_that_travels_in_a_header_too_does_so_behind_us(
    before: Before, http: FaultyHttp, system: System
) -> None:
    assert (await before.call("place", {"at": "till"})).kind == "ok"
    assert called_with(system)["arguments"] == {"at": "till"}
    [call] = [head for head in http.heads if head[":message"] == "tools/call"]
    assert call.get("mcp-param-at") == ("till" if system.era == MODERN else None)


@pytest.mark.parametrize("system", ["2026-07-28"], indirect=True)
async def test_an_older_client_is_answered_and_meets_the_same_faults(before: Before) -> None:
    faults: list[Fault] = ["garbage", "cut-after", "input-required", "redirect", "server-error"]
    for fault in faults:
        before.chaos.plan = every(fault)
        with pytest.raises((MCPError, ExceptionGroup)):  # a cut breaks the whole of the SDK's client
            await older_client_calls(before.url)
    before.chaos.plan = every("duplicate")
    assert (await older_client_calls(before.url)).is_error is False
    assert [call.injected for call in before.ledger] == [*faults, "duplicate"]


async def older_client_calls(url: str) -> CallToolResult:
    async with (
        httpx2.AsyncClient(timeout=10) as http,
        Client(streamable_http_client(url, http_client=http), mode="legacy", cache=None) as client,
    ):
        return await client.call_tool("plain", {})


def called_with(system: System) -> dict[str, Any]:
    """What the last call brought."""
    return [asked for asked in system.asked_with if "arguments" in asked][-1]
