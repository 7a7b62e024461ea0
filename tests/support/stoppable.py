"""One of Northwind's systems as a process of a test's own, that can be killed and started again at the same address."""

import socket
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from missiondesk_demo.systems import System
from tests.demo.northwind import Forked, start_fork


class Stoppable:
    """It runs from the beginning; its book is the file in `home`, whoever else serves it."""

    def __init__(self, system: System, home: Path) -> None:
        self._system: System = system
        self._home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._started: Forked | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/mcp"

    def start(self) -> None:
        assert self._started is None, "it runs already"
        self._started = start_fork(self._system, self._home, "--port", str(self._port))
        assert self._started.url == self.url

    def kill(self) -> None:
        """SIGKILL, by its id; nothing if it does not run."""
        if self._started is not None:
            self._started.process.kill()
            self._started.end()
            self._started = None


@contextmanager
def stoppable(system: System, home: Path) -> Generator[Stoppable]:
    one = Stoppable(system, home)
    try:
        yield one
    finally:
        one.kill()
