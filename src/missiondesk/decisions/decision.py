"""A decision: a person's answer, carrying the digest that the person saw.

It may be held for a moment first. Until that is over it does not count, and who made it can take it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import CheckConstraint, Column, DateTime, Index, Table, Text, func, insert, select, update

from missiondesk.decisions.hands import Hands, barred, editor_of
from missiondesk.decisions.policy import ByItself, NeedsApprovals
from missiondesk.decisions.proposals import Proposal, Shown
from missiondesk.ids import DecisionId, ProposalId, StaffId, random_id
from missiondesk.kit.database import Transaction, metadata, now
from missiondesk.kit.errors import Invalid, NotAllowed, NotFound, Refused
from missiondesk.people import KeyCannot, Staff, may

DecisionKind = Literal["approve", "edit", "reject", "respond"]
Answer = Literal["approve", "reject", "respond"]  # what closes a proposal without another one
Standing = Literal["held", "counts", "taken_back", "stopped"]
LONGEST_UNDO = 30  # seconds
STEP_UP = timedelta(minutes=5)  # for so long a password that was given again is good
BY_RULE = "rule"  # in place of a person's role, where nobody was asked

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
    Column("held_until", DateTime(timezone=True)),  # empty: it counts, or is void
    Column("void_at", DateTime(timezone=True)),
    Column("void_why", Text),  # what stopped it; empty: the person took it back
    Column("key", Text),  # of the request that brought it: the same one again is the same answer
    Column("batch", Text),  # the same for all that were approved in one act
    Column("policy", Text),  # the version that it was ruled by
    Column("stepped_up_at", DateTime(timezone=True)),  # when its person had given their password again
    CheckConstraint(f"kind in {get_args(DecisionKind)}", name="decisions_kind"),
    # two signatures are two people; who took theirs back may sign again
    Index("decisions_by_person", "by_id", "at"),
    Index("decisions_by_proposal", "proposal_id", "at"),
    Index("one_decision_of_a_person", "proposal_id", "by_id", unique=True, postgresql_where="void_at is null"),
)


class AlreadyDecided(Refused):
    """This proposal is already decided; the card shows by whom."""


class Changed(Refused):
    """This proposal is not the one you saw. Nothing was sent; please look again."""


class StepUpNeeded(NotAllowed):
    """The policy asks for your password again. Give it, and approve within five minutes; nothing was decided yet."""


class MayNotDecide(NotAllowed):
    """Your role does not decide on proposals."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`by_role` is the person's role then; `seen` the digest of the proposal as it was shown.

    `policy` is the version that ruled on it. `held_until` is set as long as it is held: it counts once that was taken
    away, and not because a clock says so.
    """

    id: DecisionId
    proposal_id: ProposalId
    kind: DecisionKind
    by_id: StaffId
    by_name: str
    by_role: str
    seen: str
    reason: str | None
    at: datetime
    held_until: datetime | None = None
    void_at: datetime | None = None
    void_why: str | None = None
    key: str | None = None
    batch: str | None = None
    policy: str | None = None
    stepped_up_at: datetime | None = None

    @property
    def standing(self) -> Standing:
        """Whether it counts, and why not."""
        if self.void_at is not None:
            return "taken_back" if self.void_why is None else "stopped"
        return "counts" if self.held_until is None else "held"


async def record_decision(
    tx: Transaction,
    found: Proposal,
    kind: DecisionKind,
    *,
    by: Staff,
    seen: str,
    reason: str | None,
    policy: str,
    undo: int = 0,
    delay: int = 0,
    key: str | None = None,
    batch: str | None = None,
    stepped_up_at: datetime | None = None,
) -> Decision:
    """Write one answer to a proposal that the caller has locked; it is held for `undo` or `delay` seconds, the longer.

    Raises `Changed` when another digest was seen, `Invalid` for an `undo` that is too long.
    """
    if not 0 <= undo <= LONGEST_UNDO:
        raise Invalid(f"A decision can be taken back for 0 to {LONGEST_UNDO} seconds, not for {undo}.")
    if seen != found.digest:
        raise Changed
    at = await now(tx)
    longer = max(undo, delay)
    until = at + timedelta(seconds=longer) if longer else None
    made_id = DecisionId(random_id("decision"))
    made = Decision(made_id, found.id, kind, by.id, by.name, by.role, seen, reason, at, held_until=until)
    made = replace(made, key=key, batch=batch, policy=policy, stepped_up_at=stepped_up_at)
    return await _written(tx, made)


async def record_rule(tx: Transaction, found: Proposal, ruling: ByItself) -> Decision:
    """Write that the policy's own rules approved what it let go by itself: nobody was asked."""
    name = " and ".join(ruling.rules)
    by, made_id = StaffId(f"{BY_RULE}:{','.join(ruling.rules)}"), DecisionId(random_id("decision"))
    who, policy = (by, f"Rule {name}", BY_RULE), found.proposed.policy
    made = Decision(made_id, found.id, "approve", *who, found.digest, None, await now(tx), policy=policy)
    return await _written(tx, made)


async def _written(tx: Transaction, made: Decision) -> Decision:
    await tx.execute(insert(decisions).values({field.name: getattr(made, field.name) for field in fields(made)}))
    return made


async def decisions_on(tx: Transaction, proposal_id: ProposalId) -> list[Decision]:
    """Those that count, oldest first."""
    return [one for one in await decisions_made(tx, proposal_id) if one.standing == "counts"]


async def decisions_made(tx: Transaction, proposal_id: ProposalId) -> list[Decision]:
    """All, oldest first: also those that are held, and those that were taken back or stopped."""
    query = select(decisions).where(decisions.c.proposal_id == proposal_id).order_by(decisions.c.at)
    return [Decision(*row) for row in await tx.execute(query)]


