"""`missiondesk chaos-server` as somebody starts it: an address, other faults without a restart, and an end."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from missiondesk.integrations.mcp_client import Channel
from missiondesk.kit.errors import Misconfigured
from missiondesk.proving.chaos import listening, read_ledger
from tests.proving.chaos_before import HERE
from tests.support.faulty_channel import ROOT, Command, look
from tests.support.tickets import tickets
from tests.support.typed import PROGRAM, in_this_process

TICKET = {"customer_id": "c-1", "ticket_id": "t-1"}


@contextmanager
def started(*words: str, end: int = 0) -> Generator[subprocess.Popen[str]]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [*PROGRAM, "chaos-server", "--json", *words]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        _, said = process.communicate(timeout=20)
    assert (process.returncode, "Traceback" in said) == (end, False), said


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())["url"]


async def test_a_plan_is_read_again_on_sighup_and_a_bad_one_changes_nothing(tmp_path: Path) -> None:
    plan, ledger = tmp_path / "plan.toml", tmp_path / "ledger.jsonl"
    plan.write_text("[faults]\n")
    words = ("--seed", "1", "--plan", str(plan), "--ledger", str(ledger))
    with tickets() as system, started("--url", system.url, *words) as process:
        channel = Channel(url=address(process), allow_private=HERE)
        listing = await channel.definitions()
        pin = listing.tools["close_ticket"].pin("sys", listing.server)

        async def kind(text: str, said: str) -> str:
            plan.write_text(text)
            process.send_signal(signal.SIGHUP)
            assert process.stderr is not None
            assert said in process.stderr.readline()
            return (await channel.call("sys", "close_ticket", TICKET, pin=pin)).kind

        assert await kind("[faults]\ncut-after = 1\n", "The plan was read again: seed 1, cut-after 1.") == "unknown"
        assert await kind("[faults]\nhnag = 1\n", "Did you mean hang? The plan before it stays.") == "unknown"
        assert await kind("[faults]\n", "The plan was read again: seed 1, no faults.") == "ok"
        await channel.close()
    assert [call.injected for call in read_ledger(ledger)] == ["cut-after", "cut-after", None]


async def test_a_command_is_wrapped_and_ends_with_it(tmp_path: Path) -> None:
    system = Command(tmp_path / "book")
    command = f"{sys.executable} -m tests.support.faulty_stdio '{system.book}'"
    with started("--command", command, "--seed", "1", "--fault", "duplicate=1") as process:
        channel = Channel(url=address(process), allow_private=HERE)
        assert (await look(channel)).kind == "ok"
        assert system.noted("done")[-1] == ["", ""]
        assert (await look(channel, "dies")).kind == "unknown"
        assert (await look(channel)).kind == "ok"  # it was started again
        await channel.close()
    async with asyncio.timeout(5):
        while system.living:  # noqa: ASYNC110  its processes end after it
            await asyncio.sleep(0.01)


GONE = "http://127.0.0.1:9/mcp"
WRONG = [
    (("--url", GONE), 2, "Missing option '--seed'"),
    (("--seed", "1"), 1, "Say which server to wrap: either --url or --command."),
    (("--seed", "1", "--url", GONE, "--command", "cat"), 1, "either --url or --command."),
    (("--seed", "1", "--url", "localhost:9"), 1, "it must begin with http:// or https://."),
    (("--seed", "1", "--url", GONE), 1, f"The wrapped server at {GONE} cannot be reached. "),
    (("--seed", "1", "--command", "no-such-command x"), 1, "There is no command no-such-command."),
    (("--seed", "1", "--command", "true"), 1, "The wrapped server `true` cannot be reached. "),
    (("--seed", "1", "--command", "'"), 1, "The command cannot be read: No closing quotation."),
    (("--seed", "1", "--url", GONE, "--fault", "hnag=1"), 1, "There is no fault 'hnag'. Did you mean hang?"),
    (("--seed", "1", "--url", GONE, "--fault", "hang=2"), 1, "The share of hang must be 0 to 1, not 2."),
    (("--seed", "1", "--url", GONE, "--stdio", "--json"), 1, "With --stdio there is no address"),
    (("--seed", "1", "--url", GONE, "--plan", "p", "--fault", "hang=1"), 1, "leave out --fault and --only."),
    (("--seed", "1", "--url", GONE, "--header", "Authorization"), 1, "Write a header like Authorization=$TOKEN."),
    (("--seed", "1", "--url", GONE, "--header", "A=Bearer $NO_TOKEN"), 1, "$NO_TOKEN has no value"),
]


@pytest.mark.parametrize(("words", "status", "sentence"), WRONG)
def test_what_is_wrong_is_one_sentence(words: tuple[str, ...], status: int, sentence: str) -> None:
    told = in_this_process(("chaos-server", *words), {"COLUMNS": "200"})
    assert (told.status, "Traceback" in told.text) == (status, False), told.text
    assert sentence in told.text


@pytest.mark.parametrize("port", [70_000, -1])
def test_a_port_that_cannot_be_is_told(port: int) -> None:
    with pytest.raises(Misconfigured, match=f"Port {port} cannot be used: there are ports 0 to 65535. Choose another"):
        listening(port)


def test_a_port_that_is_taken_is_told() -> None:
    with (
        listening(0) as taken,
        pytest.raises(
            Misconfigured, match=r"cannot be used: Address already in use\. Choose another --port, or none\."
        ),
    ):
        listening(taken.getsockname()[1])
