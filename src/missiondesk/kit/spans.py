"""Spans of time as people write them in files: `10m`, `2h`, `1d`."""

import re
from datetime import timedelta

_SECONDS = {"m": 60, "h": 3_600, "d": 86_400}


def seconds(text: object) -> int:
    """`10m`, `2h` or `1d` in seconds. Raises `ValueError`."""
    match = re.fullmatch(r"(\d{1,6})([mhd])", text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{text!r} is no time: write it as 10m, 2h or 1d.")
    return int(match[1]) * _SECONDS[match[2]]


def in_words(time: timedelta) -> str:
    """`25 minutes`, in the largest unit of which there are two, or exactly one."""
    whole = round(time.total_seconds())
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        if whole >= 2 * length or whole == length:
            count = whole // length
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "0 seconds"
