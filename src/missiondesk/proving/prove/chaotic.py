"""The chaos server before the ledger, as a program of its own: payments go wrong on the way, by the run's seed."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from missiondesk.proving.prove.asked import Asked, EffectClass
from missiondesk.proving.sandbox import Served

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
TOOLS: dict[EffectClass, str] = {"keyed": "pay_keyed", "queryable": "pay_queryable", "neither": "pay_once"}


@contextmanager
def unreliable(home: Path, ledger: str, asked: Asked) -> Generator[Served]:
    """The ledger at the address `ledger`, as if the network between were bad."""
    plan = home / "chaos.toml"
    plan.write_text(_plan(asked), encoding="utf-8")
    command = ["-c", _MAIN, "chaos-server", "--url", ledger, "--seed", str(asked.seed), "--plan", str(plan), "--json"]
    chaos = Served(command, "The chaos server")
    chaos.start()
    try:
        yield chaos
    finally:
        chaos.kill()


def _plan(asked: Asked) -> str:
    """Only payments go wrong. A call delivered twice is a fault of the network for a key alone: it cannot be healed."""
    faults = _FAULTS | ({"duplicate": 0.04} if asked.effect_class == "keyed" else {})
    shares = "\n".join(f"{name} = {share}" for name, share in faults.items())
    return f'only = ["{TOOLS[asked.effect_class]}"]\nlatency = {_LATENCY}\n\n[faults]\n{shares}\n'
