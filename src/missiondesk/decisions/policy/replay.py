"""A replay: what a draft of a policy would have said to each past proposal, and what would have come out otherwise."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from missiondesk.decisions.lineage import OriginKind
from missiondesk.decisions.policy.answers import rule_on
from missiondesk.decisions.policy.facts import Around, Done, Facts
from missiondesk.decisions.policy.pools import Reservation
from missiondesk.decisions.policy.reading import Policy
from missiondesk.decisions.policy.rulings import ByItself, Deny, NeedsApprovals, Ruling, by_people
from missiondesk.decisions.policy.table import outcome
from missiondesk.kit.money import Money

Flip = Literal["by itself", "fewer people", "more people", "other people", "people again", "denied"]
FLIPS: tuple[Flip, ...] = ("by itself", "fewer people", "other people", "more people", "people again", "denied")


@dataclass(frozen=True, slots=True)
class Asked:
    """One action of a past proposal. `granted`: when it was granted, if it was and did not come to nothing."""

    tool: str
    arguments: Mapping[str, Any]
    origins: Mapping[str, OriginKind]
    granted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A past proposal. `known` are the facts that were kept with it; `edited`: a person had edited it before."""

    id: str
    title: str
    customer: str
    customer_id: str
    at: datetime
    actions: Sequence[Asked]
    known: Mapping[str, int | str]
    was: NeedsApprovals | ByItself
    edited: bool = False

    @property
    def money(self) -> list[Money]:
        """The amounts in it: of each action `amount`, or whatever money there is."""
        found = [{name: Money.of(value) for name, value in one.arguments.items()} for one in self.actions]
        named = [[amounts["amount"]] if amounts.get("amount") else list(amounts.values()) for amounts in found]
        return [money for amounts in named for money in amounts if money is not None]


@dataclass(frozen=True, slots=True)
class Flipped:
    """A proposal of which the draft says something else. `was` and `would` are outcomes in few words."""

    of: Earlier
    how: Flip
    was: str
    would: str
    sentence: str


@dataclass
class _Pools:
    """What the draft would have used of its pools, day by day."""

    used: Counter[tuple[str, date]] = field(default_factory=Counter[tuple[str, date]])

    def take(self, wanted: Sequence[Reservation], today: date) -> bool:
        whole = Counter[str]()
        for one in wanted:
            whole[one.pool] += one.amount
        fits = all(whole[one.pool] + self._spent(one, today) <= one.cap for one in wanted)
        if fits:
            self.used.update({(name, today): amount for name, amount in whole.items()})
        return fits

    def _spent(self, one: Reservation, today: date) -> int:
        return sum(self.used[one.pool, today - timedelta(days=back)] for back in range(one.days))


def replay(draft: Policy, earlier: Iterable[Earlier], since: datetime) -> tuple[int, list[Flipped]]:
    """(how many were proposed since then, what would have come out otherwise).

    `earlier` are all proposals from as far back as the draft asks, the oldest first: those before `since` are only
    history. The pools begin empty; what went by itself is counted as the draft would have let it go.
    """
    count, flipped, pools = 0, list[Flipped](), _Pools()
    past: dict[str, list[tuple[str, Done]]] = {}
    for one in earlier:
        before = past.setdefault(one.customer_id, [])
        if one.at >= since and one.actions:
            count += 1
            done = [done for id_, done in before if id_ != one.id and done.at <= one.at] if draft.looks_back else []
            about = Around(one.at, one.customer_id, one.known, done)
            would = _would(draft, one, about, pools)
            if (how := _flip(one.was, would)) is not None:
                flipped.append(Flipped(one, how, outcome(one.was), outcome(would), would.sentence))
        before += [(one.id, Done(it.tool, it.granted, it.arguments)) for it in one.actions if it.granted]
    return count, flipped


def _would(draft: Policy, one: Earlier, about: Around, pools: _Pools) -> Ruling:
    beside = [(it.tool, it.arguments) for it in one.actions]
    facts = [
        Facts(it.tool, it.arguments, it.origins, about, tuple(beside[:place] + beside[place + 1 :]))
        for place, it in enumerate(one.actions)
    ]
    ruling = rule_on(draft, facts)
    if not isinstance(ruling, ByItself):
        return ruling
    fits = not one.edited and pools.take(ruling.reservations, one.at.astimezone(draft.place).date())
    return ruling if fits else by_people(ruling)


def _flip(was: NeedsApprovals | ByItself, would: Ruling) -> Flip | None:
    match was, would:
        case _, Deny():
            return "denied"
        case ByItself(), ByItself():
            return None
        case _, ByItself():
            return "by itself"
        case ByItself(), _:
            return "people again"
        case NeedsApprovals(), NeedsApprovals():
            return _direction(_asked(was), _asked(would))


def _asked(needs: NeedsApprovals) -> tuple[int, ...]:
    return needs.count, int(needs.role == "supervisor"), needs.delay, len(needs.exclude), int(needs.step_up is not None)


def _direction(before: tuple[int, ...], now: tuple[int, ...]) -> Flip | None:
    less = any(one > other for one, other in zip(before, now, strict=True))
    more = any(one < other for one, other in zip(before, now, strict=True))
    if less and more:
        return "other people"
    return "more people" if more else "fewer people" if less else None