async def decisions_by_proposal(tx: Transaction, ids: Sequence[ProposalId]) -> dict[ProposalId, list[Decision]]:
    """All on each of these proposals, oldest first, in one query."""
    query = select(decisions).where(decisions.c.proposal_id.in_(ids)).order_by(decisions.c.at)
    found: dict[ProposalId, list[Decision]] = {one: [] for one in ids}
    for row in await tx.execute(query):
        found[row.proposal_id].append(Decision(*row))
    return found


async def decision_made(tx: Transaction, decision_id: DecisionId) -> Decision:
    """Raises `NotFound`."""
    row = (await tx.execute(select(decisions).where(decisions.c.id == decision_id))).first()
    if row is None:
        raise NotFound("There is no such decision.")
    return Decision(*row)


async def hold_longer(tx: Transaction, made: Decision, delay: int) -> bool:
    """Hold a decision that the caller has locked until `delay` seconds after it was made. `False`: they are over."""
    until = made.at + timedelta(seconds=delay)
    if until <= await now(tx):
        return False
    await tx.execute(update(decisions).where(decisions.c.id == made.id).values(held_until=until))
    return True


async def let_count(tx: Transaction, decision_id: DecisionId) -> None:
    """A decision on a proposal that the caller has locked is held no longer."""
    await _no_longer_held(tx, decision_id)


async def make_void(tx: Transaction, decision_id: DecisionId, *, why: str | None = None) -> None:
    """The same, and it will never count: something stopped it, or without `why` the person takes it back."""
    await _no_longer_held(tx, decision_id, void_at=func.clock_timestamp(), void_why=why)


async def make_all_void(tx: Transaction, proposal_id: ProposalId, *, why: str) -> list[str]:
    """What people answered to a proposal that the caller has locked will never count; their names."""
    query = update(decisions).where(decisions.c.proposal_id == proposal_id, decisions.c.void_at.is_(None))
    values = {"held_until": None, "void_at": func.clock_timestamp(), "void_why": why}
    return sorted((await tx.execute(query.values(values).returning(decisions.c.by_name))).scalars())


async def _no_longer_held(tx: Transaction, decision_id: DecisionId, **values: Any) -> None:
    query = update(decisions).where(decisions.c.id == decision_id, decisions.c.held_until.is_not(None))
    assert (await tx.execute(query.values(held_until=None, **values))).rowcount == 1, "it is held, and locked"


def may_decide(
    found: Shown, ruling: NeedsApprovals, who: Staff, made: list[Decision], kind: DecisionKind, hands: Hands
) -> str | None:
    """`None`, or the sentence that says why this person cannot answer this proposal in this way."""
    if not may(who, "edit" if kind == "edit" else "decide"):
        if who.scopes is not None:
            return str(KeyCannot())
        return f"Your role ({who.role}) looks, but does not decide."
    if ruling.role == "supervisor" and who.role != "supervisor":
        return "This one needs a supervisor."
    if kind == "edit":
        return None  # it makes all answers void, one's own too
    me = hands.person(who.id)
    mine = {one.standing: one for one in made if hands.person(one.by_id) == me}
    if "held" in mine:
        return f"You have decided already{_as(mine['held'], who)}. Until it counts you can take that back."
    if "counts" in mine:
        return f"You have signed already{_as(mine['counts'], who)}; another person must."
    if kind == "approve" and ruling.count == 1 and editor_of(found, hands) == me:
        return "You have edited this, so another person must approve it."
    if kind == "approve":
        return next((one.you for one in barred(ruling, found, hands) if one.person == me), None)
    return None


def satisfied(
    ruling: NeedsApprovals | ByItself, signed: list[Decision], found: Proposal, at: datetime, hands: Hands
) -> bool:
    """Whether enough different people, each of a role that counted when they signed, approved these very bytes.

    Two accounts of one person are one. One of them at least is not the person who edited it last, none is excluded,
    each gave their password again where that is asked for, and approved so much before `at` as the ruling's delay.
    What goes by itself was approved by a rule, when it was proposed so, and edited by nobody.
    """
    yes = [one for one in signed if (one.standing, one.kind, one.seen) == ("counts", "approve", found.digest)]
    if isinstance(ruling, ByItself):
        by_rule = isinstance(found.proposed.ruling, ByItself) and found.proposed.editor is None
        return by_rule and any(one.by_role == BY_RULE for one in yes)
    roles = ("supervisor",) if ruling.role == "supervisor" else ("agent", "supervisor")
    long_ago = at - timedelta(seconds=ruling.delay)
    yes = [one for one in yes if one.by_role in roles and one.at <= long_ago and is_stepped_up(ruling, one)]
    people = {hands.person(one.by_id) for one in yes}
    people -= {one.person for one in barred(ruling, found, hands)}
    return len(people) >= ruling.count and any(one != editor_of(found, hands) for one in people)


def is_stepped_up(ruling: NeedsApprovals, made: Decision) -> bool:
    """Whether its person gave their password again shortly before, if that is asked for."""
    return ruling.step_up is None or stepped_up_lately(made.stepped_up_at, made.at)


def stepped_up_lately(stepped_up_at: datetime | None, at: datetime) -> bool:
    return stepped_up_at is not None and stepped_up_at <= at <= stepped_up_at + STEP_UP


def _as(made: Decision, who: Staff) -> str:
    """By which account, if it is another one than they use now."""
    return "" if made.by_id == who.id else f", as {made.by_name}"
