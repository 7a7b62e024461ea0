"""How people decide, over a span of days: how quickly, on what they looked at, and whether others say the same.

Data about colleagues: of each only what stands here is worked out, from the decisions and two times of `looks`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from math import ceil
from statistics import median
from typing import Any

from sqlalchemy import text

from missiondesk.decisions import DecisionKind
from missiondesk.ids import ProposalId, StaffId
from missiondesk.insights.record import AnswerKind
from missiondesk.kit.database import Transaction, now

_MADE = """select d.proposal_id as item, d.kind, d.by_id, d.by_name, d.at, d.batch, p.opened_at as waits_since,
        case when l.opened_at <= d.at then l.opened_at end as opened_at,
        coalesce(l.evidence_at <= d.at, false) as looked, d.void_at is not null and d.void_why is null as taken_back
    from decisions d join proposals p on p.id = d.proposal_id
    left join looks l on l.item = d.proposal_id and l.by_id = d.by_id
    where d.by_role <> 'rule' and d.at >= :since order by d.at"""
_TESTED = """select d.test_id, t.title, t.reveals, d.kind, d.by_id, d.by_name, d.at, d.caught, d.reason
    from test_decisions d join test_proposals t on t.id = d.test_id where d.at >= :since order by d.at desc"""


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one person, or of all.

    `kinds`: single answers by kind, without those taken back; `batched`: approvals that were given as part of many.
    `median` and `p90`: seconds from when the card was opened, which is known of `opened` single answers, else from when
    it waited. `looked`: single answers before which some of the evidence was opened. `agreed` of `compared`: others
    answered the same proposal, and said the same. `reversed`: own approvals that somebody later did not let stand.
    `caught` and `missed`: test proposals. `by_day`: all answers of each day, the oldest first, by UTC.
    """

    kinds: Mapping[DecisionKind, int]
    batched: int
    median: float | None
    p90: float | None
    opened: int
    looked: int
    agreed: int
    compared: int
    reversed: int
    caught: int
    missed: int
    by_day: Sequence[int]

    @property
    def single(self) -> int:
        """How many answers were given one by one."""
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class Tested:
    """An answer to a test proposal."""

    id: ProposalId
    title: str
    reveals: str
    kind: AnswerKind
    by_id: StaffId
    by: str
    at: datetime
    caught: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Reviewer:
    id: StaffId
    name: str
    measures: Measures


@dataclass(frozen=True, slots=True)
class Health:
    """`tests`: newest first."""

    days: int
    all: Measures
    people: Sequence[Reviewer]
    tests: Sequence[Tested]


async def health(tx: Transaction, days: int) -> Health:
    """How everybody who answered in the last `days` decides."""
    at = await now(tx)
    since = at - timedelta(days=days)
    made = (await tx.execute(text(_MADE), {"since": since})).all()
    tests = [Tested(*row) for row in await tx.execute(text(_TESTED), {"since": since})]
    counted = [one for one in made if not one.taken_back]
    pairs = list(_pairs(counted))
    last = at.astimezone(UTC).date()
    names = {one.by_id: one.by for one in tests} | {one.by_id: one.by_name for one in counted}
    people = [
        Reviewer(
            id_,
            name,
            _measures(
                [one for one in counted if one.by_id == id_],
                [pair for pair in pairs if id_ in (pair[0].by_id, pair[1].by_id)],
                [one for one in pairs if one[0].by_id == id_],
                [one for one in tests if one.by_id == id_],
                last,
                days,
            ),
        )
        for id_, name in sorted(names.items(), key=lambda item: item[1])
    ]
    return Health(days, _measures(counted, pairs, pairs, tests, last, days), people, tests)


def _pairs(made: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Two answers of different people to one proposal, the earlier first."""
    by_item: dict[str, list[Any]] = {}
    for one in made:
        by_item.setdefault(one.item, []).append(one)
    return (
        (one, other) for those in by_item.values() for one, other in combinations(those, 2) if one.by_id != other.by_id
    )


def _measures(
    made: Sequence[Any],
    pairs: Sequence[tuple[Any, Any]],
    followed: Sequence[tuple[Any, Any]],
    tests: Sequence[Tested],
    last: date,
    days: int,
) -> Measures:
    """`followed`: the pairs in which the earlier answer is one of these."""
    single = [one for one in made if one.batch is None]
    seconds = sorted((one.at - (one.opened_at or one.waits_since)).total_seconds() for one in single)
    per_day = Counter(one.at.astimezone(UTC).date() for one in [*made, *tests])
    return Measures(
        kinds=Counter(one.kind for one in single),
        batched=len(made) - len(single),
        median=median(seconds) if seconds else None,
        p90=seconds[ceil(0.9 * len(seconds)) - 1] if seconds else None,
        opened=sum(one.opened_at is not None for one in single),
        looked=sum(one.looked for one in single),
        agreed=sum((one.kind == "approve") == (other.kind == "approve") for one, other in pairs),
        compared=len(pairs),
        reversed=len({one.item for one, other in followed if one.kind == "approve" and other.kind != "approve"}),
        caught=sum(one.caught for one in tests),
        missed=sum(not one.caught for one in tests),
        by_day=[per_day[last - timedelta(days=back)] for back in reversed(range(days))],
    )
