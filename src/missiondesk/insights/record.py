"""Test proposals: past ones with one thing made wrong, to see whether people look. They can never be carried out.

One has no mission, no grant and no effect: it lies in a table of its own, and only a `Proposal` can be granted. On the
Desk it looks like any other, in a case and a mission of its own that are the past ones up to when they waited.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    select,
)

from missiondesk.cases import Message, messages_of
from missiondesk.decisions import Closed, Proposed, proposals_by_id, proposed_in
from missiondesk.ids import CaseId, MissionId, ProposalId, StaffId
from missiondesk.kit.canonical import canonical
from missiondesk.kit.database import Transaction, metadata
from missiondesk.trace import Observation, observed

Wrong = Literal["amount", "record", "source"]
AnswerKind = Literal["approve", "edit", "reject", "respond", "ask", "take_over"]

test_proposals = Table(
    "test_proposals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("beside", Text, ForeignKey("proposals.id"), nullable=False, unique=True),  # the one that it came with
    Column("source", Text, ForeignKey("proposals.id"), nullable=False),  # the one that it is made of
    Column("last_n", Integer, nullable=False),  # of the source's trace: what came later is not shown
    Column("shown_case", Text, nullable=False, unique=True),
    Column("shown_mission", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("amount", BigInteger),
    Column("currency", Text),
    Column("risk", Text, nullable=False),
    Column("wrong", Text, nullable=False),
    Column("argument", Text, nullable=False),
    Column("reveals", Text, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    CheckConstraint(f"wrong in {get_args(Wrong)}", name="test_proposals_wrong"),
    Index("test_proposals_by_source", "source"),
    Index("test_proposals_waiting", "due_at"),
)
test_decisions = Table(
    "test_decisions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("test_id", Text, ForeignKey("test_proposals.id"), nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("reason", Text),
    Column("caught", Boolean, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    CheckConstraint(f"kind in {get_args(AnswerKind)}", name="test_decisions_kind"),
    Index("test_decisions_by_person", "by_id", "at"),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person did with a test. `caught`: they did not let the wrong thing through."""

    kind: AnswerKind
    by_id: StaffId
    by_name: str
    by_role: str
    seen: str
    reason: str | None
    caught: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Seeded:
    """A test proposal. `mission_id` and `case_id` are of its `source`; it is `shown` under others.

    It is no `Proposal`, so nothing that grants, sends or counts takes it.
    """

    id: ProposalId
    source: ProposalId
    mission_id: MissionId
    case_id: CaseId
    shown_mission: MissionId
    shown_case: CaseId
    last_n: int
    digest: str
    proposed: Proposed
    argument: str
    reveals: str
    opened_at: datetime
    due_at: datetime
    later: timedelta
    answer: Answered | None

    @property
    def closed(self) -> Closed | None:
        return "withdrawn" if self.answer else None

    def sentence(self, who: StaffId) -> str:
        """What is said once it is answered. Raises `ValueError` before that."""
        if self.answer is None:
            raise ValueError("nobody has answered it yet")
        person = "You" if self.answer.by_id == who else self.answer.by_name
        did = "noticed" if self.answer.caught else _DONE[self.answer.kind]
        return f"This was a test: {self.reveals} {person} {did}. Nothing was sent, and no customer saw it."


_DONE: dict[AnswerKind, str] = {
    "approve": "approved it",
    "edit": "changed something else",
    "reject": "rejected it",
    "respond": "sent it back",
    "ask": "asked",
    "take_over": "took it over",
}


async def seeded(tx: Transaction, id_: str, *, lock: bool = False) -> Seeded | None:
    """The test proposal with this id; `None`: it is none."""
    query = select(test_proposals).where(test_proposals.c.id == id_)
    found = await _read(tx, (await tx.execute(query.with_for_update() if lock else query)).all())
    return found[0] if found else None


async def seeded_among(tx: Transaction, ids: Iterable[str]) -> dict[str, Seeded]:
    """Those of these ids that are tests."""
    rows = (await tx.execute(select(test_proposals).where(test_proposals.c.id.in_(list(ids))))).all()
    return {one.id: one for one in await _read(tx, rows)}


async def seeded_mission(tx: Transaction, mission_id: str) -> Seeded | None:
    """The test that is shown under this mission's id."""
    rows = (await tx.execute(select(test_proposals).where(test_proposals.c.shown_mission == mission_id))).all()
    return next(iter(await _read(tx, rows)), None)


async def seeded_case(tx: Transaction, case_id: str) -> Seeded | None:
    """The test that is shown under this case's id."""
    rows = (await tx.execute(select(test_proposals).where(test_proposals.c.shown_case == case_id))).all()
    return next(iter(await _read(tx, rows)), None)


async def trace_of(tx: Transaction, test: Seeded) -> list[Observation]:
    """The trace as if its mission waited now: the source's until it was proposed, moved to this time."""
    return [_as_shown(test, one) for one in await observed(tx, test.mission_id) if one.n <= test.last_n]


async def messages_seen(tx: Transaction, test: Seeded) -> list[Message]:
    """What had been said in the case by then, moved to this time."""
    until = test.opened_at - test.later
    said = [one for one in await messages_of(tx, test.case_id) if one.at <= until]
    return [replace(one, at=one.at + test.later) for one in said]


def _as_shown(test: Seeded, one: Observation) -> Observation:
    moved = replace(one, at=one.at + test.later, mission_id=test.shown_mission)
    if one.kind != "proposed":
        return moved
    actions = [{"sentence": it.sentence, "digest": it.digest} for it in test.proposed.actions]
    told = {"proposal": test.id, "title": test.proposed.title, "digest": test.digest, "actions": actions}
    return replace(moved, payload=canonical({**one.told, **told, "message": test.proposed.message}).decode())


async def _read(tx: Transaction, rows: Sequence[Any]) -> list[Seeded]:
    sources = await proposals_by_id(tx, [ProposalId(row.source) for row in rows])
    ids = [row.id for row in rows]
    made = {
        row.test_id: row for row in await tx.execute(select(test_decisions).where(test_decisions.c.test_id.in_(ids)))
    }
    return [_seeded(row, sources[row.source], made.get(row.id)) for row in rows]


def _seeded(row: Any, source: Any, made: Any) -> Seeded:
    return Seeded(
        row.id,
        source.id,
        source.mission_id,
        source.case_id,
        row.shown_mission,
        row.shown_case,
        row.last_n,
        row.digest,
        proposed_in(row.body),
        row.argument,
        row.reveals,
        row.opened_at,
        row.due_at,
        row.opened_at - source.opened_at,
        Answered(made.kind, made.by_id, made.by_name, made.by_role, made.seen, made.reason, made.caught, made.at)
        if made
        else None,
    )
