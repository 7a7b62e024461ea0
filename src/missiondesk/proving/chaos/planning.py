"""Plans as people write them: `--fault hang=0.05`, or a file. What cannot be is one sentence."""

import math
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.files import read_toml
from missiondesk.kit.text import visible
from missiondesk.proving.chaos.plan import FAULTS, GENTLE, OVER_HTTP_ALONE, Fault, Plan


class PlanFile(BaseModel):
    """The file of `--plan`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    faults: dict[str, float]
    only: list[str] | None = None
    customers: list[str] = []
    latency: float = Field(2.0, ge=0, le=3600)
    drip: float = Field(30.0, ge=0, le=3600)


def planned(seed: int, *, faults: Iterable[str] = (), only: Iterable[str] = (), over_http: bool = True) -> Plan:
    """From what was typed; without a fault the gentle mix. Raises `Misconfigured`."""
    typed, tools = list(faults), frozenset(only)
    if typed:
        return Plan(seed, _possible(shares_of(typed), over_http=over_http), tools or None)
    gentle: dict[Fault, float] = {
        fault: share for fault, share in GENTLE.items() if over_http or fault not in OVER_HTTP_ALONE
    }
    return Plan(seed, gentle, tools or None)


def read_plan(path: Path, seed: int, *, over_http: bool = True) -> Plan:
    """From a file. Raises `Misconfigured`, which names it."""
    told = read_toml(path, PlanFile)
    try:
        shares = _possible(_checked(told.faults), over_http=over_http)
    except Misconfigured as problem:
        raise Misconfigured(f"{path}: {problem}") from None
    only = frozenset(told.only) if told.only is not None else None
    return Plan(seed, shares, only, tuple(told.customers), told.latency, told.drip)


def shares_of(typed: Iterable[str]) -> dict[Fault, float]:
    """From `NAME=SHARE` each. Raises `Misconfigured`."""
    named: dict[str, float] = {}
    for one in typed:
        name, equals, share = one.partition("=")
        if not equals:
            raise Misconfigured(f"{visible(one)!r} is no fault with its share: write it like hang=0.05.")
        if name in named:
            raise Misconfigured(f"{visible(name)} is named twice. Say its share once.")
        named[name] = _number(name, share)
    return _checked(named)


def _number(name: str, share: str) -> float:
    try:
        return float(share)
    except ValueError:
        raise Misconfigured(f"The share of {visible(name)} must be 0 to 1, not {visible(share)!r}.") from None


def _checked(named: Mapping[str, float]) -> dict[Fault, float]:
    shares: dict[Fault, float] = {}
    for name, share in named.items():
        fault = _fault(name)
        if not 0 <= share <= 1:  # not a number is neither
            raise Misconfigured(f"The share of {fault} must be 0 to 1, not {share:g}.")
        shares[fault] = share
    if (total := math.fsum(shares.values())) > 1 + 1e-9:
        raise Misconfigured(f"All shares together must be at most 1, and are {total:g}: one call gets one fault.")
    return shares


def _fault(name: str) -> Fault:
    for fault in FAULTS:
        if fault == name:
            return fault
    near = get_close_matches(name.lower().replace("_", "-"), FAULTS, 1)
    meant = f"Did you mean {near[0]}?" if near else f"There are {', '.join(FAULTS)}."
    raise Misconfigured(f"There is no fault {visible(name)!r}. {meant}")


def _possible(shares: Mapping[Fault, float], *, over_http: bool) -> Mapping[Fault, float]:
    for fault in shares:
        if fault in OVER_HTTP_ALONE and not over_http:
            raise Misconfigured(f"{fault} is a fault of HTTP: with --stdio it cannot happen. Take it out.")
    return shares
