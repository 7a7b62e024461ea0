"""A person's answer to a proposal: one transaction with its observation, the grants and the mission's waking."""

from missiondesk.decisions import (
    AlreadyDecided,
    Closed,
    DecisionKind,
    Deny,
    MayNotDecide,
    Proposal,
    close_proposal,
    decisions_on,
    facts_of,
    granted,
    may_decide,
    mint_grants,
    opened,
    proposal,
    record_decision,
    rule_on,
    satisfied,
    stricter,
)
from missiondesk.decisions import NeedsApprovals as Needs
from missiondesk.effects import Freeze, UnknownAnswer, answer_unknown, frozen, scopes_of, told_of
from missiondesk.ids import GrantId, ProposalId
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, announce
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.missions.durable import wake
from missiondesk.missions.parts import Parts
from missiondesk.missions.store import mission
from missiondesk.people import Staff
from missiondesk.trace import observe


class WhileFrozen(Refused):
    """It is frozen, so nothing can be approved. Nothing was sent."""


class PolicyForbids(Refused):
    """Today's policy does not allow this any more. Nothing was sent."""


async def decide(
    tx: Transaction,
    parts: Parts,
    proposal_id: ProposalId,
    kind: DecisionKind,
    *,
    by: Staff,
    seen: str,
    reason: str | None = None,
) -> None:
    """Answer a proposal, if it is still the one with the digest `seen` and still open.

    The last approval that the ruling asks for mints the grants. Raises `AlreadyDecided`, `Changed`, `MayNotDecide`,
    `PolicyForbids`, `WhileFrozen`, `NotFound`, and `Invalid` for a rejection without a reason.
    """
    if kind == "reject" and not (reason or "").strip():
        raise Invalid("A rejection needs a reason: the worker and the customer go on from it.")
    await mission(tx, (await proposal(tx, proposal_id)).mission_id, lock=True)  # always the mission first
    found = await proposal(tx, proposal_id, lock=True)
    signed = await decisions_on(tx, found.id)
    if found.closed:
        raise AlreadyDecided(_by_whom(found))
    ruling = ruling_today(parts, found)
    if isinstance(ruling, Deny) and kind == "approve":
        raise PolicyForbids(f"Today's policy does not allow this any more: {ruling.sentence} Nothing was sent.")
    if kind == "approve" and (held := await freeze_on(tx, found)) is not None:
        raise WhileFrozen(f"{told_of(held)} Nothing was sent.")
    needs = ruling if isinstance(ruling, Needs) else found.proposed.ruling
    if (why := may_decide(needs, by, signed)) is not None:
        raise MayNotDecide(why)
    decision = await record_decision(tx, found, kind, by=by, seen=seen, reason=(reason or "").strip() or None)
    told = {"proposal": found.id, "decision": decision.id, "answer": kind, "by": by.name, "role": by.role}
    await observe(tx, found.mission_id, "decided", **told, reason=decision.reason, seen=seen)
    crashpoint("decisions.decided.before_commit")
    if kind == "reject":
        await _close(tx, found, "rejected", by)
    elif satisfied(needs, [*signed, decision], digest=found.digest):
        await _grant(tx, found, by)
    else:
        await announce(tx, "queue")


async def answer_effect(
    tx: Transaction, grant_id: GrantId, said: UnknownAnswer, *, by: Staff, note: str = ""
) -> ProposalId:
    """A person's answer about an effect of unknown outcome; the mission goes on from it. Nothing is sent for it.

    Raises `NotFound`, `NotAllowed`, `AlreadySettled`.
    """
    grant, found = await granted(tx, grant_id)
    await mission(tx, found.mission_id, lock=True)
    await answer_unknown(tx, grant.id, said, by=by, note=note)
    await wake(tx, found.mission_id, lane="effects")
    return found.id


async def freeze_on(tx: Transaction, found: Proposal) -> Freeze | None:
    """A freeze in force of anything that this proposal would change."""
    keys = [opened(one.sealed).key for one in found.proposed.actions]
    scopes = {scope for key in keys for scope in scopes_of(key, found.proposed.brief)}
    return await frozen(tx, scopes) if keys else None


def ruling_today(parts: Parts, found: Proposal) -> Needs | Deny:
    """The stricter of the ruling when it was proposed and the policy's answer now."""
    if not found.proposed.actions:
        return found.proposed.ruling
    facts = [facts_of(opened(one.sealed)) for one in found.proposed.actions]
    return stricter(found.proposed.ruling, rule_on(parts.policy, facts))


async def _grant(tx: Transaction, found: Proposal, by: Staff) -> None:
    for grant in await mint_grants(tx, found):
        await observe(tx, found.mission_id, "granted", grant=grant.id, digest=grant.digest, position=grant.position)
    await _close(tx, found, "approved", by)


async def _close(tx: Transaction, found: Proposal, how: Closed, by: Staff) -> None:
    await close_proposal(tx, found.id, how, by.name)
    await wake(tx, found.mission_id, lane="effects" if how == "approved" else "turns")


def _by_whom(found: Proposal) -> str:
    if found.closed in ("approved", "rejected"):
        return f"{found.closed_by} has {found.closed} this already. Nothing was sent for your answer."
    if found.closed == "superseded":
        return "The customer wrote again, so this proposal was taken back. Nothing was sent."
    return f"This proposal was taken back ({found.closed_by}). Nothing was sent."
