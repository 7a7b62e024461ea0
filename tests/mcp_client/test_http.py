"""Calls over HTTP when all is well: how little they cost, what travels with them, and what is learned once."""

import asyncio
import json
import time
from typing import Any

import pytest

from missiondesk.integrations.mcp_client import KEY, Progress
from tests.promises import promise
from tests.support.faulty import LOOK, PLAIN, Json, System
from tests.support.faulty_channel import PINS, channel_to, look
from tests.support.faulty_http import faulty_at

OLD = "2025-03-26"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


async def test_a_call_is_two_requests_once_the_server_is_known() -> None:
    system = System()
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            assert (await look(channel)).value == {"found": "4471"}
            assert system.asked == ["server/discover", "tools/list", "tools/call"]
            system.asked.clear()
            assert (await look(channel)).kind == "ok"
            assert system.asked == ["tools/list", "tools/call"]


async def test_the_same_listing_is_asked_for_by_the_same_request() -> None:
    with faulty_at(System()) as http:
        async with channel_to(http, headers={"x-tenant": "north"}) as channel:
            for _ in range(3):
                await look(channel)
    first, *again = [head for head in http.heads if head[":message"] == "tools/list"]
    assert again == [first, first]
    assert (first["x-tenant"], first["mcp-protocol-version"]) == ("north", "2026-07-28")


class EachTimeAnother(System):
    """Nothing of its listing changes but a number beside it."""

    def reply(self, message: Json) -> Json:
        self.replies = getattr(self, "replies", 0) + 1
        found = super().reply(message)
        found.get("result", {}).get("_meta", {})["reply"] = self.replies
        return found


async def test_a_server_that_says_the_same_in_other_words_is_not_asked_twice_for_each_call() -> None:
    system = EachTimeAnother()
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            assert {(await look(channel)).kind for _ in range(5)} == {"ok"}
    assert system.asked.count("tools/list") == 6  # once it was asked again for nothing


