"""Rules that past decisions suggest: what people approved again and again, and never changed.

Plain counting, over single actions with one amount. What was rejected, edited, sent back, failed or is unknown limits
it: the rule stays below the smallest of these. It lets go no more in a day, or for a customer, than there was.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from missiondesk.decisions import Flipped, Policy
from missiondesk.insights.drafting import drafted, todays_text
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.json_values import UNREADABLE
from missiondesk.kit.money import Money
from missiondesk.missions import Parts, replay_past

_PAST = """select p.body, p.opened_at, c.customer_id, p.closed = 'approved' and not exists
        (select from decisions d where d.proposal_id = p.id and d.kind <> 'approve' and d.void_at is null) as approved,
        exists (select from decisions d
            where d.proposal_id = p.id and d.by_role = 'rule' and d.void_at is null) as by_rule,
        array(select e.state from effects e where e.proposal_id = p.id) as states,
        exists (select from effects e where e.proposal_id = p.id and not e.proved) as disproved
    from proposals p join cases c on c.id = p.case_id
    where p.closed in ('approved', 'rejected', 'responded', 'edited') and p.opened_at >= :since order by p.opened_at"""
_BAD = {"failed", "unknown"}


@dataclass(frozen=True, slots=True)
class Done:
    """One past action. `good`: a person approved it as it was proposed, and it was done."""

    tool: str
    argument: str
    amount: Money
    sourced: bool
    customer: str
    at: datetime
    good: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A rule that could be made. `policy`: the whole text of today's with it; `flips`: what it would have changed."""

    name: str
    tool: str
    limit: Money
    approvals: int
    days: int
    per_day: Money
    per_customer: Money
    rule: str
    policy: str
    proposals: int
    flips: Sequence[Flipped]

    @property
    def sentence(self) -> str:
        return (
            f"{self.approvals} approvals of {self.tool} up to {self.limit} in {self.days} days, none of them changed, "
            "rejected, failed or unknown: a rule?"
        )


async def suggested_rules(tx: Transaction, parts: Parts, days: int, *, at_least: int) -> list[Suggestion]:
    """The rules that at least so many approvals of the last `days` suggest, each with its replay. Writes nothing."""
    since = await now(tx) - timedelta(days=days)
    past = [one for row in await tx.execute(text(_PAST), {"since": since}) if (one := _done(row)) is not None]
    groups: dict[tuple[str, str, str], list[Done]] = {}
    for one in past:
        groups.setdefault((one.tool, one.argument, one.amount.currency), []).append(one)
    today = await todays_text(tx, parts)
    found = [await _suggested(tx, today, those, days, at_least) for _, those in sorted(groups.items())]
    return [one for one in found if one is not None]


async def _suggested(tx: Transaction, today: str, past: Sequence[Done], days: int, at_least: int) -> Suggestion | None:
    good = _below_all_bad(past)
    if len(good) < at_least:
        return None
    zone = Policy.model_validate(tomllib.loads(today)).place
    first, limit = good[0], max(one.amount.minor for one in good)
    caps = (_most(good, lambda one: one.at.astimezone(zone).date()), _most(good, lambda one: one.customer))
    name, rule, policy = drafted(
        today,
        first.tool,
        first.argument,
        limit=_money(limit, first),
        per_day=_money(caps[0], first),
        per_customer=_money(caps[1], first),
        days=days,
        sourced=all(one.sourced for one in good),
    )
    count, flips = await replay_past(tx, Policy.model_validate(tomllib.loads(policy)), days)
    if all(one.how != "by itself" for one in flips):
        return None  # a rule that is hard, or denies, goes before it
    limits = [_money(amount, first) for amount in (limit, *caps)]
    return Suggestion(name, first.tool, limits[0], len(good), days, limits[1], limits[2], rule, policy, count, flips)


def _below_all_bad(past: Iterable[Done]) -> list[Done]:
    all_ = list(past)
    bad = min((one.amount.minor for one in all_ if not one.good), default=None)
    return [one for one in all_ if one.good and (bad is None or one.amount.minor < bad)]


def _most(good: Iterable[Done], of: Callable[[Done], date | str]) -> int:
    """The largest sum of one day, or of one customer."""
    sums = Counter[date | str]()
    for one in good:
        sums[of(one)] += one.amount.minor
    return max(sums.values())


def _money(minor: int, like: Done) -> Money:
    return Money(minor, like.amount.currency)


def _done(row: Any) -> Done | None:
    """`None`: nothing to learn from: several actions, no single amount, still under way, by a rule, unreadable."""
    try:
        told = json.loads(row.body)
        actions = [json.loads(one["sealed"]) for one in told["actions"]]
        return _learned(row, told, actions[0]) if len(actions) == 1 else None
    except UNREADABLE:
        return None


def _learned(row: Any, told: Mapping[str, Any], action: Mapping[str, Any]) -> Done | None:
    amounts = {name: money for name, value in action["arguments"].items() if (money := Money.of(value)) is not None}
    states = set(row.states)
    bad = bool(states & _BAD) or row.disproved
    good = row.approved and states == {"done"} and not row.disproved and not told.get("edited") and not row.by_rule
    if len(amounts) != 1 or (not good and not bad and row.approved):
        return None
    [(name, amount)] = amounts.items()
    sourced = action["lineage"][name]["kind"] == "record"
    tool = f"{action['connection']}.{action['tool']}"
    return Done(tool, name, amount, sourced, row.customer_id, row.opened_at, good)
