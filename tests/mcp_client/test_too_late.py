"""A call that may not begin any more does not: whoever stood still too long finds that somebody else decided."""

import asyncio
from collections.abc import AsyncGenerator

import httpx2
import pytest

from missiondesk.integrations.mcp_client import instant
from tests.promises import promise
from tests.support.faulty import System
from tests.support.faulty_channel import channel_to, look
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
