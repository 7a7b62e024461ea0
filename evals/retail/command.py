"""The command of an exam: one JSON object on stdout, progress on stderr. Exit 1 if a task is not as it must be."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from evals.retail.holding import held
from evals.retail.installation import ExamFailed
from evals.retail.reckoning import reckoned
from evals.retail.system import System, Task
from evals.retail.thresholds import POLICY


def main(system: System, tasks: Callable[[], Mapping[str, Task]], missing: str | None) -> int:
    """Hold the exam. `missing`: why it cannot be held; then it is skipped, with exit 0."""
    asked = _arguments(system)
    if missing is None and system.installed is None:
        missing = f"{system.program} is not installed (the package {system.package})"
    if missing is not None:
        _print({"exam": system.id, "skipped": missing}, short=asked.json)
        return 0
    there = tasks()
    names = list(there) if asked.tasks is None else asked.tasks.split(",")
    rejected = names if asked.reject == "all" else asked.reject.split(",")
    if unknown := [name for name in names if name not in there]:
        sys.stderr.write(f"There is no task {', '.join(unknown)}.\n")
        return 2
    began = time.monotonic()
    say = _silence if asked.json else _say
    policy = POLICY if asked.thresholds else None
    try:
        played = asyncio.run(held(system, [there[name] for name in names], rejected, say, policy))
    except ExamFailed as failed:
        sys.stderr.write(f"{failed}\n")
        return 1
    found = reckoned(system, played, seconds=time.monotonic() - began, thresholds=asked.thresholds)
    _print(found, short=asked.json)
    return 1 if found["differs"] else 0


def _arguments(system: System) -> Any:
    parser = argparse.ArgumentParser(description=f"The exam {system.id}: {__doc__}")
    parser.add_argument("--tasks", help="some tasks by their names, with commas between; all by default")
    parser.add_argument(
        "--reject", nargs="?", const="all", default="", help="reject what is proposed, in all tasks or these"
    )
    parser.add_argument(
        "--thresholds", action="store_true", help="under a policy by which some goes by itself and some needs two"
    )
    parser.add_argument("--json", action="store_true", help="the object on one line, and no progress")
    return parser.parse_args()


def _print(found: Mapping[str, Any], *, short: bool) -> None:
    sys.stdout.write(json.dumps(found, indent=None if short else 1, ensure_ascii=False) + "\n")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _silence(line: str) -> None:
    pass