@pytest.mark.parametrize("era", ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
async def test_with_an_older_server_a_session_that_was_left_in_order_is_used_again_and_ended_at_last(era: str) -> None:
    system = System(era=era)
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            listing = await channel.definitions()
            assert (listing.protocol, listing.server) == (era, "faulty")
            assert {(await look(channel)).kind for _ in range(5)} == {"ok"}
            assert len(http.living) == 1
            assert system.asked.count("initialize") == 1
            assert "GET" not in system.asked
        assert http.living == set()


async def test_a_session_in_which_a_call_went_wrong_is_not_used_again() -> None:
    system = System(era=OLD)
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            await look(channel)
            assert (await look(channel, "status_502")).kind == "unknown"
            assert (await look(channel)).kind == "ok"
            assert system.asked.count("initialize") == 2


@pytest.mark.parametrize("manner", ["", "typescript"])
async def test_a_server_that_forgot_our_session_is_greeted_again_before_the_call(manner: str) -> None:
    system = System(era=OLD)
    with faulty_at(system) as http:
        http.manner = manner
        async with channel_to(http) as channel:
            await look(channel)
            http.living.clear()
            assert (await look(channel)).kind == "ok"
            assert system.done == ["", ""]


@pytest.mark.parametrize(("before", "after"), [("2026-07-28", OLD), (OLD, "2026-07-28")])
async def test_a_server_replaced_by_an_older_or_newer_one_is_understood_again(before: str, after: str) -> None:
    system = System(era=before)
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            assert (await look(channel)).kind == "ok"
            system.era = after
            http.living.clear()
            assert (await look(channel)).kind == "ok"
            assert (await channel.definitions()).protocol == after


@pytest.mark.parametrize("era", ["2026-07-28", OLD])
async def test_a_server_that_restarts_is_reached_again(era: str) -> None:
    with faulty_at(System()) as http:
        pass  # now its port is free
    async with channel_to(http) as channel:
        with faulty_at(System(era=era), port=http.port):
            assert (await look(channel)).kind == "ok"
        assert (await look(channel)).kind == "gone"
        with faulty_at(System(era=era), port=http.port):
            assert (await look(channel)).kind == "ok"


async def test_a_hundred_calls_at_once_share_few_listings_and_none_that_began_before_them() -> None:
    system = System()
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            await look(channel)
            system.asked.clear()
            answers = await asyncio.gather(*(look(channel) for _ in range(100)))
            assert {answer.kind for answer in answers} == {"ok"}
            assert system.asked.count("tools/call") == 100
            assert system.asked.count("tools/list") <= 10


async def test_a_listing_that_hangs_holds_up_nobody_who_comes_later() -> None:
    system = System(listing="hang")
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            first = asyncio.create_task(look(channel))
            async with asyncio.timeout(15):
                while "tools/list" not in system.asked:  # noqa: ASYNC110  it is written in another thread
                    await asyncio.sleep(0.01)
                system.listing = ""
                assert (await look(channel)).kind == "ok"
            assert not first.done()
        assert (await first).kind == "gone"


@promise("gate.unreviewed-is-not-there")
@pytest.mark.parametrize("field", ["name", "title", "description", "inputSchema", "outputSchema", "annotations"])
@pytest.mark.parametrize("calls", [0, 3])
async def test_one_changed_byte_of_a_definition_stops_the_next_call_and_tells_what_it_is_now(
    field: str, calls: int
) -> None:
    now: dict[str, Any] = json.loads(json.dumps(LOOK))
    now[field] = {
        "name": "look ",
        "title": "Look",
        "description": "Look something up!",
        "inputSchema": {**LOOK["inputSchema"], "additionalProperties": True},
        "outputSchema": {**LOOK["outputSchema"], "title": "x"},
        "annotations": {"readOnlyHint": True},
    }[field]
    system = System()
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            for _ in range(calls):
                await look(channel)
            system.tools = [now, PLAIN]
            answer = await look(channel)
    assert (answer.kind, system.done) == ("changed", [""] * calls)
    if field == "name":
        assert (answer.value, answer.live) == ("look is not there any more.", None)
    else:
        assert answer.value == "look is not the tool that was reviewed."
        assert answer.live is not None
        assert answer.live.kept == now


@pytest.mark.parametrize("era", ["2026-07-28", OLD])
async def test_a_server_of_another_name_is_another_server(era: str) -> None:
    system = System(era=era)
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            await look(channel)
            system.name = "someone-else"
            http.living.clear()
            assert (await look(channel)).kind == "changed"
            assert (await channel.definitions()).server == "someone-else"


@promise("gate.unreviewed-is-not-there")
async def test_a_name_that_is_given_twice_names_nothing() -> None:
    system = System(listing="twice")
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            answer = await look(channel)
            listing = await channel.definitions()
    assert (answer.kind, answer.live, system.done) == ("changed", None, [])
    assert answer.value == "look is the name of more than one tool there."
    assert (listing.twice, sorted(listing.tools)) == (("look",), ["plain"])


async def test_what_a_server_has_beyond_tools_is_told_and_never_asked_for() -> None:
    system = System(capabilities={"tools": {}, "resources": {}, "prompts": {}, "logging": {}, "completions": {}})
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            listing = await channel.definitions()
            await look(channel)
    assert listing.beyond == ("resources", "prompts", "logging", "completions")
    assert set(system.asked) == {"server/discover", "tools/list", "tools/call"}


@pytest.mark.parametrize("era", ["2026-07-28", OLD])
async def test_the_key_and_the_trace_travel_with_the_call(era: str) -> None:
    system = System(era=era)
    with faulty_at(system) as http:
        async with channel_to(http, headers={"x-api-key": "k-17"}) as channel:
            await look(channel, key="grant-1", traceparent=TRACE)
            await look(channel)
    calls = [head for head in http.heads if head[":message"] == "tools/call"]
    asked = [params for method, params in zip(system.asked, system.asked_with, strict=True) if method == "tools/call"]
    assert (asked[0]["_meta"][KEY], asked[0]["_meta"]["traceparent"]) == ("grant-1", TRACE)
    assert KEY not in asked[1].get("_meta", {})
    assert [head.get("traceparent") for head in calls] == [TRACE, None]
    assert {head["x-api-key"] for head in http.heads} == {"k-17"}


async def test_arguments_that_a_server_wants_in_headers_too_are_put_there() -> None:
    schema = {"type": "object", "properties": {"fault": {"type": "string", "x-mcp-header": "Fault"}}}
    system = System(tools=[{**LOOK, "inputSchema": schema}])
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            pin = (await channel.definitions()).tools["look"].pin("sys", "faulty")
            answers = await asyncio.gather(*(look(channel, "texts", pin=pin) for _ in range(3)))
    assert {answer.kind for answer in answers} == {"unknown"}  # it promised structured content
    calls = [head for head in http.heads if head[":message"] == "tools/call"]
    assert [head.get("mcp-param-fault") for head in calls] == ["texts"] * 3


async def test_a_listener_in_trouble_does_not_cost_the_answer() -> None:
    def trouble(_progress: Progress) -> None:
        raise OSError("nobody listens")

    with faulty_at(System()) as http:
        async with channel_to(http) as channel:
            assert (await look(channel, "progress", progress=trouble)).kind == "ok"


async def test_progress_is_told_in_time_at_most_four_times_a_second_and_the_last_word_always() -> None:
    told: list[Progress] = []
    with faulty_at(System()) as http:
        async with channel_to(http) as channel:
            began = time.monotonic()
            answer = await look(channel, "progress", progress=told.append)
            took = time.monotonic() - began
    assert answer.kind == "ok"
    assert told[0].done < told[-1].done == told[-1].total == 200
    assert told[-1].message == "step⟨U+202E⟩ 200"
    assert len(told) <= took * 4 + 2


async def test_cookies_of_one_call_do_not_reach_the_next() -> None:
    system = System()
    with faulty_at(system) as http:
        http.more_headers = {"set-cookie": "who=mira; Path=/"}
        async with channel_to(http) as channel:
            await look(channel)
            await look(channel)
    assert not any("cookie" in head for head in http.heads)


async def test_one_channel_is_pinned_to_one_connection_of_ours() -> None:
    with faulty_at(System()) as http:
        async with channel_to(http) as channel:
            assert (await channel.call("other", "look", {}, pin=PINS["look"])).kind == "changed"
