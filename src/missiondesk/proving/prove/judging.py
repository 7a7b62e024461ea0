"""Judging one mission by three books: what the ledger holds, what we recorded, what the trace tells. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from missiondesk.proving.prove.asked import EffectClass
from missiondesk.proving.sandbox import Payment

SETTLED = frozenset({"done", "failed", "stale", "skipped", "unknown"})


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant as the database holds it, with what became of it; `state` is `None` for an effect that never began.

    `approved`: somebody said yes to the very digest of the proposal. `revision`: the account's, as it was read for the
    proposal. `told`: how often the trace tells of each state of its effect. `key`: its idempotency key.
    """

    digest: str
    sealed: str
    arguments: Mapping[str, Any]
    approved: bool
    revision: int
    key: str
    state: str | None
    told: Counter[str]


@dataclass(frozen=True, slots=True)
class Mission:
    """What we know of one mission. `ended`: it is done, or waits for a person. `whole`: its trace verifies."""

    ended: bool
    done: bool
    handed_off: bool
    whole: bool
    grants: Sequence[Granted]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Counts of one mission, or of all."""

    effects: int = 0
    doubled: int = 0
    lost: int = 0
    parked: int = 0
    handed_off: int = 0
    unapproved: int = 0
    trace_broken: int = 0
    stuck: int = 0


def judged(mission: Mission, payments: Sequence[Payment], effect_class: EffectClass) -> Verdict:
    """Compare the books of one mission, whose payments go to an account of its own."""
    states = Counter(one.state for one in mission.grants)
    paid = len(payments)
    return Verdict(
        effects=sum(one.state in SETTLED for one in mission.grants),
        doubled=max(paid - 1, 0),
        lost=_lost(mission, states, paid),
        parked=states["unknown"],
        handed_off=int(mission.handed_off),
        unapproved=sum(not any(_allows(one, it, effect_class) for one in mission.grants) for it in payments),
        trace_broken=int(not mission.whole or any(not _is_told(one) for one in mission.grants)),
        stuck=int(not mission.ended),
    )


def all_of(found: Iterable[Verdict]) -> Verdict:
    """The sum."""
    rows = list(found)
    return Verdict(*(sum(getattr(one, name) for one in rows) for name in Verdict.__slots__))


def _lost(mission: Mission, states: Counter[str | None], paid: int) -> int:
    """Said to be done and not paid; paid, and neither said to be done nor asked about; approved and forgotten."""
    said = max(states["done"] - paid, 0)
    unsaid = int(paid > 0 and not states["done"] and not states["unknown"])
    forgotten = states[None] if mission.done else 0
    return said + unsaid + forgotten


def _allows(one: Granted, payment: Payment, effect_class: EffectClass) -> bool:
    """Whether this grant is good for this payment: approved, whole, these arguments, this key, facts as they were."""
    return (
        one.approved
        and sha256(one.sealed.encode()).hexdigest() == one.digest
        and dict(one.arguments) == dict(payment.arguments)
        and (effect_class != "keyed" or payment.key == one.key)
        and one.revision == payment.revision
    )


def _is_told(one: Granted) -> bool:
    """The trace tells of the effect's state, once, and of its intent before."""
    if one.state is None or one.state not in SETTLED:
        return True
    return one.told[one.state] == 1 and one.told["intent"] <= 1
