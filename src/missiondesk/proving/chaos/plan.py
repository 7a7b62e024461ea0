"""The plan: which call goes wrong, and how. Decided by the seed, the tool, and the how-manyth call of that tool it is.

Nothing is drawn from a shared stream of numbers, so calls at the same time change nothing for each other.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from missiondesk.kit.canonical import canonical

Fault = Literal[
    "latency",
    "hang",
    "cut-before",
    "cut-after",
    "garbage",
    "server-error",
    "huge",
    "drip",
    "duplicate",
    "input-required",
    "drift",
    "foreign-record",
    "broken-schema",
    "redirect",
]
FAULTS: tuple[Fault, ...] = get_args(Fault)
OVER_HTTP_ALONE: frozenset[Fault] = frozenset({"server-error", "redirect"})
GENTLE: Mapping[Fault, float] = {
    "latency": 0.08,
    "hang": 0.005,
    "cut-before": 0.02,
    "cut-after": 0.02,
    "garbage": 0.01,
    "server-error": 0.02,
    "huge": 0.002,
    "drip": 0.005,
    "duplicate": 0.01,
    "input-required": 0.01,
    "foreign-record": 0.01,
    "broken-schema": 0.01,
    "redirect": 0.005,
}  # no drift: the tool would be away until somebody reviews it


@dataclass(frozen=True, slots=True)
class Injection:
    """What is done to one call. `deliveries`: how often the wrapped server gets it. `luck`: in [0, 1), how badly."""

    fault: Fault
    deliveries: int
    luck: float


@dataclass(frozen=True, slots=True)
class Plan:
    """`shares`: of 1, by fault. `only`: these tools; `None`: all. `customers`: ids that a foreign record may bear.

    `latency` and `drip` are in seconds: the longest delay, and the time over which an answer trickles in.
    """

    seed: int
    shares: Mapping[Fault, float] = field(default_factory=lambda: GENTLE)
    only: frozenset[str] | None = None
    customers: tuple[str, ...] = ()
    latency: float = 2.0
    drip: float = 30.0

    def injection(self, tool: str, nth: int) -> Injection | None:
        """What happens to the `nth` call of `tool`, counted from 1."""
        if self.only is not None and tool not in self.only:
            return None
        left = self._luck(tool, nth, "fault")
        for fault in FAULTS:
            share = self.shares.get(fault, 0.0)
            if left < share:
                return Injection(fault, self._deliveries(fault, tool, nth), self._luck(tool, nth, "degree"))
            left -= share
        return None

    def _deliveries(self, fault: Fault, tool: str, nth: int) -> int:
        match fault:
            case "cut-before" | "redirect":
                return 0
            case "duplicate":
                return 2
            case "hang" | "server-error":  # whoever sees one of these cannot know
                return 1 if self._luck(tool, nth, "delivered") < 0.5 else 0
            case _:
                return 1

    def _luck(self, tool: str, nth: int, what: str) -> float:
        drawn = hashlib.sha256(canonical([self.seed, tool, nth, what])).digest()
        return (int.from_bytes(drawn[:8], "big") >> 11) / 2**53
