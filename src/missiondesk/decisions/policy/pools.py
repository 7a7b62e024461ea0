"""A pool: how much may go by itself in a time, such as `goodwill/customer/30d 10.00 EUR`."""

import re
from dataclasses import dataclass
from typing import Literal, cast

from missiondesk.decisions.policy.conditions import money
from missiondesk.kit.money import Money

Scope = Literal["all", "customer", "brief"]
_SHAPE = re.compile(r"([a-z][a-z0-9_-]*)(?:/(customer|brief))?/(?:(day)|(\d{1,3})d)\s+(.+)")


@dataclass(frozen=True, slots=True)
class Pool:
    """`cap` is in minor units of `currency`; without one it is a number of actions. `days`: today and those before."""

    name: str
    scope: Scope
    days: int
    cap: int
    currency: str | None

    @property
    def label(self) -> str:
        """`goodwill/customer/30d EUR`: what is counted together."""
        scope = "" if self.scope == "all" else f"/{self.scope}"
        return f"{self.name}{scope}/{'day' if self.days == 1 else f'{self.days}d'} {self.currency or 'actions'}"

    def __str__(self) -> str:
        return f"{self.label}: {Money(self.cap, self.currency) if self.currency else self.cap}"


@dataclass(frozen=True, slots=True)
class Reservation:
    """What the action at `position` takes from `pool`: its label, and whose it is."""

    pool: str
    days: int
    cap: int
    amount: int
    position: int


def parse_pool(text: object) -> Pool:
    """`NAME/day CAP`, `NAME/customer/30d CAP` or `NAME/brief/day CAP`. Raises `ValueError`."""
    match = _SHAPE.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ValueError(
            f'{text!r} cannot be read: write it as "goodwill/day 100.00 EUR" or "goodwill/customer/30d 3".'
        )
    name, scope, day, days, cap = match.groups()
    shared = cast("Scope", scope or "all")
    if cap.startswith("-"):
        raise ValueError(f"the cap {cap} is below zero: 0 lets nothing go by itself.")
    counted = cap.isdecimal()
    found = None if counted else money(cap)
    length = 1 if day else int(days)
    if not 1 <= length <= 366:
        raise ValueError(f"{length}d is no time for a pool: 1 to 366 days.")
    return Pool(name, shared, length, int(cap) if found is None else found.minor, found and found.currency)
