"""What is shown of how people decide."""

from datetime import datetime
from typing import Literal

from missiondesk.surfaces.shapes import MoneyShape, Shape


class KindCount(Shape):
    kind: Literal["approve", "edit", "reject", "respond"]
    count: int


class MeasuresView(Shape):
    """Of one person, or of all. Times are seconds; shares are `looked` of `single`, `agreed` of `compared`.

    `opened`: of so many single answers it is known when the card was opened; of the rest the time counts from when it
    waited. `by_day`: answers of each day, the oldest first.
    """

    kinds: list[KindCount]
    single: int
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
    by_day: list[int]


class ReviewerView(Shape):
    id: str
    name: str
    you: bool
    measures: MeasuresView


class TestedView(Shape):
    """An answer to a test proposal. `reveals`: what was wrong with it."""

    id: str
    title: str
    reveals: str
    kind: Literal["approve", "edit", "reject", "respond", "ask", "take_over"]
    by: str
    at: datetime
    caught: bool
    reason: str | None


class ReviewersPage(Shape):
    """`all` is there for whoever may see more than themselves. `tests`: those that were answered, newest first."""

    days: int
    all: MeasuresView | None
    people: list[ReviewerView]
    tests: list[TestedView]


class ReplayView(Shape):
    """Of so many `proposals` that many would have gone `by_itself`, and that many come out `otherwise` differently."""

    proposals: int
    by_itself: int
    money: list[MoneyShape]
    otherwise: int


class SuggestionView(Shape):
    """`rule` is the text of it, `policy` the whole text of today's policy with it."""

    name: str
    sentence: str
    tool: str
    limit: MoneyShape
    approvals: int
    per_day: MoneyShape
    per_customer: MoneyShape
    rule: str
    policy: str
    replay: ReplayView


class SuggestionPage(Shape):
    """`at_least`: so many approvals are needed before a rule is suggested."""

    days: int
    at_least: int
    items: list[SuggestionView]
