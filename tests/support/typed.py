"""What somebody types at a terminal, and what they read: as a process of its own, or, quicker, in this one."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from typer.testing import CliRunner

from missiondesk.cli import main
from missiondesk.cli.client import console

PROGRAM = (sys.executable, "-c", "from missiondesk.cli import main; main()")
PATIENCE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Printed:
    """`text`: what was printed, errors last."""

    status: int
    text: str


def as_process(words: tuple[str, ...], environ: Mapping[str, str], said: str = "") -> Printed:
    """`missiondesk …` as it is started by a shell."""
    run = subprocess.run(
        [*PROGRAM, *words], env=environ, input=said, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return Printed(run.returncode, run.stdout + run.stderr)


def in_this_process(words: tuple[str, ...], environ: Mapping[str, str], said: str = "") -> Printed:
    """The same without the second that a process takes to load. In a thread of its own: it runs an event loop."""
    status = 0
    console.width = int(environ.get("COLUMNS", "80"))  # it was read when the module was loaded, for whoever was first
    with CliRunner().isolation(said, environ) as (out, errors, _):
        try:
            main(words)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        return Printed(status, (out.getvalue() + errors.getvalue()).decode())
