"""A change of the configuration: what it was, what it shall be, who asked, and what people answered.

`open` → `adopted` | `rejected` | `withdrawn` | `replaced`. What it says is sealed, and closed is closed: the database
refuses to change either.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Table,
    Text,
    false,
    func,
    insert,
    select,
    update,
)

from missiondesk.ids import ChangeId, StaffId, random_id
from missiondesk.kit.canonical import digest
from missiondesk.kit.database import Transaction, announce, metadata, now
from missiondesk.kit.errors import NotAllowed, NotFound, Refused
from missiondesk.people import Right, Staff

Kind = Literal["policy", "connection", "role"]
State = Literal["open", "adopted", "rejected", "withdrawn", "replaced"]
From = Literal["staff", "file", "suggestion", "operator"]
AnswerKind = Literal["asked", "approve", "reject"]
JSON = dict[str, Any]
NONE = "none"  # the version of what is not there
RIGHTS_FOR: Mapping[Kind, Right] = {"policy": "set_boundary", "connection": "configure", "role": "configure"}

changes = Table(
    "changes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("before", Text),
    Column("after", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("asked_by_id", Text),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    Column("one_hand", Boolean, nullable=False, server_default=false()),
    Column("closed_at", DateTime(timezone=True)),
    Column("closed_by", Text),
    Column("closed_why", Text),
    CheckConstraint(f"kind in {get_args(Kind)}", name="changes_kind"),
    CheckConstraint(f"state in {get_args(State)}", name="changes_state"),
    Index("changes_by_state", "state", "asked_at"),
)
change_answers = Table(
    "change_answers",
    metadata,
    Column("change_id", Text, ForeignKey("changes.id"), primary_key=True),
    Column("by_id", Text, primary_key=True),
    Column("by_name", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("note", Text),
    Column("at", DateTime(timezone=True), nullable=False),
)


class ChangeClosed(Refused):
    """This change is closed; it shows by whom."""


class AnotherChange(Refused):
    """This change is not the one you saw. Nothing was adopted; please look again."""


class MayNotAnswer(NotAllowed):
    """Your role does not answer this change."""


@dataclass(frozen=True, slots=True)
class Source:
    """What asked, where it is no member of staff: a file, a suggestion from history, the machine's operator."""

    kind: Literal["file", "suggestion", "operator"]
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands now: its version, and its content, if it is there."""

    version: str
    content: JSON | None


@dataclass(frozen=True, slots=True)
class Change:
    """`base`: the version that it starts from. `one_hand`: it was adopted without a second person, in setup."""

    id: ChangeId
    kind: Kind
    subject: str
    base: str
    before: JSON | None
    after: JSON
    digest: str
    why: str
    source: From
    asked_by_id: StaffId | None
    asked_by: str
    asked_at: datetime
    state: State = "open"
    one_hand: bool = False
    closed_at: datetime | None = None
    closed_by: str | None = None
    closed_why: str | None = None

    @property
    def right(self) -> Right:
        return RIGHTS_FOR[self.kind]

    @property
    def sealed(self) -> str:
        """The digest of what it says, computed now."""
        return sealed(self.kind, self.subject, Standing(self.base, self.before), self.after, self.why)


@dataclass(frozen=True, slots=True)
class Answered:
    """What one person said; `asked`: they stand behind it because they asked for it."""

    change_id: ChangeId
    by_id: StaffId
    by_name: str
    by_role: str
    answer: AnswerKind
    seen: str
    note: str | None
    at: datetime


def sealed(kind: Kind, subject: str, start: Standing, after: JSON, why: str) -> str:
    told = {"kind": kind, "subject": subject, "base": start.version, "before": start.content, "after": after}
    return digest({**told, "why": why})


async def insert_change(
    tx: Transaction, kind: Kind, subject: str, start: Standing, after: JSON, *, why: str, by: Staff | Source
) -> Change:
    """A new one, open; a member of staff who asks stands behind it."""
    person = by if isinstance(by, Staff) else None
    made = Change(
        ChangeId(random_id("change")),
        kind,
        subject,
        start.version,
        start.content,
        after,
        sealed(kind, subject, start, after, why),
        why,
        "staff" if isinstance(by, Staff) else by.kind,
        person.id if person else None,
        by.name,
        await now(tx),
    )
    values = {name: getattr(made, name) for name in Change.__slots__}
    values["before"] = json.dumps(made.before) if made.before is not None else None
    values["after"] = json.dumps(made.after)
    await tx.execute(insert(changes).values(values))
    if person is not None:
        await insert_answer(tx, made, "asked", person, made.digest, None)
    await announce(tx, "queue")
    return made


async def insert_answer(
    tx: Transaction, to: Change, answer: AnswerKind, by: Staff, seen: str, note: str | None
) -> None:
    made = Answered(to.id, by.id, by.name, by.role, answer, seen, note, await now(tx))
    await tx.execute(insert(change_answers).values({name: getattr(made, name) for name in Answered.__slots__}))
    await announce(tx, "queue")


async def close_change(
    tx: Transaction, found: Change, state: State, *, by: str, why: str | None = None, one_hand: bool = False
) -> Change:
    """Of an open one that the caller has locked."""
    told = {"state": state, "closed_at": await now(tx), "closed_by": by, "closed_why": why, "one_hand": one_hand}
    await tx.execute(update(changes).where(changes.c.id == found.id).values(told))
    await announce(tx, "queue")
    return await change(tx, found.id)


async def change(tx: Transaction, change_id: str, *, lock: bool = False) -> Change:
    """Raises `NotFound`."""
    query = select(changes).where(changes.c.id == change_id)
    row = (await tx.execute(query.with_for_update() if lock else query)).first()
    if row is None:
        raise NotFound("There is no such change.")
    return _change(row)


async def changes_open(tx: Transaction, kind: Kind | None = None, subject: str | None = None) -> list[Change]:
    """Oldest first."""
    query = select(changes).where(changes.c.state == "open").order_by(changes.c.asked_at, changes.c.id)
    query = query.where(changes.c.kind == kind) if kind else query
    query = query.where(changes.c.subject == subject) if subject else query
    return [_change(row) for row in await tx.execute(query)]


async def changes_closed(tx: Transaction, *, one_hand: bool = False, most: int = 200) -> list[Change]:
    """Newest first; `one_hand`: those that were adopted without a second person."""
    query = select(changes).where(changes.c.state != "open").order_by(changes.c.closed_at.desc()).limit(most)
    return [_change(row) for row in await tx.execute(query.where(changes.c.one_hand) if one_hand else query)]


async def changes_waiting(tx: Transaction) -> dict[ChangeId, int]:
    """The open ones, each with how many have answered: it is another number when somebody has."""
    count = func.count(change_answers.c.by_id)
    query = select(changes.c.id, count).outerjoin(change_answers).where(changes.c.state == "open")
    return {row[0]: row[1] for row in await tx.execute(query.group_by(changes.c.id))}


async def newest_of_file(tx: Transaction, kind: Kind, subject: str) -> Change | None:
    """What the file said last, unless something else took its place."""
    query = select(changes).where(changes.c.kind == kind, changes.c.subject == subject, changes.c.source == "file")
    row = (await tx.execute(query.order_by(changes.c.asked_at.desc()).limit(1))).first()
    return _change(row) if row is not None and row.state != "replaced" else None


async def answers_to(tx: Transaction, change_id: ChangeId) -> Sequence[Answered]:
    """Oldest first."""
    query = select(change_answers).where(change_answers.c.change_id == change_id).order_by(change_answers.c.at)
    return [Answered(*row) for row in await tx.execute(query)]


def by_whom(found: Change) -> str:
    """Of a change that is closed: who closed it and when, for somebody who comes too late."""
    assert found.closed_at is not None
    why = f" {found.closed_why}" if found.closed_why else ""
    did = {"adopted": "adopted", "rejected": "rejected", "withdrawn": "withdrew", "replaced": "replaced"}[found.state]
    return f"{found.closed_by} {did} this at {found.closed_at:%Y-%m-%d %H:%M:%S} UTC.{why} Your answer changed nothing."


def _change(row: Any) -> Change:
    told = dict(row._mapping)
    told["before"] = json.loads(row.before) if row.before is not None else None
    told["after"] = json.loads(row.after)
    return Change(**told)
