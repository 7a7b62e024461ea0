"""The command `missiondesk prove`, run as a program, and what it found."""

import json
import subprocess
import sys
from typing import Any

from missiondesk.proving.prove import WRONG

PATIENCE = 240.0  # seconds for one run, on a busy machine
SEEDS = 4  # at most, one after the other
MUST_BE_0 = WRONG


def proved(*options: str) -> dict[str, Any]:
    """What a run found. Its exit status must say whether the books agree."""
    command = [sys.executable, "-c", "from missiondesk.cli import main; main()", "prove", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == (1 if any(found[name] for name in MUST_BE_0) else 0), done.stderr
    return found


def proved_until(name: str, *options: str, seed: int) -> list[dict[str, Any]]:
    """Runs with one seed after the other until one found some of `name`: on a busy machine a blow may meet nobody."""
    runs: list[dict[str, Any]] = []
    while not runs or (runs[-1][name] == 0 and len(runs) < SEEDS):
        runs.append(proved(*options, "--seed", str(seed + len(runs))))
    return runs
