"""The ledger as a process of its own, as any connected system is."""

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from missiondesk.kit.errors import Misconfigured

_END = 10.0  # seconds


@contextmanager
def serving(home: Path) -> Generator[str]:
    """The ledger with its book in `home`, on a free port, while this is entered; its address."""
    command = [sys.executable, "-m", "missiondesk.proving.sandbox.ledger", "--home", str(home), "--while-stdin-open"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise Misconfigured(f"The sandbox's ledger ended before it listened (status {process.wait(_END)}).")
        yield json.loads(line)["url"]
    finally:
        process.terminate()
        process.wait(_END)
        process.communicate()
