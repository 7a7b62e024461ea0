"""A call that may not begin any more does not: whoever stood still too long finds that somebody else decided."""

import asyncio
from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import httpx2
import pytest

from missiondesk.integrations.mcp_client import Channel, instant
from tests.promises import promise
from tests.support.faulty import System
from tests.support.faulty_channel import HERE, PATIENCE, channel_to, look
from tests.support.faulty_http import faulty_at


class SlowCredential(httpx2.Auth):
    """Takes its time for whatever would change something, as a server of tokens may."""

    async def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        if b"tools/call" in request.content:
            await asyncio.sleep(0.5)
        yield request


@promise("effects.exactly-once")
@pytest.mark.parametrize("era", ["2026-07-28", "2025-06-18"])
async def test_what_may_not_begin_any_more_does_not_leave(era: str) -> None:
    system = System(era=era)
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            answer = await look(channel, begin_by=instant() - 1)
            assert (answer.kind, answer.value) == ("gone", "It took too long until it could be sent, so it was not.")
            assert (await look(channel, begin_by=instant() + 60)).kind == "ok"
    assert system.done == [""]


@promise("effects.exactly-once")
@pytest.mark.parametrize("era", ["2026-07-28", "2025-06-18"])
async def test_it_is_held_back_at_the_last_moment_before_bytes_leave(era: str) -> None:
    system = System(era=era)
    with faulty_at(system) as http:
        async with channel_to(http, auth=SlowCredential()) as channel:
            await look(channel)
            assert (await look(channel, begin_by=instant() + 0.3)).kind == "gone"
            assert (await look(channel)).kind == "ok"
    assert system.done == ["", ""]


@pytest.mark.parametrize("fault", ["cut_after", "drip"])
async def test_what_was_sent_in_time_is_never_called_unsent(fault: str) -> None:
    with faulty_at(System()) as http:
        async with channel_to(http) as channel:
            await look(channel)
            answer = await look(channel, fault, begin_by=instant() + 0.3)
    assert answer.kind in ("unknown", "ok")
    assert http.system.done == ["", fault]


@promise("effects.exactly-once")
async def test_what_was_late_only_when_all_of_it_had_left_is_not_called_unsent() -> None:
    system, by, relayed = System(), float("inf"), list[asyncio.Task[None] | None]()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, ours: bool) -> None:
        while part := await reader.read(65_536):
            if ours and b'"tools/call"' in part:
                await asyncio.sleep(max(0, by - instant()))  # until it is late, the rest of it waits to be written
            writer.write(part)
            await writer.drain()
        writer.close()
        await writer.wait_closed()

    async def between(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        relayed.append(asyncio.current_task())
        there, onward = await asyncio.open_connection(urlsplit(http.url).hostname, urlsplit(http.url).port)
        await asyncio.gather(pass_on(reader, onward, ours=True), pass_on(there, writer, ours=False))

    with faulty_at(system) as http:
        relay = await asyncio.start_server(between, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{relay.sockets[0].getsockname()[1]}/mcp"
        async with relay:
            channel = Channel(url=url, allow_private=HERE, patience=PATIENCE)
            by = instant()
            assert (await look(channel)).kind == "ok"
            by = instant() + 0.5
            answer = await look(channel, "x" * 16_000_000, begin_by=by)
            await channel.close()
            await asyncio.gather(*filter(None, relayed))
    assert len(system.done) == 2, "all of it came"
    assert answer.kind != "gone"
