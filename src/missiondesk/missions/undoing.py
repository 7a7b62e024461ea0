"""The undo window: a decision that is held can be taken back; when its time is over, it counts.

A turn of its mission does that. The time stands in the mission's row. No page, timer or process needs to live for it.
"""

from missiondesk.decisions import (
    Closed,
    Decision,
    NotAsApproved,
    Proposal,
    StepUpNeeded,
    decision_made,
    decisions_made,
    hold_longer,
    is_stepped_up,
    let_count,
    make_void,
    open_proposal,
    proposal,
)
from missiondesk.ids import DecisionId, ProposalId
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.errors import NotAllowed, Refused
from missiondesk.missions.deciding import (
    PolicyForbids,
    WhileFrozen,
    asked_today,
    by_whom,
    settle,
    tell_decided,
    wake_when_over,
)
from missiondesk.missions.durable import Turn
from missiondesk.missions.parts import Parts
from missiondesk.missions.store import mission
from missiondesk.people import Staff


class TooLate(Refused):
    """This cannot be taken back any more."""


async def take_back(tx: Transaction, decision_id: DecisionId, *, by: Staff) -> ProposalId:
    """Take one's own decision back while it is held; it stays in the record. The second time changes nothing.

    Raises `NotFound`, `NotAllowed` for somebody else's, `TooLate` once it counts or nothing is left to decide.
    """
    proposal_id = (await decision_made(tx, decision_id)).proposal_id
    await mission(tx, (await proposal(tx, proposal_id)).mission_id, lock=True)
    found, made = await proposal(tx, proposal_id, lock=True), await decision_made(tx, decision_id)
    if made.by_id != by.id:
        raise NotAllowed(f"Only {made.by_name} can take this decision back.")
    if made.standing == "taken_back":
        return found.id
    if found.closed or made.standing != "held":
        raise TooLate(_too_late(found, made))
    await make_void(tx, made.id)
    await tell_decided(tx, found, made, "taken_back")
    await wake_when_over(tx, found)
    crashpoint("decisions.taken_back.before_commit")
    return found.id


async def waits_for_decision(turn: Turn, parts: Parts) -> bool:
    """A turn that finds a proposal open only lets decisions count whose time is over. Whether this was such a turn."""
    async with turn.tx() as tx:
        found = await open_proposal(tx, turn.mission_id)
        if found is None:
            return False
        closed = await _let_the_due_count(tx, parts, found)
        if closed is not None:
            await turn.go_on(tx, "effects" if closed == "approved" else "turns")
        else:
            await turn.end(tx, "decision")
            await wake_when_over(tx, found)
        crashpoint("decisions.delay_over.before_commit")
    crashpoint("decisions.delay_over.after_commit")
    return True


async def _let_the_due_count(tx: Transaction, parts: Parts, found: Proposal) -> Closed | None:
    """In the order in which their times end, until the proposal is closed. What stops an answer now stops them too.

    A policy that has come to ask for a longer delay holds them for longer.
    """
    at, policy = await now(tx), await parts.policy.now(tx)
    held = [(one.held_until, one) for one in await decisions_made(tx, found.id) if one.held_until is not None]
    for until, one in sorted(held, key=lambda pair: pair[0]):
        if until > at:
            break
        try:
            needs = await asked_today(tx, policy, found, one.kind)
            if one.kind == "approve" and not is_stepped_up(needs, one):
                raise StepUpNeeded
        except (NotAsApproved, PolicyForbids, StepUpNeeded, WhileFrozen) as stopped:
            await make_void(tx, one.id, why=str(stopped))
            await tell_decided(tx, found, one, "stopped", reason=str(stopped), policy=policy.version)
            continue
        if one.kind == "approve" and await hold_longer(tx, one, needs.delay):
            continue
        await let_count(tx, one.id)
        await tell_decided(tx, found, one, "counts", policy=policy.version)
        if (closed := await settle(tx, found, needs, one)) is not None:
            return closed
    return None


def _too_late(found: Proposal, made: Decision) -> str:
    if made.standing == "counts" and found.closed and found.closed_at:
        return f"This counted at {found.closed_at:%H:%M:%S} UTC; it cannot be taken back any more."
    if made.standing == "counts":
        return "This counts already; it cannot be taken back any more."
    return f"There is nothing to take back: {made.void_why or by_whom(found)}"
