"""A grant: the one-time right to run one approved action. Whoever runs it asks the record, never the caller."""

import hashlib
from dataclasses import dataclass, replace

from sqlalchemy import Column, DateTime, ForeignKey, Integer, Table, Text, UniqueConstraint, insert, select

from missiondesk.decisions.action import Action, opened
from missiondesk.decisions.decision import BY_RULE, Decision, decisions_on, is_stepped_up, satisfied
from missiondesk.decisions.hands import Hands, barred, hands_in
from missiondesk.decisions.policy import ByItself
from missiondesk.decisions.proposals import Proposal, Shown, Unreadable, proposal, proposals
from missiondesk.decisions.reserving import is_reserved
from missiondesk.ids import GrantId, MissionId, PersonId, ProposalId, random_id
from missiondesk.kit.database import Transaction, metadata, now
from missiondesk.kit.errors import NotFound, Refused
from missiondesk.people import may, staff_member

grants = Table(
    "grants",
    metadata,
    Column("id", Text, primary_key=True),
    Column("proposal_id", Text, ForeignKey("proposals.id"), nullable=False),  # a test proposal is none
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


async def grants_in(tx: Transaction, mission_id: MissionId) -> list[Grant]:
    """All of a mission, without reading its proposals."""
    of_mission = grants.c.proposal_id.in_(select(proposals.c.id).where(proposals.c.mission_id == mission_id))
    rows = await tx.execute(select(grants).where(of_mission).order_by(grants.c.at, grants.c.position))
    return [Grant(row.id, row.proposal_id, row.position, row.digest) for row in rows]


async def granted(tx: Transaction, grant_id: GrantId) -> tuple[Grant, Proposal]:
    """A grant and the proposal it was minted for. Raises `NoSuchGrant`."""
    row = (await tx.execute(select(grants).where(grants.c.id == grant_id))).first()
    if row is None:
        raise NoSuchGrant
    grant = Grant(row.id, row.proposal_id, row.position, row.digest)
    return grant, await proposal(tx, grant.proposal_id)


async def approved_action(tx: Transaction, grant_id: GrantId) -> Action:
    """The action of a grant, after asking the record whether these very bytes were approved by enough people.

    Or by a rule: then what it takes from pools must be reserved for it.

    Raises `NotAsApproved`.
    """
    grant, found = await granted(tx, grant_id)
    stored = found.proposed.action(grant.position)
    if stored is None or stored.digest != grant.digest or not stored.is_intact:
        raise NotAsApproved("The stored action does not have the digest that was approved.")
    await check_approved(tx, found)
    ruling = found.proposed.ruling
    if isinstance(ruling, ByItself):
        own = [one for one in ruling.reservations if one.position == grant.position]
        if not own or not await is_reserved(tx, stored.digest, own):
            raise NotAsApproved("It was to go by itself, and nothing is reserved for it.")
    return opened(stored.sealed)


def check_intact(found: Shown) -> None:
    """Whether a proposal is stored as it was proposed, its words as they were sealed. Raises `NotAsApproved`."""
    if isinstance(found.proposed, Unreadable):
        raise NotAsApproved("It cannot be read any more: reject it, or take the case over. Nothing was sent.")
    if found.proposed.digest != found.digest or not all(one.is_intact for one in found.proposed.actions):
        raise NotAsApproved("What is stored is not what was proposed. Nothing was sent or changed.")


async def check_approved(tx: Transaction, found: Proposal) -> None:
    """Whether a proposal, its actions and its message as they are stored, was approved by enough people.

    Raises `NotAsApproved`.
    """
    if found.closed != "approved" or found.proposed.digest != found.digest:
        raise NotAsApproved("The proposal is not approved as it is stored.")
    signed, hands = await signatures(tx, found.id), await hands_in(tx, found)
    if not satisfied(found.proposed.ruling, signed, found, await now(tx), hands):
        raise NotAsApproved(_too_few(found, signed, hands))


def _too_few(found: Proposal, signed: list[Decision], hands: Hands) -> str:
    """What is missing, as the person reads who finds it in the queue again."""
    names: dict[PersonId, list[str]] = {}
    for one in signed:
        names.setdefault(hands.person(one.by_id), []).append(one.by_name)
    if twice := next((" and ".join(one) for one in names.values() if len(one) > 1), None):
        return f"{twice} are accounts of one person, so they approved it once, and another person must."
    out = {one.person: f"{one.name} {one.why}" for one in barred(found.proposed.needs, found, hands)}
    if may_not := [out[person] for person in names if person in out]:
        return f"{' and '.join(may_not)}, so another person must approve it."
    if without := [one.by_name for one in signed if not is_stepped_up(found.proposed.needs, one)]:
        return f"{' and '.join(without)} approved it without giving their password again, which it needs."
    return "There are not enough approvals of this digest."


async def signatures(tx: Transaction, proposal_id: ProposalId) -> list[Decision]:
    """The decisions that count, of people who may still decide; each with the lesser of the roles then and now.

    A rule's stays as it is: it is worth something for what was proposed to go by itself alone.
    """
    found: list[Decision] = []
    for one in await decisions_on(tx, proposal_id):
        if one.by_role == BY_RULE:
            found.append(one)
            continue
        who = await staff_member(tx, one.by_id)
        if who is not None and may(who, "decide"):
            lesser = one.by_role == "supervisor" and not may(who, "decide_as_supervisor")
            found.append(replace(one, by_role=who.role) if lesser else one)
    return found
