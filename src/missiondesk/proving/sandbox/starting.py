"""The ledger as a process of its own, as any connected system is."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from missiondesk.kit.errors import Misconfigured

_END = 10.0  # seconds


@dataclass
class Served:
    """A server program that says its address when it listens; it ends when its stdin does."""

    command: list[str]
    name: str
    url: str = ""
    process: subprocess.Popen[str] = field(init=False)

    def start(self) -> None:
        """Wait until it listens: on a free port first, and ever after on that one.

        Raises `Misconfigured` with its last words.
        """
        port = ["--port", str(urlsplit(self.url).port)] if self.url else []
        with tempfile.TemporaryFile("w+") as words:
            self.process = subprocess.Popen(
                [sys.executable, *self.command, *port],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                text=True,
                start_new_session=True,  # Ctrl-C reaches us alone, and we end it in order
            )
            assert self.process.stdout is not None
            if line := self.process.stdout.readline():
                self.url = json.loads(line)["url"]
                return
            status = self.process.wait(_END)
            words.seek(0)
            said = words.read().strip().splitlines() or ["It said nothing."]
        raise Misconfigured(f"{self.name} ended before it listened (status {status}): {said[-1]}")

    def kill(self) -> None:
        """SIGKILL, whatever it is doing."""
        self.process.kill()
        self.process.communicate(timeout=_END)

    def again(self) -> None:
        """SIGKILL, and start it anew where it was."""
        self.kill()
        self.start()


@contextmanager
def served(home: Path, *, odd: float = 0.0) -> Generator[Served]:
    """The ledger with its book in `home`, while this is entered. `odd`: share of payments refused though made."""
    command = ["-m", "missiondesk.proving.sandbox.ledger", "--home", str(home), "--while-stdin-open", "--odd", str(odd)]
    ledger = Served(command, "The sandbox's ledger")
    ledger.start()
    try:
        yield ledger
    finally:
        ledger.kill()


@contextmanager
def serving(home: Path) -> Generator[str]:
    """Its address alone."""
    with served(home) as ledger:
        yield ledger.url
