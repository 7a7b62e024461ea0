"""Many like proposals approved at once: all are checked first, and if one does not fit, nothing is decided.

Afterwards each runs for itself, with its own grants, its own last look before sending, and its own result.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any

from missiondesk.decisions import (
    Changed,
    NotAsApproved,
    Proposal,
    check_intact,
    decisions_by_proposal,
    hands_in,
    may_decide,
    opened,
    proposals_by_id,
)
from missiondesk.ids import ProposalId, random_id
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.kit.money import Money
from missiondesk.missions.deciding import PolicyForbids, WhileFrozen, asked_today, by_whom, decide
from missiondesk.missions.parts import Parts
from missiondesk.people import Staff

LARGEST = 200
_ENOUGH, _FAR = 4, 3  # of so many, one that is more than so many times the middle one stands out


@dataclass(frozen=True, slots=True)
class Seen:
    """One proposal, and its digest as it was shown."""

    id: ProposalId
    digest: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one of them cannot be approved with the rest."""

    id: ProposalId
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What approving them would come to; `sums` by currency. It can be done if there are no problems and outliers."""

    items: int
    sums: Sequence[Money]
    outliers: Sequence[Problem] = field(default=())
    problems: Sequence[Problem] = field(default=())


class DoesNotFit(Refused):
    """Not all of them can be approved together, so nothing was decided."""

    def __init__(self, batch: Batch) -> None:
        first = (*batch.problems, *batch.outliers)[0]
        super().__init__(f"{DoesNotFit.__doc__} {first.title}: {first.why}")
        self.batch = batch


async def look_at(tx: Transaction, parts: Parts, items: Sequence[Seen], *, by: Staff) -> Batch:
    """What speaks against approving them together. Raises `Invalid` for none, too many, or one named twice."""
    if not items or len(items) > LARGEST:
        raise Invalid(f"A batch has 1 to {LARGEST} proposals, not {len(items)}.")
    if twice := [one for one, times in Counter(one.id for one in items).items() if times > 1]:
        raise Invalid(f"{twice[0]} is named twice.")
    ids = [one.id for one in items]
    found, made = await proposals_by_id(tx, ids), await decisions_by_proposal(tx, ids)
    there = [found[one] for one in ids if one in found]
    problems = [Problem(one, one, "There is no such proposal.") for one in ids if one not in found]
    kind = Counter(_kind(one) for one in there).most_common(1)[0][0] if there else None
    seen, policy = {one.id: one.digest for one in items}, await parts.policy.now(tx)
    for one in there:
        why = _alone(one, seen[one.id]) or (None if _kind(one) == kind else "It is of another kind than the rest.")
        if why is None:
            try:
                needs = await asked_today(tx, policy, one, "approve")
                why = may_decide(one, needs, by, made[one.id], "approve", await hands_in(tx, one))
            except (NotAsApproved, PolicyForbids, WhileFrozen) as refused:
                why = str(refused)
        if why is not None:
            problems.append(Problem(one.id, one.proposed.title, why))
    return Batch(len(items), _sums(there), _outliers(there), problems)


async def approve_all(
    tx: Transaction,
    parts: Parts,
    items: Sequence[Seen],
    *,
    count: int,
    by: Staff,
    reason: str | None,
    undo: int = 0,
    stepped_up_at: datetime | None = None,
) -> None:
    """Approve all of them in this transaction, or none. `count`: how many the person says that there are.

    Raises `DoesNotFit` with what is wrong, `Invalid`, and what `decide` raises for whoever is overtaken.
    """
    if count != len(items):
        raise Invalid(f"You typed {count}, and {len(items)} are selected. Nothing was decided; please look again.")
    view = await look_at(tx, parts, items, by=by)
    if view.problems or view.outliers:
        raise DoesNotFit(view)
    found = await proposals_by_id(tx, [one.id for one in items])
    batch = random_id("batch")
    for one in sorted(items, key=lambda one: found[one.id].mission_id):  # always in this order: nobody waits in a ring
        given: dict[str, Any] = {"reason": reason, "undo": undo, "batch": batch, "stepped_up_at": stepped_up_at}
        await decide(tx, parts, one.id, "approve", by=by, seen=one.digest, **given)


def _kind(one: Proposal) -> tuple[str, ...]:
    """What makes proposals alike: the brief, and the tools in their order."""
    return (one.proposed.brief.partition("@")[0], *(opened(each.sealed).key for each in one.proposed.actions))


def _alone(one: Proposal, seen: str) -> str | None:
    """What speaks against it whatever the others are."""
    if one.closed:
        return by_whom(one)
    if one.digest != seen:
        return str(Changed())
    try:
        check_intact(one)
    except NotAsApproved as changed:
        return str(changed)
    if one.proposed.risk == "high":
        return "Its risk is high, so it is looked at by itself."
    if not one.proposed.actions:
        return "It only tells the customer something: read it by itself."
    return None


def _sums(them: Sequence[Proposal]) -> list[Money]:
    sums = Counter[str]()
    for one in them:
        if (amount := one.proposed.amount) is not None:
            sums[amount.currency] += amount.minor
    return [Money(minor, currency) for currency, minor in sorted(sums.items())]


def _outliers(them: Sequence[Proposal]) -> list[Problem]:
    amounts = [(one, amount) for one in them if (amount := one.proposed.amount) is not None]
    if len(amounts) < _ENOUGH:
        return []
    middle = median(amount.minor for _, amount in amounts)
    return [
        Problem(one.id, one.proposed.title, f"{amount} is far more than the rest: look at it by itself.")
        for one, amount in amounts
        if amount.minor > _FAR * middle
    ]
