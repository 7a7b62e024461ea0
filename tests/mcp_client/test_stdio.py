"""A server as a command: one supervised process for all calls, and nothing of it left behind."""

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from missiondesk.integrations.mcp_client import AnswerKind, Channel
from tests.support.faulty_channel import PINS, Command, look

OLD = "2024-11-05"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book"


async def until(holds: Callable[[], object], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110  it becomes true in another process
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("era", ["2026-07-28", OLD])
async def test_one_process_answers_all_calls_and_is_gone_afterwards(era: str, book: Path) -> None:
    command = Command(book, era)
    async with command.channel() as channel:
        assert command.noted("began") == []  # opened on first use
        listing = await channel.definitions()
        answers = await asyncio.gather(*(look(channel) for _ in range(50)))
        assert {answer.kind for answer in answers} == {"ok"}
        assert (listing.server, listing.protocol, sorted(listing.tools)) == ("faulty", era, ["look", "plain"])
        assert len(command.noted("began")) == 1
        assert command.living
    assert not command.living


ENDS: list[tuple[str, AnswerKind, str]] = [
    ("dies", "unknown", "ended (by SIGKILL) and said nothing"),
    ("done_and_dies", "unknown", "ended (exit code 9) and said: out of memory"),
    ("long_line", "unknown", "a line of more than 2,000,000 bytes"),
    ("flood", "unknown", "more than 2,000 messages"),
    ("input_required", "unknown", "more input"),
    ("lies", "unknown", "does not fit its own schema"),
    ("progress", "ok", ""),
    ("refuses", "refused", ""),
]


@pytest.mark.parametrize(("fault", "kind", "why"), ENDS)
async def test_each_fault_ends_the_call_as_what_it_is_and_a_later_one_is_answered(
    fault: str, kind: AnswerKind, why: str, book: Path
) -> None:
    command = Command(book)
    async with command.channel() as channel:
        answer = await look(channel, fault)
        assert answer.kind == kind
        assert why in (answer.why or ""), answer.why
        assert (await look(channel)).kind == "ok"  # after a death it is started again, and waits for that
    assert not command.living


async def test_a_call_that_hangs_is_cancelled_at_the_server_and_holds_up_nobody(book: Path) -> None:
    command = Command(book)
    async with command.channel(patience=3) as channel:
        await look(channel)
        hanging = [asyncio.create_task(look(channel, fault)) for fault in ["hang"] * 4 + ["garbage"]]
        async with asyncio.timeout(2.5):
            good = await asyncio.gather(*(look(channel) for _ in range(20)))
        assert {answer.kind for answer in good} == {"ok"}
        told = await asyncio.gather(*hanging)
        assert {(answer.kind, answer.why) for answer in told} == {("unknown", "It gave no answer in time.")}
        await until(lambda: [words[0] for words in command.noted("asked")].count("notifications/cancelled") == 5)
        assert len(command.noted("began")) == 1


async def test_neighbours_of_a_call_that_kills_the_server_are_told_and_not_cancelled(book: Path) -> None:
    command = Command(book)
    async with command.channel() as channel:
        await look(channel)
        hanging = [asyncio.create_task(look(channel, "hang")) for _ in range(3)]
        await until(lambda: len(command.noted("done")) >= 4 or len(command.noted("asked")) >= 8)
        assert (await look(channel, "dies")).kind == "unknown"
        told = await asyncio.gather(*hanging)
        assert {(answer.kind, answer.why) for answer in told} == {
            ("unknown", "Its process ended (by SIGKILL) and said nothing.")
        }
        assert (await look(channel)).kind == "ok"


async def test_a_server_that_keeps_dying_is_started_again_later_and_later(book: Path) -> None:
    command = Command(book, start="fails")
    async with command.channel() as channel:
        async with asyncio.timeout(5):
            while "started again in" not in (why := (await look(channel)).why or ""):
                assert "Its process ended (exit code 7) and said: cannot read ⟨U+202E⟩/etc/billing.key" in why
        began = time.monotonic()
        answer = await look(channel)
        assert time.monotonic() - began < 0.1
    assert (answer.kind, answer.value) == ("gone", "The system cannot be reached.")
    assert 3 <= len(command.noted("began")) <= 6


async def test_a_server_that_ends_at_a_word_it_does_not_know_is_greeted_the_old_way(book: Path) -> None:
    command = Command(book, OLD, start="only_initialize")
    async with command.channel() as channel:
        assert (await look(channel)).kind == "ok"
        assert (await look(channel, "dies")).kind == "unknown"
        assert (await look(channel)).kind == "ok"
    assert len(command.noted("began")) == 3  # it was asked the wrong way only once


@pytest.mark.parametrize("start", ["greets", "loud"])
async def test_words_where_no_words_belong_do_no_harm(start: str, book: Path) -> None:
    async with Command(book, start=start).channel() as channel:
        assert (await look(channel)).kind == "ok"


async def test_it_is_ended_with_its_children_even_when_it_does_not_want_to(book: Path) -> None:
    command = Command(book, start="stubborn")
    async with command.channel() as channel:
        assert (await look(channel)).kind == "ok"
        assert len(command.living) == 2
        began = time.monotonic()
    assert time.monotonic() - began < 6
    await until(lambda: not command.living)


async def test_without_calls_it_is_ended_and_begins_again_with_the_next(book: Path) -> None:
    command = Command(book)
    async with command.channel(idle=0.2) as channel:
        assert (await look(channel)).kind == "ok"
        await until(lambda: not command.living)
        assert (await look(channel)).kind == "ok"
    assert len(command.noted("began")) == 2


async def test_what_a_server_announces_unasked_harms_nothing(book: Path) -> None:
    async with Command(book, OLD).channel() as channel:
        assert (await look(channel, "announces")).kind == "ok"
        assert (await look(channel)).kind == "ok"


async def test_a_call_that_cannot_even_be_written_ends_in_time(book: Path) -> None:
    command = Command(book, start="deaf")
    async with command.channel(patience=0.5) as channel:
        began = time.monotonic()
        answer = await channel.call("sys", "look", {"note": "x" * 1_000_000}, pin=PINS["look"])
        assert time.monotonic() - began < 0.5 + 5 + 0.5
    assert (answer.kind, answer.why) == ("unknown", "It gave no answer in 5.5 seconds.")
    assert not command.living


async def test_a_long_call_is_not_idle(book: Path) -> None:
    command = Command(book)
    async with command.channel(idle=0.1, patience=2) as channel:
        assert (await look(channel, "hang")).why == "It gave no answer in time."
        assert len(command.living) == 1


async def test_it_sees_what_is_configured_and_nothing_else_of_our_environment(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSIONDESK_SECRETS_KEY", "never")
    async with Command(book).channel(env={"BILLING_KEY": "given"}) as channel:
        answer = await look(channel, "environment")
    seen = json.loads(answer.value["found"])
    assert seen["BILLING_KEY"] == "given"
    assert seen["PATH"] == os.environ["PATH"]
    assert "MISSIONDESK_SECRETS_KEY" not in seen


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (["no-such-server"], "There is no command no-such-server in /"),
        (["/no/such/server"], "There is no command /no/such/server."),
        (["/etc/passwd"], "The command /etc/passwd cannot be started: Permission denied."),
        (["true"], "Its process ended (exit code 0) and said nothing."),
        (["cat"], "It answered"),
    ],
)
async def test_a_command_that_is_no_server_is_told_in_a_sentence(command: list[str], why: str) -> None:
    channel = Channel(command=command, patience=1)
    try:
        with pytest.raises(ConnectionError) as told:
            await channel.definitions()
    finally:
        await channel.close()
    assert why in str(told.value)


async def test_nothing_is_left_when_we_are_killed(book: Path) -> None:
    command = Command(book)
    pid = os.fork()
    if pid == 0:  # a process of its own, as a worker is
        asyncio.run(_call_and_wait(command))
    await until(lambda: len(command.noted("done")) > 0, 20)
    assert command.living
    os.kill(pid, signal.SIGKILL)
    await asyncio.to_thread(os.waitpid, pid, 0)
    await until(lambda: not command.living)


async def _call_and_wait(command: Command) -> None:
    async with command.channel() as channel:
        await look(channel)
        await asyncio.Event().wait()
