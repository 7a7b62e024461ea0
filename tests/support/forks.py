"""A program in a fork of a process that has loaded everything: there in a tenth of the time."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(
    ["missiondesk.cli.serving", *(f"missiondesk_demo.systems.{name}" for name in ("serving", "shop", "billing", "crm"))]
)


def forked(target: Callable[..., None], *told: object) -> ForkServerProcess:
    """It runs already, and ends with us."""
    process = _server.Process(target=target, args=told, daemon=True)
    process.start()
    return process


class ForkedCommand:
    """A command line's `main`, its stdin and stdout held by us."""

    def __init__(self, main: Callable[[], None], arguments: Sequence[str]) -> None:
        stdin, self._stdin = _server.Pipe(duplex=False)
        self._stdout, stdout = _server.Pipe(duplex=False)
        with stdin, stdout:
            self._process = forked(_run, main, arguments, stdin, stdout)

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def first_line(self) -> str:
        """Of what it says."""
        with os.fdopen(os.dup(self._stdout.fileno())) as lines:
            return lines.readline()

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Close its stdin, and make sure that this, or what befell it before, is enough to end it."""
        self._stdin.close()
        self._stdout.close()
        self._process.join(timeout=5)
        assert self._process.exitcode is not None
        self._process.close()


def _run(main: Callable[[], None], arguments: Sequence[str], stdin: Connection, stdout: Connection) -> None:
    with stdin, stdout:
        os.dup2(stdin.fileno(), 0)
        os.dup2(stdout.fileno(), 1)
    sys.argv = [main.__module__, *arguments]
    main()
