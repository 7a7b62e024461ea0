"""The bodies of changes: a change and its answers, the policy with its history, the people with their roles."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from missiondesk.people import Role
from missiondesk.surfaces.shapes import MoneyShape, Shape, Words

ChangeState = Literal["open", "adopted", "rejected", "withdrawn", "replaced"]


class PlaceView(Shape):
    """One place that is different, such as `rule.refund.approve.count`; null: it is not there.

    `lines` is the difference of texts of several lines, each with ` `, `-` or `+` before it.
    """

    place: str
    before: str | None
    after: str | None
    lines: list[str]


class FindingView(Shape):
    """`wrong`: it does not do what somebody meant. `note`: it may be meant so."""

    weight: Literal["wrong", "note"]
    rule: str | None
    sentence: str


class ChangeAnswerView(Shape):
    """`asked`: they stand behind it because they asked. `counts`: they have the right now."""

    by_id: str
    by: str
    role: str
    answer: Literal["asked", "approve", "reject"]
    note: str | None
    at: datetime
    counts: bool


class ChangeRow(Shape):
    """One line of the list. `needed`: how many more people must approve; `one_hand`: nobody was second, in setup."""

    id: str
    kind: Literal["policy", "connection", "role"]
    subject: str
    title: str
    why: str
    source: Literal["staff", "file", "suggestion", "operator"]
    asked_by: str
    asked_at: datetime
    state: ChangeState
    one_hand: bool
    closed_at: datetime | None
    closed_by: str | None
    closed_why: str | None
    needed: int
    may_answer: bool


class ChangePage(Shape):
    """`setup`: the rights of which there never were two people: changes that need them go by one hand."""

    items: list[ChangeRow]
    open: int
    setup: list[str]


class ChangeCard(Shape):
    """All that a person needs to answer. `digest` goes back as `seen`; `cannot` says why one may not answer.

    `base` is the version it starts from, `stands` the one in force now: if they differ it cannot be adopted any more.
    `text` is the whole policy, of a policy; `findings` are those of one that waits.
    """

    row: ChangeRow
    digest: str
    base: str
    stands: str
    difference: list[PlaceView]
    text: str | None
    findings: list[FindingView]
    answers: list[ChangeAnswerView]
    may_answer: bool
    cannot: str | None
    may_withdraw: bool
    setup: bool


class NewChangeAnswer(Shape):
    answer: Literal["approve", "reject"]
    seen: Words
    note: Words = ""


class FlipGroup(Shape):
    """How many proposals would have come out otherwise in one way, with their money and the number of customers."""

    how: str
    count: int
    money: list[MoneyShape]
    customers: int


class FlipItem(Shape):
    id: str
    at: datetime
    title: str
    customer: str
    customer_id: str
    money: list[MoneyShape]
    how: str
    was: str
    would: str
    sentence: str


class Replayed(Shape):
    """What a policy would have said to the proposals of the last `days`. `items`: the newest 200 that flip."""

    policy: str
    days: int
    proposals: int
    unchanged: int
    flips: list[FlipGroup]
    items: list[FlipItem]


class PolicyVersion(Shape):
    number: int
    version: str
    since: datetime
    by: str
    why: str
    change_id: str
    one_hand: bool


class RuleView(Shape):
    """`asks`: who must approve, what lets it go by itself, or `denied`. `says`: what people read of it."""

    name: str
    actions: list[str]
    when: list[str]
    asks: str
    says: str


class PolicyView(Shape):
    """The policy in force. `base` goes back with a change of it; `text` is null before there is one.

    `one_handed`: the versions in `history` that nobody was second for.
    """

    version: str
    base: str
    text: str | None
    since: datetime | None
    by: str | None
    rules: list[RuleView]
    history: list[PolicyVersion]
    one_handed: list[PolicyVersion]
    waiting: list[ChangeRow]
    may_propose: bool
    setup: bool


class PolicyText(Shape):
    text: Words


class PolicyReplay(Shape):
    text: Words
    days: int = Field(default=30, ge=1, le=3660)


class NewPolicy(Shape):
    """`base`: the version that was changed, as it was shown."""

    text: Words
    why: Words
    base: Words | None = None


class PolicyError(Shape):
    """Where it cannot be read: `rule` and `place` in it, if it is in one."""

    rule: str | None
    place: str | None
    sentence: str


class OutcomeView(Shape):
    value: str
    outcome: str


class ThresholdView(Shape):
    """What the policy says just below, at and just above a threshold. `looser`: more money asks for less."""

    action: str
    rule: str
    when: str
    outcomes: list[OutcomeView]
    looser: bool


class PolicyCheck(Shape):
    """A draft, looked at. With `errors` it cannot be read, and there is nothing else."""

    version: str | None
    errors: list[PolicyError]
    findings: list[FindingView]
    table: list[ThresholdView]
    difference: list[PlaceView]


class PersonRow(Shape):
    """An account; `waiting` is the open change about it. `person`: the same for all accounts of one person."""

    id: str
    person: str
    name: str
    email: str
    role: Role
    active: bool
    added_at: datetime
    waiting: str | None


class PeoplePage(Shape):
    items: list[PersonRow]
    may_change: bool
    setup: bool


class NewPerson(Shape):
    """`password`: kept only as its argon2 hash, and never shown."""

    name: Words
    email: Words
    role: Words
    password: Words
    why: Words | None = None


class NewRole(Shape):
    role: Words
    why: Words | None = None
