"""The chaos server before the ledger, as a program of its own: payments go wrong on the way, by the run's seed."""

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from missiondesk.kit.errors import Misconfigured
from missiondesk.proving.prove.asked import Asked

_END = 10.0  # seconds
_MAIN = "from missiondesk.cli import main; main()"
_FAULTS = {
    "latency": 0.06,
    "cut-before": 0.03,
    "cut-after": 0.04,
    "garbage": 0.02,
    "server-error": 0.02,
    "broken-schema": 0.02,
    "hang": 0.005,
}
_LATENCY = 0.5  # seconds, the longest
_TOOLS = {"keyed": "pay_keyed", "queryable": "pay_queryable", "neither": "pay_once"}


@contextmanager
def unreliable(home: Path, ledger: str, asked: Asked) -> Generator[str]:
    """The ledger at the address `ledger`, as if the network between were bad; the address of that."""
    plan = home / "chaos.toml"
    plan.write_text(_plan(asked), encoding="utf-8")
    command = ["chaos-server", "--url", ledger, "--seed", str(asked.seed), "--plan", str(plan), "--json"]
    process = subprocess.Popen(
        [sys.executable, "-c", _MAIN, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,  # Ctrl-C reaches us alone, and we end it in order
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise Misconfigured(f"The chaos server ended before it listened (status {process.wait(_END)}).")
        yield json.loads(line)["url"]
    finally:
        process.kill()
        process.communicate(timeout=_END)


def _plan(asked: Asked) -> str:
    """Only payments go wrong. A call delivered twice is a fault of the network for a key alone: it cannot be healed."""
    faults = _FAULTS | ({"duplicate": 0.04} if asked.effect_class == "keyed" else {})
    shares = "\n".join(f"{name} = {share}" for name, share in faults.items())
    return f'only = ["{_TOOLS[asked.effect_class]}"]\nlatency = {_LATENCY}\n\n[faults]\n{shares}\n'
