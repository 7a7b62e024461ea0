"""One line per step: what happens now, and how long it took. A step's own output is shown only if it fails."""

import subprocess
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import get_terminal_size
from time import monotonic

KEPT_FOR_THE_ERROR = 60  # lines
CLEAR_TO_END = "\x1b[K"


class StepFailed(Exception):
    """A step of setting up did not work; its last lines have been shown."""


def step(title: str, command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Run `command`, showing `title`, then the seconds it took. Raises `StepFailed`."""
    began = monotonic()
    print(f"  {title} …", end="", flush=True)
    last_lines: deque[str] = deque(maxlen=KEPT_FOR_THE_ERROR)
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            last_lines.append(line)
            _show(title, line)
    _clear(title)
    if running.returncode != 0:
        print(" failed", flush=True)
        sys.stderr.write("".join(last_lines))
        raise StepFailed(f"{title}: `{' '.join(map(str, command))}` ended with status {running.returncode}.")
    print(f" {monotonic() - began:.0f} s", flush=True)


def _show(title: str, line: str) -> None:
    if sys.stdout.isatty():
        room = max(0, get_terminal_size().columns - len(title) - 6)  # a line that wraps could not be cleared
        print(f"\r  {title} … {line.strip()[:room]}{CLEAR_TO_END}", end="", flush=True)


def _clear(title: str) -> None:
    if sys.stdout.isatty():
        print(f"\r  {title} …{CLEAR_TO_END}", end="", flush=True)
