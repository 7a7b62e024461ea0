"""Whatever a server does over HTTP: the call ends in time, as the right answer, and nobody else notices."""

import asyncio
import time

import pytest

from missiondesk.integrations.mcp_client import AnswerKind
from tests.support.faulty import HUGE, System
from tests.support.faulty_channel import channel_to, look
from tests.support.faulty_http import faulty_at

OLD = "2025-06-18"

ENDS: list[tuple[str, AnswerKind, str]] = [
    ("cut_before", "unknown", ""),
    ("cut_after", "unknown", ""),
    ("cut_within", "unknown", "peer closed connection"),
    ("cut_stream", "unknown", "ended in the middle"),
    ("garbage", "unknown", "parse"),
    ("page", "unknown", "text/html"),
    ("no_http", "unknown", ""),
    ("status_401", "unknown", "wants a credential (401 Unauthorized)"),
    ("status_403", "unknown", "wants a credential (403 Forbidden)"),
    ("status_429", "unknown", "429 Too Many Requests"),
    ("status_500", "unknown", "500 Internal Server Error"),
    ("status_502", "unknown", "502 Bad Gateway"),
    ("status_503", "unknown", "503 Service Unavailable"),
    ("rpc_error", "unknown", "the ⟨U+202E⟩database is away"),
    ("code_of_the_sdk", "unknown", "error -32000: the till is closed"),
    ("redirect", "unknown", "redirects (307) to http://169.254.169.254/"),
    ("moved", "unknown", "/mcp/. Redirects are never followed"),
    ("huge_plain", "unknown", "larger than 2,000,000 bytes"),
    ("huge_chunked", "unknown", "larger than 2,000,000 bytes"),
    ("huge_stream", "unknown", "larger than 2,000,000 bytes"),
    ("huge_gzip", "unknown", "compressed"),
    ("flood", "unknown", "more than 2,000 messages"),
    ("input_required", "unknown", "more input"),
    ("lies", "unknown", "does not fit its own schema at $.found"),
    ("no_structure", "unknown", "promises structured content"),
    ("nan", "unknown", ""),
    ("nul", "unknown", "cannot be kept"),
    ("asks_back", "ok", ""),
    ("progress", "ok", ""),
    ("refuses", "refused", ""),
]
OF_A_LISTING = ["cut_before", "cut_within", "garbage", "status_401", "status_502", "redirect", "huge_chunked"]


@pytest.mark.parametrize("era", ["2026-07-28", OLD])
@pytest.mark.parametrize(("fault", "kind", "why"), ENDS)
async def test_each_fault_ends_the_call_as_what_it_is_and_the_next_one_is_answered(
    fault: str, kind: AnswerKind, why: str, era: str
) -> None:
    system = System(era=era)
    if fault == "input_required" and era == OLD:
        why = "not what the protocol says"  # it has no such result
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            answer = await look(channel, fault)
            assert (answer.kind, (answer.why or "").count("\u202e")) == (kind, 0)
            assert why in (answer.why or ""), answer.why
            assert system.done.count(fault) <= 1
            assert (await look(channel)).kind == "ok"


async def test_a_call_that_takes_too_long_ends_in_time_wherever_the_server_stops() -> None:
    places = [{"fault": "hang"}, {"fault": "drip"}, {"listing": "hang"}, {"opening": "hang"}, {"listing": "drip"}]
    ends = await asyncio.gather(*(_too_long(era, **place) for era in ("2026-07-28", OLD) for place in places))
    assert ends == ["unknown", "unknown", "gone", "gone", "gone"] * 2


async def _too_long(era: str, *, fault: str = "", listing: str = "", opening: str = "") -> AnswerKind:
    with faulty_at(System(era=era, listing=listing, opening=opening)) as http:
        async with channel_to(http, patience=3) as channel:
            began = time.monotonic()
            answer = await look(channel, fault)
            assert time.monotonic() - began < 3 + 5 + 1
    assert (answer.why or "").startswith("It gave no answer in")
    return answer.kind


