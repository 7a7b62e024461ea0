"""Over stdio: a chaos server that is a command before a system that is a command, and what our client makes of it."""

import asyncio
import itertools
import shlex
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from missiondesk.integrations.mcp_client import AnswerKind, Channel
from missiondesk.proving.chaos import Fault, Plan, read_ledger
from tests.support.faulty_channel import Command, look
from tests.support.typed import PROGRAM

FAULTS: dict[Fault, AnswerKind] = {
    "hang": "unknown",
    "cut-before": "unknown",
    "cut-after": "unknown",
    "garbage": "unknown",
    "huge": "unknown",
    "duplicate": "ok",
    "input-required": "unknown",
    "broken-schema": "unknown",
}
SHARES: dict[Fault, float] = dict.fromkeys(FAULTS, 0.125)


def met(seed: int) -> list[Fault | None]:
    """What the first calls get."""
    plan = Plan(seed, SHARES)
    return [one.fault if (one := plan.injection("look", nth)) else None for nth in range(1, len(FAULTS) + 1)]


@asynccontextmanager
async def chaos(system: Command, ledger: Path, *words: str, patience: float) -> AsyncGenerator[Channel]:
    way = system.way
    command = [*PROGRAM, "chaos-server", "--stdio", "--command", shlex.join(way["command"]), "--ledger", str(ledger)]
    channel = Channel(command=[*command, *words], env=way["env"], patience=patience)
    try:
        yield channel
    finally:
        await channel.close()


async def test_every_call_ends_as_the_plan_says_also_when_the_process_ends_in_between(tmp_path: Path) -> None:
    seed = next(seed for seed in itertools.count() if set(met(seed)) == set(FAULTS))
    system, ledger = Command(tmp_path / "book"), tmp_path / "ledger.jsonl"
    shares = [word for fault, share in SHARES.items() for word in ("--fault", f"{fault}={share}")]
    async with chaos(system, ledger, "--seed", str(seed), *shares, patience=4) as channel:
        listing = await channel.definitions()
        assert listing.server == "faulty"
        for fault in met(seed):
            assert fault is not None
            answer = await look(channel)
            assert (fault, answer.kind) == (fault, FAULTS[fault]), answer
    calls = read_ledger(ledger)
    assert [(call.nth, call.injected) for call in calls] == list(enumerate(met(seed), start=1))
    delivered = {call.injected: call.delivered for call in calls}
    assert (delivered["cut-before"], delivered["cut-after"], delivered["duplicate"]) == (0, 1, 2)
    assert sum(call.delivered or 0 for call in calls) == carried_out(system)
    async with asyncio.timeout(5):
        while system.living:  # noqa: ASYNC110  it ends with its input, when a chaos server before it was killed
            await asyncio.sleep(0.01)


def carried_out(system: Command) -> int:
    """By all the processes that there were: each notes all that it did so far, so what counts is the steps up."""
    counts = [len(done) for done in system.noted("done")]
    return sum(max(0, after - before) for before, after in itertools.pairwise([0, *counts]))


async def test_a_definition_drifts_over_stdio_too(tmp_path: Path) -> None:
    system = Command(tmp_path / "book")
    async with chaos(system, tmp_path / "ledger", "--seed", "1", "--fault", "drift=1", patience=10) as channel:
        assert (await look(channel)).kind == "changed"
    assert carried_out(system) == 0


@pytest.mark.parametrize("fault", ["redirect", "server-error"])
async def test_faults_of_http_are_refused(fault: str, tmp_path: Path) -> None:
    words = ("--seed", "1", "--fault", f"{fault}=1")
    async with chaos(Command(tmp_path / "book"), tmp_path / "ledger", *words, patience=10) as channel:
        with pytest.raises(ConnectionError, match=f"{fault} is a fault of HTTP: with --stdio it cannot happen"):
            await channel.definitions()
