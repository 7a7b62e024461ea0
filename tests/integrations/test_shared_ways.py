"""Reads of one process share a way to each server; a new secret takes a new way, and cuts nobody off the old one."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from missiondesk.integrations import Answer, Connections, keep_secret
from tests.integrations.small_system import (
    BEARER,
    MINE,
    ORDER,
    READS,
    TOKEN,
    SmallSystem,
    added,
    file_for,
    kept_in,
    known,
)
from tests.support.doorway import Doorway, doorway
from tests.support.faulty_http import FaultyHttp
from tests.support.postgres import Cloned
from tests.support.world import until

NEW = "sys-another-token-4417"


@pytest.fixture
async def door(http: FaultyHttp) -> AsyncGenerator[Doorway]:
    async with doorway(http.url) as found:
        yield found


@pytest.fixture
async def connections(
    empty: Cloned, http: FaultyHttp, door: Doorway, system: SmallSystem, tmp_path: Path
) -> AsyncGenerator[Connections]:
    system.tools = [ORDER, {**ORDER, "name": "get_bill"}]
    file = file_for(http, {"get_order": READS, "get_bill": READS}, http={"url": door.url}, auth=BEARER)
    async with kept_in(empty, tmp_path) as found:
        await added(found, file, {"SYS_TOKEN": TOKEN})
        yield found


async def asked(connections: Connections, tool: str) -> Answer:
    return await connections.ask(known(connections, f"sys.{tool}"), {"customer_id": "c-1"}, MINE)


async def with_a_new_secret(connections: Connections) -> None:
    await keep_secret(connections, "sys", "read", "SYS_TOKEN", NEW, by="Adele")
    await connections.refresh()


async def test_reads_at_once_after_a_new_secret_all_come_through_with_it(
    connections: Connections, http: FaultyHttp
) -> None:
    assert (await asked(connections, "get_order")).kind == "ok"
    await with_a_new_secret(connections)
    before = len(http.heads)
    found = await asyncio.gather(*(asked(connections, "get_order") for _ in range(6)))
    assert {answer.kind for answer in found} == {"ok"}
    assert {head["authorization"] for head in http.heads[before:]} == {f"Bearer {NEW}"}


async def test_who_reads_on_the_old_way_reads_to_the_end(
    connections: Connections, door: Doorway, http: FaultyHttp
) -> None:
    async def stopped() -> int:
        return door.stopped

    door.stop("get_order")
    reading = asyncio.create_task(asked(connections, "get_order"))
    await until(stopped, bool)
    await with_a_new_secret(connections)
    assert (await asked(connections, "get_bill")).kind == "ok"
    door.may_go_on()
    assert (await reading).kind == "ok"
    calls = [(head["authorization"], head["mcp-name"]) for head in http.heads if head[":message"] == "tools/call"]
    assert calls == [(f"Bearer {NEW}", "get_bill"), (f"Bearer {TOKEN}", "get_order")]
