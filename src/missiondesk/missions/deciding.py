"""A person's answer to a proposal: one transaction with its observation, the grants and the mission's waking."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from missiondesk.decisions import (
    AlreadyDecided,
    Answer,
    Closed,
    Decision,
    DecisionKind,
    Deny,
    MayNotDecide,
    Policy,
    Proposal,
    Shown,
    StepUpNeeded,
    by_people,
    check_intact,
    close_proposal,
    decisions_made,
    granted,
    hands_in,
    may_decide,
    mint_grants,
    opened,
    proposal,
    record_decision,
    satisfied,
    signatures,
    stepped_up_lately,
    stricter,
)
from missiondesk.decisions import NeedsApprovals as Needs
from missiondesk.effects import Freeze, UnknownAnswer, answer_unknown, around, frozen, scopes_of, told_of
from missiondesk.ids import GrantId, ProposalId
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, announce, now
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.missions.draw_up import ruling_on
from missiondesk.missions.durable import wake
from missiondesk.missions.pace import keep_pace
from missiondesk.missions.parts import Parts
from missiondesk.missions.store import mission, set_mission
from missiondesk.people import Staff
from missiondesk.trace import observe

LONGEST_REASON = 2_000  # characters
_NEEDS_WORDS = {
    "reject": "A rejection needs a reason: the worker and the customer go on from it.",
    "respond": "A response needs words: the worker goes on from them.",
}
_CLOSES: Mapping[DecisionKind, Closed] = {"reject": "rejected", "respond": "responded"}


class WhileFrozen(Refused):
    """It is frozen, so nothing can be approved. Nothing was sent."""


class PolicyForbids(Refused):
    """Today's policy does not allow this any more. Nothing was sent."""


async def decide(
    tx: Transaction,
    parts: Parts,
    proposal_id: ProposalId,
    kind: Answer,
    *,
    by: Staff,
    seen: str,
    reason: str | None = None,
    undo: int = 0,
    key: str | None = None,
    batch: str | None = None,
    stepped_up_at: datetime | None = None,
) -> None:
    """Answer a proposal, if it is still the one with the digest `seen` and still open.

    The answer is held for `undo` seconds (0 to 30), an approval at least as long as the policy delays it: until then it
    can be taken back, and is worth nothing. The last approval that the ruling asks for mints the grants. `batch`: the
    same for all that are approved in one act. `stepped_up_at`: when they gave their password again in the session that
    this comes from.

    Raises `AlreadyDecided`, `Changed`, `MayNotDecide`, `StepUpNeeded`, `NotFound`, what `asked_today` raises,
    `SlowDown` for approvals that come too quickly, and `Invalid` for a rejection without a reason or another `undo`.
    """
    check_reason(kind, reason)
    await mission(tx, (await proposal(tx, proposal_id)).mission_id, lock=True)  # always the mission first
    found = await proposal(tx, proposal_id, lock=True)
    if found.closed:
        raise AlreadyDecided(by_whom(found))
    policy = await parts.policy.now(tx)
    needs = await asked_today(tx, policy, found, kind)
    made_before, hands = await decisions_made(tx, found.id), await hands_in(tx, found)
    if (why := may_decide(found, needs, by, made_before, kind, hands)) is not None:
        raise MayNotDecide(why)
    if kind == "approve" and needs.step_up and not stepped_up_lately(stepped_up_at, await now(tx)):
        raise StepUpNeeded
    if kind == "approve" and batch is None:
        await keep_pace(tx, parts.pace, by)
    asked_again = stepped_up_at if kind == "approve" and needs.step_up else None
    reason = (reason or "").strip() or None
    delay = needs.delay if kind == "approve" else 0
    held: dict[str, Any] = {"undo": undo, "delay": delay, "key": key, "batch": batch}
    ruled: dict[str, Any] = {"policy": policy.version, "stepped_up_at": asked_again}
    made = await record_decision(tx, found, kind, by=by, seen=seen, reason=reason, **ruled, **held)
    told: dict[str, Any] = {"reason": made.reason, "seen": seen, "policy": policy.version}
    if asked_again is not None:
        told["stepped_up"] = asked_again.astimezone(UTC).isoformat()
    if made.held_until is not None:
        told |= {"undo": max(undo, delay), "until": made.held_until.astimezone(UTC).isoformat()}
    await tell_decided(tx, found, made, kind, **told)
    crashpoint("decisions.decided.before_commit")
    if made.held_until is None:
        await settle(tx, found, needs, made)
    else:
        await wake_when_over(tx, found)


