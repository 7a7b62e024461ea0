"""Judging one mission by three books: what the ledger holds, what we recorded, what the trace tells. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from missiondesk.proving.prove.asked import EffectClass
from missiondesk.proving.prove.schedule import Story
from missiondesk.proving.sandbox import Payment

SETTLED = frozenset({"done", "failed", "stale", "skipped", "unknown"})
_ONCE = ("intent", "done", "failed", "stale", "skipped")


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant as the database holds it, with what became of it; `state` is `None` for an effect that never began.

    `approved`: enough people said yes to the very digest of the proposal. `revision`: the account's, as it was read for
    the proposal. `told`: how often the trace tells of each state of its effect. `key`: its idempotency key. `follows`:
    the grants of the same proposal that run before it. `proved`: what was read back. `hasty`: a person was asked while
    an answer could still come.
    """

    id: str
    digest: str
    sealed: str
    arguments: Mapping[str, Any]
    approved: bool
    revision: int
    key: str
    state: str | None
    told: Counter[str]
    follows: Sequence[str] = ()
    proved: bool | None = True
    hasty: bool = False

    @property
    def account(self) -> str:
        return self.arguments["account_id"]


@dataclass(frozen=True, slots=True)
class Mission:
    """What we know of one mission. `ended`: it is done, or waits for a person. `whole`: its trace verifies, and tells
    its end and what the customer was told at most once."""

    ended: bool
    done: bool
    handed_off: bool
    whole: bool
    grants: Sequence[Granted]


@dataclass(frozen=True, slots=True)
class Outside:
    """What the ledger knows of a mission's accounts: payments, and the account of each call to pay."""

    payments: Sequence[Payment]
    called: Sequence[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Counts of one mission, or of all. `strange`: it went to a person, and its story does not say why."""

    effects: int = 0
    doubled: int = 0
    lost: int = 0
    parked: int = 0
    handed_off: int = 0
    strange: int = 0
    hasty: int = 0
    unapproved: int = 0
    trace_broken: int = 0
    stuck: int = 0


def judged(mission: Mission, outside: Outside, story: Story) -> Verdict:
    """Compare the books of one mission, whose payments go to accounts of its own."""
    parked = sum(one.told["unknown"] > 0 for one in mission.grants)
    left = mission.handed_off or any(one.state == "stale" for one in mission.grants)
    accounts = {one.account for one in mission.grants} | {one.account_id for one in outside.payments}
    return Verdict(
        effects=sum(one.state in SETTLED for one in mission.grants),
        doubled=sum(_doubled(mission, outside, account, story.effect_class) for account in accounts),
        lost=sum(_lost(mission, outside, account, story) for account in accounts),
        parked=parked,
        handed_off=int(mission.handed_off),
        strange=int(left and story.twist is None and not parked),
        hasty=sum(one.hasty for one in mission.grants),
        unapproved=sum(not _is_allowed(mission, it, story.effect_class) for it in outside.payments),
        trace_broken=int(not mission.whole or not _is_told(mission, outside)),
        stuck=int(not mission.ended),
    )


def all_of(found: Iterable[Verdict]) -> Verdict:
    """The sum."""
    rows = list(found)
    return Verdict(*(sum(getattr(one, name) for one in rows) for name in Verdict.__slots__))


def _doubled(mission: Mission, outside: Outside, account: str, effect_class: EffectClass) -> int:
    """Payments too many; where no key makes it safe, also calls too many, whether or not they were carried out."""
    grants = [one for one in mission.grants if one.account == account]
    paid = sum(one.account_id == account for one in outside.payments)
    too_many = max(paid - 1, 0)
    if effect_class == "keyed":
        return too_many
    told = sum(max(one.told["sent"] - one.told["put_off"] - 1, 0) for one in grants)
    return max(too_many, told, outside.called.count(account) - sum(one.told["sent"] > 0 for one in grants))


def _lost(mission: Mission, outside: Outside, account: str, story: Story) -> int:
    """Said to be done and not paid; paid, and neither said to be done nor asked about; approved and forgotten."""
    grants = [one for one in mission.grants if one.account == account]
    states = Counter(one.state for one in grants)
    paid = sum(one.account_id == account for one in outside.payments)
    honest = sum(one.state == "done" and one.proved is False for one in grants) if story.twist == "unpaid" else 0
    said = max(states["done"] - honest - paid, 0)
    unsaid = int(paid > 0 and not states["done"] and not states["unknown"])
    forgotten = states[None] if mission.done else 0
    return said + unsaid + forgotten


def _is_allowed(mission: Mission, payment: Payment, effect_class: EffectClass) -> bool:
    """Whether a grant is good for it, and what the proposal does before it was done."""
    done = {one.id for one in mission.grants if one.state == "done"}
    return any(_allows(one, payment, effect_class) and done.issuperset(one.follows) for one in mission.grants)


def _allows(one: Granted, payment: Payment, effect_class: EffectClass) -> bool:
    """Whether this grant is good for this payment: approved, whole, these arguments, this key, facts as they were."""
    return (
        one.approved
        and sha256(one.sealed.encode()).hexdigest() == one.digest
        and dict(one.arguments) == dict(payment.arguments)
        and (effect_class != "keyed" or payment.key == one.key)
        and one.revision == payment.revision
    )


def _is_told(mission: Mission, outside: Outside) -> bool:
    """The trace tells of each effect's state, once, and of its intent before; and of each payment that it was sent."""
    sent = {one.account for one in mission.grants if one.told["sent"]}
    return sent.issuperset(one.account_id for one in outside.payments) and all(map(_end_is_told, mission.grants))


def _end_is_told(one: Granted) -> bool:
    if one.state is None or one.state not in SETTLED:
        return True
    begun = one.state == "skipped" or (one.told["intent"] == 1 and (one.state != "done" or one.told["sent"] > 0))
    return begun and one.told[one.state] > 0 and all(one.told[state] <= 1 for state in _ONCE)