async def test_a_credential_that_is_refused_may_have_expired() -> None:
    with faulty_at(System(opening="status_401")) as http:
        async with channel_to(http, headers={"x-api-key": "k-1"}) as channel:
            answer = await look(channel)
    assert "It refuses our credentials (401 Unauthorized). They may have expired: renew them" in (answer.why or "")


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (
            "status_401",
            "It wants a credential (401 Unauthorized), and the connection has none: say in auth how to sign in.",
        ),
        ("status_403", "It wants a credential (403 Forbidden)"),
        ("status_404", "It answered 404 Not Found."),
        ("status_503", "It answered 503 Service Unavailable."),
        ("page", "That address serves text/html, and no MCP: is it the right one?"),
        ("moved", "/mcp/. Redirects are never followed"),
        ("garbage", "Failed to parse JSON response"),
        ("no_http", "illegal"),
        ("huge_plain", "larger than 2,000,000 bytes"),
        ("flood", "more than 2,000 messages"),
    ],
)
async def test_what_is_wrong_at_the_first_word_is_told_and_nothing_was_sent(fault: str, why: str) -> None:
    system = System(opening=fault)
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            with pytest.raises(ConnectionError) as told:
                await channel.definitions()
            assert why in str(told.value)
            assert "secret" not in str(told.value)
            system.opening = ""
            assert (await look(channel)).kind == "ok"


@pytest.mark.parametrize("fault", [*OF_A_LISTING, "flood", "endless", "too_many"])
async def test_a_server_that_cannot_even_list_its_tools_is_gone_and_nothing_was_sent(fault: str) -> None:
    system = System(listing=fault)
    with faulty_at(system) as http:
        async with channel_to(http) as channel:
            answer = await look(channel)
            assert (answer.kind, system.done) == ("gone", [])
            assert answer.why
            with pytest.raises(ConnectionError, match=r"\w+"):
                await channel.definitions()
            system.listing = ""
            assert (await look(channel)).kind == "ok"


async def test_a_server_that_is_not_there_is_gone() -> None:
    with faulty_at(System()) as http:
        pass
    async with channel_to(http) as channel:
        answer = await look(channel)
    assert (answer.kind, answer.value) == ("gone", "The system cannot be reached.")
    assert answer.why == "Nothing answers at that address."


@pytest.mark.parametrize("era", ["2026-07-28", OLD])
async def test_neighbours_of_a_faulty_call_get_their_answers(era: str) -> None:
    faults = ["cut_after", "cut_within", "garbage", "flood", "huge_chunked", "status_502", "no_http"]
    with faulty_at(System(era=era)) as http:
        async with channel_to(http, patience=30) as channel:
            hanging = [asyncio.create_task(look(channel, "hang")) for _ in range(5)]
            bad = [asyncio.create_task(look(channel, fault)) for fault in faults]
            async with asyncio.timeout(15):
                good = await asyncio.gather(*(look(channel) for _ in range(30)))
                assert {answer.kind for answer in good} == {"ok"}
                assert {answer.kind for answer in await asyncio.gather(*bad)} == {"unknown"}
            assert not any(call.done() for call in hanging)
        assert {answer.kind for answer in await asyncio.gather(*hanging)} == {"unknown"}


async def test_a_flood_does_not_hold_up_the_event_loop() -> None:
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - before)

    with faulty_at(System()) as http:
        async with channel_to(http) as channel:
            watching = asyncio.create_task(watch())
            answers = await asyncio.gather(*(look(channel, "flood") for _ in range(2)))
            watching.cancel()
    assert {answer.kind for answer in answers} == {"unknown"}
    assert longest < 1


async def test_a_caller_who_is_cancelled_leaves_no_call_behind() -> None:
    system = System()
    with faulty_at(system) as http:
        async with channel_to(http, patience=30) as channel:
            calls = [asyncio.create_task(look(channel, "hang")) for _ in range(3)]
            async with asyncio.timeout(5):
                while system.asked.count("tools/call") < 3:  # noqa: ASYNC110  it counts in another thread
                    await asyncio.sleep(0.01)
            calls[0].cancel()
            with pytest.raises(asyncio.CancelledError):
                await calls[0]
            assert not calls[1].done()
            for call in calls[1:]:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)


def test_the_huge_answers_are_really_huge() -> None:
    assert HUGE == 200_000_000


async def test_a_call_under_way_when_the_channel_is_closed_ends_as_unknown() -> None:
    system = System()
    with faulty_at(system) as http:
        async with channel_to(http, patience=30) as channel:
            call = asyncio.create_task(look(channel, "hang"))
            async with asyncio.timeout(5):
                while "tools/call" not in system.asked:  # noqa: ASYNC110  it is written in another thread
                    await asyncio.sleep(0.01)
        answer = await call
        assert (answer.kind, answer.why) == ("unknown", "The connection was closed.")
        later = await look(channel)
        assert (later.kind, bool(later.why)) == ("gone", True)
