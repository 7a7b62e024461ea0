"""A grant: the one-time right to run one approved action. Whoever runs it asks the record, never the caller."""

import hashlib
from dataclasses import dataclass, replace

from sqlalchemy import Column, DateTime, Integer, Table, Text, UniqueConstraint, insert, select

from missiondesk.decisions.action import Action, opened
from missiondesk.decisions.decision import Decision, decisions_on, satisfied
from missiondesk.decisions.proposals import Proposal, proposal
from missiondesk.ids import GrantId, ProposalId, random_id
from missiondesk.kit.database import Transaction, metadata, now
from missiondesk.kit.errors import NotFound, Refused
from missiondesk.people import may, staff_member

grants = Table(
    "grants",
    metadata,
    Column("id", Text, primary_key=True),
    Column("proposal_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("proposal_id", "position"),  # one action, one grant
)


class NoSuchGrant(NotFound):
    """There is no such grant."""


class NotAsApproved(Refused):
    """What is stored is not what was approved. Nothing was sent."""


@dataclass(frozen=True, slots=True)
class Grant:
    """`key` is the idempotency key that goes with the action. It comes from its digest, of which there is no second."""

    id: GrantId
    proposal_id: ProposalId
    position: int
    digest: str

    @property
    def key(self) -> str:
        return key_of(self.digest)


def key_of(action_digest: str) -> str:
    """The idempotency key of the action with this digest."""
    return f"md-{hashlib.sha256(action_digest.encode()).hexdigest()[:32]}"


async def mint_grants(tx: Transaction, approved: Proposal) -> list[Grant]:
    """One grant for each action of a proposal that has its approvals."""
    made = [
        Grant(GrantId(random_id("grant")), approved.id, position, action.digest)
        for position, action in enumerate(approved.proposed.actions)
    ]
    at = await now(tx)
    for grant in made:
        await tx.execute(
            insert(grants).values(
                id=grant.id, proposal_id=grant.proposal_id, position=grant.position, digest=grant.digest, at=at
            )
        )
    return made


async def grants_of(tx: Transaction, proposal_id: ProposalId) -> list[Grant]:
    """In the order in which the actions run."""
    query = select(grants).where(grants.c.proposal_id == proposal_id).order_by(grants.c.position)
    return [Grant(row.id, row.proposal_id, row.position, row.digest) for row in await tx.execute(query)]


async def granted(tx: Transaction, grant_id: GrantId) -> tuple[Grant, Proposal]:
    """A grant and the proposal it was minted for. Raises `NoSuchGrant`."""
    row = (await tx.execute(select(grants).where(grants.c.id == grant_id))).first()
    if row is None:
        raise NoSuchGrant
    grant = Grant(row.id, row.proposal_id, row.position, row.digest)
    return grant, await proposal(tx, grant.proposal_id)


async def approved_action(tx: Transaction, grant_id: GrantId) -> Action:
    """The action of a grant, after asking the record whether these very bytes were approved by enough people.

    Raises `NotAsApproved`.
    """
    grant, found = await granted(tx, grant_id)
    stored = found.proposed.actions[grant.position]
    if stored.digest != grant.digest or not stored.is_intact:
        raise NotAsApproved("The stored action does not have the digest that was approved.")
    await check_approved(tx, found)
    return opened(stored.sealed)


def check_intact(found: Proposal) -> None:
    """Whether a proposal is stored as it was proposed, its words as they were sealed. Raises `NotAsApproved`."""
    if found.proposed.digest != found.digest or not all(one.is_intact for one in found.proposed.actions):
        raise NotAsApproved("What is stored is not what was proposed. Nothing was sent or changed.")


async def check_approved(tx: Transaction, found: Proposal) -> None:
    """Whether a proposal, its actions and its message as they are stored, was approved by enough people.

    Raises `NotAsApproved`.
    """
    if found.closed != "approved" or found.proposed.digest != found.digest:
        raise NotAsApproved("The proposal is not approved as it is stored.")
    if not satisfied(found.proposed.ruling, await signatures(tx, found.id), found):
        raise NotAsApproved("There are not enough approvals of this digest.")


async def signatures(tx: Transaction, proposal_id: ProposalId) -> list[Decision]:
    """The decisions that count, of people who may still decide; each with the lesser of the roles then and now."""
    found: list[Decision] = []
    for one in await decisions_on(tx, proposal_id):
        who = await staff_member(tx, one.by_id)
        if who is not None and may(who, "decide"):
            lesser = one.by_role == "supervisor" and not may(who, "decide_as_supervisor")
            found.append(replace(one, by_role=who.role) if lesser else one)
    return found
