"""What a customer sees of a case. Never a tool's name, a cost, a worker's reasoning or a note of the team."""

from datetime import datetime
from typing import Literal

from missiondesk.surfaces.shapes import MoneyShape, Shape, Words

CaseState = Literal[
    "working",  # the AI Worker is looking into it
    "your_answer",  # a question waits for the customer
    "person_decides",  # a proposal waits for a person
    "carrying_out",  # approved, being done
    "system_away",  # we cannot reach one of our systems, and go on by ourselves once we can
    "being_checked",  # we do not know yet whether it happened
    "with_person",  # a person has taken the case over
    "closed",
]


class PortalView(Shape):
    """The entrance, before anybody signed in. `hue` is 0 to 360, `accent` is made from it by the page."""

    id: str
    name: str
    greeting: str
    assistant: str
    hue: int


class CustomerView(Shape):
    id: str
    name: str
    portal: PortalView


class StepView(Shape):
    label: str
    state: Literal["done", "current", "ahead"]


class MessageView(Shape):
    id: str
    author: Literal["customer", "assistant", "person"]
    name: str
    text: str
    at: datetime


class RemedyView(Shape):
    """What is proposed for the customer, in their words; `reference` is the system of record's own."""

    state: Literal["waiting", "carrying_out", "done", "being_checked", "not_possible"]
    title: str
    amount: MoneyShape | None
    reference: str | None
    at: datetime


class ClosingView(Shape):
    """How the matter ended, in plain words."""

    outcome: Literal["resolved", "explained", "declined", "handed_off", "withdrawn", "failed"]
    text: str
    at: datetime


class CaseSummary(Shape):
    id: str
    subject: str
    state: CaseState
    opened_at: datetime
    updated_at: datetime


class CaseView(CaseSummary):
    """A whole case. The stream sends it again, whole, whenever something in it has changed."""

    steps: list[StepView]
    messages: list[MessageView]
    remedies: list[RemedyView]
    closing: ClosingView | None
    can: list[Literal["write", "ask_person"]]


class CasePage(Shape):
    items: list[CaseSummary]
    next: str | None


class NewMessage(Shape):
    text: Words


class CaseEvent(Shape):
    """One event of a case's stream: `case` carries the case, `bye` says that the session ended."""

    type: Literal["case", "bye"]
    case: CaseView | None = None
