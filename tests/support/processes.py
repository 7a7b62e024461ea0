"""Processes of Missiondesk as an operator starts them, and what can befall one: killed, frozen, gone."""

import importlib
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from missiondesk.cli.demo import company_folder
from tests.support.forks import forked
from tests.support.postgres import Cloned
from tests.support.world import until

PATIENCE = 30.0


class _Started(Protocol):
    """What `subprocess` and `multiprocessing` have in common, by one name each."""

    @property
    def pid(self) -> int: ...

    def status(self) -> int | None: ...

    def wait(self) -> None: ...


class _Command:
    """A command line: a fresh interpreter that loads all it needs, as an operator starts it."""

    def __init__(self, arguments: Sequence[str], environment: dict[str, str], log: Path) -> None:
        code = "from missiondesk.cli import main; main()"
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-c", code, *arguments], env={**os.environ, **environment}, stdout=out, stderr=out
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def status(self) -> int | None:
        return self._process.poll()

    def wait(self) -> None:
        self._process.wait(timeout=10)


class _Fork:
    """The same program in a fork."""

    def __init__(self, arguments: Sequence[str], environment: dict[str, str], log: Path) -> None:
        self._process = forked(_run, ["missiondesk", *arguments], {**os.environ, **environment}, str(log))

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def status(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> None:
        self._process.join(timeout=10)


def _run(arguments: list[str], environment: dict[str, str], log: str) -> None:
    out = os.open(log, os.O_CREAT | os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = arguments
    from missiondesk.cli import main
    from missiondesk.kit import crashpoint

    importlib.reload(crashpoint)  # it was loaded before this environment was known
    logging.getLogger("missiondesk").setLevel("INFO")  # a test waits for what is said there
    main()


class Process:
    """One `missiondesk` process, known by its id."""

    def __init__(self, started: _Started, log: Path) -> None:
        self._started = started
        self._log = log

    @property
    def pid(self) -> int:
        return self._started.pid

    @property
    def alive(self) -> bool:
        return self._started.status() is None

    @property
    def words(self) -> str:
        """What it said on stderr."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """SIGKILL: it can say nothing any more. The second time does nothing."""
        if self.alive:
            os.kill(self.pid, signal.SIGKILL)
        self._started.wait()

    def freeze(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    async def died(self) -> None:
        """Wait until it died by SIGKILL; any other end is an error."""

        async def look() -> int | None:
            return self._started.status()

        status = await until(look, lambda it: it is not None, PATIENCE)
        assert status == -signal.SIGKILL, f"it ended with {status}: {self.words}"


@dataclass
class Crew:
    """Processes over one database. `environment` is what all of them are given."""

    home: Path
    environment: dict[str, str]
    all: list[Process] = field(default_factory=list[Process])

    def worker(self, *, crash_at: str = "", forked: bool = False, **more: str) -> Process:
        """`missiondesk work`. Armed, it dies by SIGKILL where `crash_at` says."""
        return self._hire(["work"], forked, MISSIONDESK_CRASH_AT=crash_at, **more)

    def server(self, port: int, *, crash_at: str = "") -> Process:
        """`missiondesk serve --no-work`: the web alone."""
        return self._hire(["serve", "--no-work"], True, MISSIONDESK_CRASH_AT=crash_at, MISSIONDESK_PORT=str(port))

    def _hire(self, arguments: list[str], forked: bool, **more: str) -> Process:
        log = self.home / f"process-{len(self.all)}.log"
        start = _Fork if forked else _Command
        self.all.append(Process(start(arguments, {**self.environment, **more}, log), log))
        return self.all[-1]


@contextmanager
def hired(database: Cloned, home: Path, **more: str) -> Generator[Crew]:
    """A crew whose processes are all gone afterwards."""
    crew = Crew(
        home,
        {
            "DATABASE_URL": database.url,
            "MISSIONDESK_OWNER_URL": database.owner_url,
            "MISSIONDESK_HOME": str(home),
            "MISSIONDESK_COMPANY": str(company_folder()),
            "MISSIONDESK_TOOL_PATIENCE": "3",
            "MISSIONDESK_DEAD_AFTER": "3",
            **more,
        },
    )
    try:
        yield crew
    finally:
        for process in crew.all:
            process.kill()
