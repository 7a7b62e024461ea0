"""`make bench`: run every measure, show it, and print one JSON object."""

import asyncio
import json
import subprocess
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.connections import concurrent_reads, gated_read, idle_memory, many_tools
from bench.effects import approval_to_sent
from bench.policy import policy_replay
from bench.queue import queue

MEASURES = {
    "gated_read": gated_read,
    "approval_to_sent": approval_to_sent,
    "concurrent_reads": concurrent_reads,
    "many_tools": many_tools,
    "idle_memory": idle_memory,
    "policy_replay": policy_replay,
    "queue": queue,
}


def main(names: list[str]) -> None:
    console, found = Console(stderr=True), dict[str, Any]()
    for name in names or MEASURES:
        with console.status(f"{name} …"):
            found[name] = asyncio.run(MEASURES[name]()) if len(names) == 1 else apart(name)
    table = Table("measure", "value", "what")
    for name, values in found.items():
        for what, value in values.items():
            table.add_row(name, str(value), what.replace("_", " "))
    console.print(table)
    print(json.dumps(found))


def apart(name: str) -> Any:
    """One measure in a process of its own: what another one left in memory would be counted as nothing."""
    done = subprocess.run([sys.executable, "-m", "bench", name], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)[name]


if __name__ == "__main__":
    main(sys.argv[1:])