def check_reason(kind: Answer, reason: str | None) -> None:
    """Raises `Invalid` for a reason too long, or none where one is needed."""
    if kind != "approve" and not (reason or "").strip():
        raise Invalid(_NEEDS_WORDS[kind])
    if len(reason or "") > LONGEST_REASON:
        raise Invalid(f"A reason has at most {LONGEST_REASON:,} characters, and this one {len(reason or ''):,}.")


async def asked_today(tx: Transaction, policy: Policy, found: Shown, kind: DecisionKind) -> Needs:
    """What an answer of this kind needs now.

    Raises `NotAsApproved`, `PolicyForbids` and `WhileFrozen` for an approval.
    """
    if kind == "approve":
        check_intact(found)
    ruling = await ruling_today(tx, policy, found)
    if isinstance(ruling, Deny) and kind == "approve":
        raise PolicyForbids(f"Today's policy does not allow this any more: {ruling.sentence} Nothing was sent.")
    if kind == "approve" and (held := await freeze_on(tx, found)) is not None:
        raise WhileFrozen(f"{told_of(held)} Nothing was sent.")
    return ruling if isinstance(ruling, Needs) else found.proposed.needs


async def settle(tx: Transaction, found: Proposal, needs: Needs, made: Decision) -> Closed | None:
    """A decision counts from now on: the proposal is closed, unless it needs more. `made` is in the record."""
    if made.kind in _CLOSES:
        return await _close(tx, found, _CLOSES[made.kind], made.by_name)
    if not satisfied(needs, await signatures(tx, found.id), found, await now(tx), await hands_in(tx, found)):
        await announce(tx, "queue")
        return None
    await grant(tx, found)
    return await _close(tx, found, "approved", made.by_name)


async def grant(tx: Transaction, found: Proposal) -> None:
    """It has its approvals: each action may run, once."""
    for one in await mint_grants(tx, found):
        await observe(tx, found.mission_id, "granted", grant=one.id, digest=one.digest, position=one.position)


async def wake_when_over(tx: Transaction, found: Proposal) -> None:
    """The mission wakes when the next decision that is held now would count; when none is, for no time."""
    held = [one.held_until for one in await decisions_made(tx, found.id) if one.held_until is not None]
    await set_mission(tx, found.mission_id, wake_at=min(held, default=None))
    await announce(tx, "queue")


async def tell_decided(tx: Transaction, found: Proposal, made: Decision, answer: str, **told: Any) -> None:
    """The observation of something that a person decided, or of what became of that."""
    who = {"proposal": found.id, "decision": made.id, "answer": answer, "by": made.by_name, "role": made.by_role}
    await observe(tx, found.mission_id, "decided", **who, **told)


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


async def freeze_on(tx: Transaction, found: Shown) -> Freeze | None:
    """A freeze in force of anything that this proposal would change."""
    keys = [opened(one.sealed).key for one in found.proposed.actions]
    scopes = {scope for key in keys for scope in scopes_of(key, found.proposed.brief)}
    return await frozen(tx, scopes) if keys else None


async def ruling_today(tx: Transaction, policy: Policy, found: Shown) -> Needs | Deny:
    """The stricter of the ruling when it was proposed and the answer of `policy` now, where people decide."""
    then = found.proposed.needs
    if not found.proposed.actions:
        return then
    about = await around(tx, policy, found.case_id, found.proposed.brief, besides=found.id)
    today = ruling_on([opened(one.sealed) for one in found.proposed.actions], policy, about)
    return by_people(stricter(then, today))


def by_whom(found: Proposal) -> str:
    """Of a proposal that is closed: who closed it, for somebody who comes too late."""
    if found.closed in ("approved", "rejected"):
        return f"{found.closed_by} has {found.closed} this already. Nothing was sent for your answer."
    if found.closed == "responded":
        return f"{found.closed_by} has sent this back to the worker. Nothing was sent for your answer."
    if found.closed == "edited":
        return f"{found.closed_by} has edited this into a new proposal. Nothing was sent for your answer."
    if found.closed == "superseded":
        return "The customer wrote again, so this proposal was taken back. Nothing was sent."
    return f"This proposal was taken back ({found.closed_by}). Nothing was sent."


async def _close(tx: Transaction, found: Proposal, how: Closed, by: str) -> Closed:
    await close_proposal(tx, found.id, how, by)
    await wake(tx, found.mission_id, lane="effects" if how == "approved" else "turns")
    return how
