"""A proposal: one or more actions in order, the message to the customer, the reasons and the evidence. It waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, Protocol, get_args

from pydantic import BaseModel, Field
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    update,
)

from missiondesk.decisions.action import SealedAction, opened
from missiondesk.decisions.attention import leave
from missiondesk.decisions.policy import ByItself, NeedsApprovals, people_of
from missiondesk.ids import CaseId, MissionId, ProposalId, StaffId, random_id
from missiondesk.kit.canonical import digest
from missiondesk.kit.database import Transaction, announce, metadata, now
from missiondesk.kit.errors import NotFound
from missiondesk.kit.money import Money

Closed = Literal["approved", "rejected", "responded", "edited", "superseded", "withdrawn"]
Risk = Literal["low", "medium", "high"]
LOST = "An action that cannot be read any more"

proposals = Table(
    "proposals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("mission_id", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),  # each edit by a person is the next one
    Column("digest", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("title", Text, nullable=False),  # this and the next five: what the queue shows and is ordered by
    Column("amount", BigInteger),
    Column("currency", Text),
    Column("risk", Text, nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("rank_at", DateTime(timezone=True), nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    Column("closed", Text),
    Column("closed_by", Text),
    CheckConstraint(f"closed in {get_args(Closed)}", name="proposals_closed"),
    UniqueConstraint("mission_id", "turn", "revision"),  # a turn that runs twice proposes once
    Index("proposals_waiting", "opened_at", postgresql_where="closed is null"),
    Index("proposals_by_case", "case_id"),
    Index("proposals_decided", "closed_at", postgresql_where="closed is not null"),
)


class Change(BaseModel):
    """One fact before and after."""

    label: str
    before: str
    after: str


class Stale(BaseModel):
    """Why approved actions before this proposal were not sent: what had changed, and whose approvals became void."""

    sentence: str
    changes: list[Change]
    approvals_void: list[str]
    at: datetime


class Difference(BaseModel):
    """What a person changed: an argument of the action at `position`, or without one the message to the customer."""

    position: int | None
    argument: str
    before: Any
    after: Any


class Edited(BaseModel):
    """`of` is the proposal that a person edited into this one. They are an author now, never the only one to sign."""

    of: ProposalId
    by_id: StaffId
    by: str
    role: str
    reason: str | None
    at: datetime
    changes: list[Difference]


class Proposed(BaseModel):
    """What is stored of a proposal; `upgrade` will lift older versions.

    `known`: the facts about case, customer and brief when it was proposed, by their names; spans in seconds.
    """

    version: Literal[1] = 1
    actions: list[SealedAction]
    message: str | None
    reasons: list[str]
    evidence: list[int]
    ruling: Annotated[NeedsApprovals | ByItself, Field(discriminator="kind")]
    policy: str
    worker: str
    brief: str
    customer: str
    stale: Stale | None = None
    edited: Edited | None = None
    known: dict[str, int | str] = {}

    @property
    def digest(self) -> str:
        """Over the ordered digests of the actions and all else that is shown: what a decision carries as seen."""
        shown = self.model_dump(mode="json", exclude={"actions", "version"})
        return digest({**shown, "actions": [action.digest for action in self.actions]})

    @property
    def needs(self) -> NeedsApprovals:
        """Whom it needed when it was proposed, where people decide."""
        return people_of(self.ruling)

    @property
    def editor(self) -> StaffId | None:
        """The person who edited it last."""
        return self.edited.by_id if self.edited else None

    @property
    def amount(self) -> Money | None:
        """What it is about, if it is about one amount."""
        found = [
            money
            for one in self.actions
            for value in opened(one.sealed).arguments.values()
            if (money := Money.of(value))
        ]
        return found[0] if len(found) == 1 else None

    @property
    def risk(self) -> Risk:
        """`high`: more than one agent is needed, or a value has no source. `low`: only words."""
        if not self.actions:
            return "low"
        made_up = any(origin.kind == "model" for one in self.actions for origin in opened(one.sealed).lineage.values())
        strict = self.needs.count > 1 or self.needs.role == "supervisor"
        return "high" if made_up or strict else "medium"

    @property
    def title(self) -> str:
        """The ask in one line, by our code from the sealed actions."""
        return "; then ".join(action.sentence for action in self.actions) or f"Tell {self.customer} what changed"

    def action(self, position: int) -> SealedAction | None:
        """`None`: there is none there, or not any more."""
        return self.actions[position] if 0 <= position < len(self.actions) else None


class Unreadable(Proposed):
    """Stands for what cannot be read any more: its row was changed or damaged. Nobody can do more than reject it."""

    actions: list[SealedAction] = []
    message: str | None = None
    reasons: list[str] = ["Its row in the database is not as it was written. The trace tells what was proposed."]
    evidence: list[int] = []
    ruling: Annotated[NeedsApprovals | ByItself, Field(discriminator="kind")] = NeedsApprovals(
        1, "agent", "Nobody can approve it: reject it, or take the case over.", ()
    )
    policy: str = ""
    worker: str = ""
    brief: str = ""
    customer: str = ""

    @property
    def digest(self) -> str:
        """One that no row has: no column holds this character."""
        return "\0"

    @property
    def risk(self) -> Risk:
        return "high"

    @property
    def title(self) -> str:
        return "A proposal whose row cannot be read any more"


@dataclass(frozen=True, slots=True)
class Proposal:
    id: ProposalId
    mission_id: MissionId
    case_id: CaseId
    turn: int
    revision: int
    digest: str
    proposed: Proposed
    opened_at: datetime
    closed_at: datetime | None
    closed: Closed | None
    closed_by: str | None


class Shown(Protocol):
    """What a card shows and people answer: a proposal, or one made up to see whether they look."""

    @property
    def id(self) -> ProposalId: ...
    @property
    def mission_id(self) -> MissionId: ...
    @property
    def case_id(self) -> CaseId: ...
    @property
    def digest(self) -> str: ...
    @property
    def proposed(self) -> Proposed: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def closed(self) -> Closed | None: ...


async def add_proposal(
    tx: Transaction,
    mission_id: MissionId,
    case_id: CaseId,
    turn: int,
    proposed: Proposed,
    *,
    due: datetime,
    revision: int = 0,
) -> Proposal:
    """Put a proposal in the Decision Queue; `due`: until when the customer should have an answer."""
    made = Proposal(
        ProposalId(random_id("proposal")),
        mission_id,
        case_id,
        turn,
        revision,
        proposed.digest,
        proposed,
        await now(tx),
        None,
        None,
        None,
    )
    await tx.execute(
        insert(proposals).values(
            id=made.id,
            mission_id=mission_id,
            case_id=case_id,
            turn=turn,
            revision=revision,
            digest=made.digest,
            body=proposed.model_dump_json(),
            title=proposed.title,
            amount=proposed.amount.minor if proposed.amount else None,
            currency=proposed.amount.currency if proposed.amount else None,
            risk=proposed.risk,
            due_at=due,
            rank_at=_rank(proposed, due),
            opened_at=made.opened_at,
        )
    )
    await announce(tx, "queue")
    return made


def _rank(proposed: Proposed, due: datetime) -> datetime:
    """When it should have been answered, by what waiting costs: its service level, the age of its evidence, money.

    Each hundred of a currency's units brings it a minute forward, half an hour at most.
    """
    earliest = min([due, *(opened(one.sealed).expires for one in proposed.actions)])
    minutes = min(proposed.amount.minor / 10_000, 30) if proposed.amount else 0
    return earliest - timedelta(minutes=minutes)


async def close_proposal(tx: Transaction, proposal_id: ProposalId, closed: Closed, by: str) -> bool:
    """Take it out of the queue. `False`: somebody did so before."""
    query = update(proposals).where(proposals.c.id == proposal_id, proposals.c.closed.is_(None))
    done = await tx.execute(query.values(closed=closed, closed_by=by, closed_at=await now(tx)))
    await leave(tx, proposal_id)
    await announce(tx, "queue")
    return done.rowcount == 1


async def withdraw_all(tx: Transaction, mission_id: MissionId, by: str) -> list[ProposalId]:
    """Take what waits of a mission out of the queue, without reading it."""
    query = update(proposals).where(proposals.c.mission_id == mission_id, proposals.c.closed.is_(None))
    values = {"closed": "withdrawn", "closed_by": by, "closed_at": await now(tx)}
    found = (await tx.execute(query.values(values).returning(proposals.c.id))).scalars()
    await announce(tx, "queue")
    return list(found)


async def proposal(tx: Transaction, proposal_id: ProposalId, *, lock: bool = False) -> Proposal:
    """Raises `NotFound`."""
    query = select(proposals).where(proposals.c.id == proposal_id)
    row = (await tx.execute(query.with_for_update() if lock else query)).first()
    if row is None:
        raise NotFound("There is no such proposal.")
    return _proposal(row)


async def proposals_by_id(tx: Transaction, ids: Sequence[ProposalId]) -> dict[ProposalId, Proposal]:
    """Those of them that there are, in one query."""
    return {row.id: _proposal(row) for row in await tx.execute(select(proposals).where(proposals.c.id.in_(ids)))}


async def open_proposal(tx: Transaction, mission_id: MissionId) -> Proposal | None:
    """The one that waits, of a mission."""
    query = select(proposals).where(proposals.c.mission_id == mission_id, proposals.c.closed.is_(None))
    row = (await tx.execute(query)).first()
    return _proposal(row) if row else None


async def newest_proposal(tx: Transaction, mission_id: MissionId) -> Proposal | None:
    found = await proposals_of(tx, mission_id)
    return found[-1] if found else None


async def proposals_of(tx: Transaction, mission_id: MissionId) -> list[Proposal]:
    """All proposals of a mission, oldest first."""
    query = select(proposals).where(proposals.c.mission_id == mission_id)
    ordered = query.order_by(proposals.c.turn, proposals.c.revision)
    return [_proposal(row) for row in await tx.execute(ordered)]


async def proposals_waiting(tx: Transaction, *, limit: int | None = 500) -> Sequence[Proposal]:
    """The open ones, longest waiting first."""
    query = select(proposals).where(proposals.c.closed.is_(None)).order_by(proposals.c.opened_at).limit(limit)
    return [_proposal(row) for row in await tx.execute(query)]


async def recently_decided(tx: Transaction, *, limit: int = 50) -> Sequence[Proposal]:
    """The ones answered by a person, newest first."""
    query = select(proposals).where(proposals.c.closed.in_(("approved", "rejected", "responded", "edited")))
    return [_proposal(row) for row in await tx.execute(query.order_by(proposals.c.closed_at.desc()).limit(limit))]


def _proposal(row: Any) -> Proposal:
    return Proposal(
        row.id,
        row.mission_id,
        row.case_id,
        row.turn,
        row.revision,
        row.digest,
        proposed_in(row.body),
        row.opened_at,
        row.closed_at,
        row.closed,
        row.closed_by,
    )


def proposed_in(body: str) -> Proposed:
    """What a row's text says; `Unreadable` where nobody can read it any more."""
    try:
        proposed = Proposed.model_validate_json(body)
        for action in proposed.actions:
            opened(action.sealed)
    except ValueError:
        return Unreadable()
    return proposed
