"""Times and their spread: seconds inside, milliseconds for people."""

import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any


async def timed(do: Callable[[], Awaitable[Any]]) -> float:
    """Seconds."""
    began = time.perf_counter()
    await do()
    return time.perf_counter() - began


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def ms(seconds: float) -> float:
    return round(seconds * 1000, 2)


def p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[-1]
