"""Worker processes, forked from one warm parent that has loaded everything: to start one takes tens of milliseconds."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psutil

from missiondesk.proving.prove.asked import Broken
from missiondesk.proving.prove.schedule import Stop

_LOOK = 0.02  # seconds
_IDLE, _WORK = 1.5, 0.12  # who works for less than this in that time has nothing to do, but to look for something
_ENOUGH = 1.5  # seconds of work; who has not come by then does not come
_END = 10.0
_WARMED = "missiondesk.proving.prove.warmed"  # loaded after all else


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker is told: `environment` is all that it sees of the world; `log` is the file for its words."""

    environment: Mapping[str, str]
    log: Path
    crash_at: str | None = None
    stop: Stop | None = None
    broken: Broken | None = None


Work = Callable[[Order], None]  # a function of a module's own, so that a forked process finds it by its name


@dataclass(frozen=True, slots=True)
class Hand:
    """One worker process, by its id."""

    process: ForkServerProcess

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    @property
    def alive(self) -> bool:
        return self.process.exitcode is None

    def kill(self) -> bool:
        """SIGKILL. `False`: it was gone already, by itself."""
        lived = self.alive
        self._send(signal.SIGKILL)
        self.process.join(_END)
        return lived or self.process.exitcode == -signal.SIGKILL

    def freeze(self) -> None:
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        self._send(signal.SIGCONT)

    def _send(self, number: signal.Signals) -> None:
        if self.alive:
            with suppress(ProcessLookupError):  # it is gone, and its parent has not told us yet
                os.kill(self.pid, number)

    async def died(self, patience: float) -> bool:
        """Wait for its end, at most so many seconds."""
        return await _until(lambda: not self.alive, patience)

    async def came(self) -> bool:
        """Wait until it died or stands still by itself. `False`: it has nothing to do, or did enough without.

        What it does is measured in the processor's time, and so is what it would do if it were its turn: a busy machine
        changes nothing.
        """
        now = asyncio.get_running_loop().time
        since, worked = now(), 0.0
        while True:
            stands, used = _seen(self.pid)
            if stands or not self.alive:
                return True
            if (wanted := used + _queued(self.pid)) > worked + _WORK:
                since, worked = now(), wanted
            if used > _ENOUGH or now() > since + _IDLE:
                return False
            await asyncio.sleep(_LOOK)


@dataclass
class Herd:
    """All workers of a run. None is left when it is ended."""

    work: Work
    environment: Mapping[str, str]
    home: Path
    broken: Broken | None = None
    hands: list[Hand] = field(default_factory=list[Hand])
    started: int = 0

    def __post_init__(self) -> None:
        self._forks = multiprocessing.get_context("forkserver")

    def start(self, *, crash_at: str | None = None, stop: Stop | None = None) -> Hand:
        """Fork a worker."""
        self.started += 1
        log = self.home / "workers.log"
        order = Order(dict(self.environment), log, crash_at, stop, self.broken)
        process = self._forks.Process(target=self.work, args=(order,), daemon=True)
        process.start()
        hand = Hand(process)
        self.hands = [*(one for one in self.hands if one.alive), hand]
        return hand

    def end(self) -> None:
        """SIGKILL for each, also those that stand still."""
        for hand in self.hands:
            hand.kill()


def warm(work: Work) -> None:
    """Start the parent of all workers, which loads whatever `work` needs before it forks."""
    multiprocessing.get_context("forkserver").set_forkserver_preload([work.__module__, _WARMED])
    forkserver.ensure_running()


def _seen(pid: int) -> tuple[bool, float]:
    """Whether a process stands still, and how many seconds of the processor it has had."""
    try:
        process = psutil.Process(pid)
        with process.oneshot():
            used = process.cpu_times()
            return process.status() == psutil.STATUS_STOPPED, used.user + used.system
    except psutil.NoSuchProcess:
        return True, 0.0


def _queued(pid: int) -> float:
    """How many seconds a process could have worked and had to wait for the processor; 0 where nobody counts that."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except OSError:
        return 0.0


async def _until(true: Callable[[], bool], patience: float) -> bool:
    give_up = asyncio.get_running_loop().time() + patience
    while not true():
        if asyncio.get_running_loop().time() > give_up:
            return False
        await asyncio.sleep(_LOOK)
    return True
