"""A decision: a person's answer, carrying the digest that the person saw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Column, DateTime, Table, Text, UniqueConstraint, insert, select

from missiondesk.decisions.proposals import Proposal
from missiondesk.decisions.ruling import NeedsApprovals
from missiondesk.ids import DecisionId, ProposalId, StaffId, random_id
from missiondesk.kit.database import Transaction, metadata, now
from missiondesk.kit.errors import NotAllowed, Refused
from missiondesk.people import Staff, may

DecisionKind = Literal["approve", "reject"]

decisions = Table(
    "decisions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("proposal_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("reason", Text),
    Column("at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("proposal_id", "by_id"),  # two signatures are two people
)


class AlreadyDecided(Refused):
    """This proposal is already decided; the card shows by whom."""


class Changed(Refused):
    """This proposal is not the one you saw. Nothing was sent; please look again."""


class MayNotDecide(NotAllowed):
    """Your role does not decide on proposals."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`by_role` is the person's role then; `seen` the digest of the proposal as it was shown."""

    id: DecisionId
    proposal_id: ProposalId
    kind: DecisionKind
    by_id: StaffId
    by_name: str
    by_role: str
    seen: str
    reason: str | None
    at: datetime


async def record_decision(
    tx: Transaction, found: Proposal, kind: DecisionKind, *, by: Staff, seen: str, reason: str | None
) -> Decision:
    """Write one answer to a proposal that the caller has locked. Raises `Changed` when another digest was seen."""
    if seen != found.digest:
        raise Changed
    made = Decision(
        DecisionId(random_id("decision")), found.id, kind, by.id, by.name, by.role, seen, reason, await now(tx)
    )
    await tx.execute(
        insert(decisions).values(
            id=made.id,
            proposal_id=found.id,
            kind=kind,
            by_id=by.id,
            by_name=by.name,
            by_role=by.role,
            seen=seen,
            reason=reason,
            at=made.at,
        )
    )
    return made


async def decisions_on(tx: Transaction, proposal_id: ProposalId) -> list[Decision]:
    query = select(decisions).where(decisions.c.proposal_id == proposal_id).order_by(decisions.c.at)
    return [Decision(*row) for row in await tx.execute(query)]


def may_decide(ruling: NeedsApprovals, who: Staff, signed: list[Decision]) -> str | None:
    """`None`, or the sentence that says why this person cannot answer this proposal."""
    if not may(who, "decide"):
        return f"Your role ({who.role}) looks, but does not decide."
    if ruling.role == "supervisor" and not may(who, "decide_as_supervisor"):
        return "This one needs a supervisor."
    if any(decision.by_id == who.id for decision in signed):
        return "You have signed already; another person must."
    return None


def satisfied(ruling: NeedsApprovals, signed: list[Decision], *, digest: str) -> bool:
    """Whether enough different people, each of a role that counted when they signed, approved these very bytes."""
    people = {
        one.by_id
        for one in signed
        if one.kind == "approve" and one.seen == digest and (ruling.role == "agent" or one.by_role == "supervisor")
    }
    return len(people) >= ruling.count
