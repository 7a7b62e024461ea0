"""What goes by itself: the rule decides in the transaction that proposes it, if all that it takes can be reserved.

After anything in the mission that a person would want to look at, a person is asked instead.
"""

from dataclasses import replace

from missiondesk.decisions import (
    ByItself,
    Proposal,
    Proposed,
    close_proposal,
    hold_for,
    opened,
    record_rule,
    reserve,
)
from missiondesk.effects import frozen, scopes_of
from missiondesk.kit.database import Transaction, now
from missiondesk.missions.deciding import grant, tell_decided
from missiondesk.missions.parts import Parts
from missiondesk.missions.scene import Scene


async def reserved(tx: Transaction, parts: Parts, scene: Scene, drawn: Proposed) -> Proposed:
    """The same, if nothing in it goes by itself or all of it is reserved now; else as it is put before people.

    Call it in the transaction that adds the proposal: what is reserved is bound to its actions by their digests.
    """
    ruling = drawn.ruling
    if not isinstance(ruling, ByItself):
        return drawn
    why = await _for_a_person(tx, scene, drawn)
    if why is None:
        today = (await now(tx)).astimezone((await parts.policy.now(tx)).place).date()
        if await reserve(tx, ruling.reservations, today):
            await hold_for(tx, ruling.reservations, [one.digest for one in drawn.actions], today)
            return drawn
        why = f"There is not enough left of {' and '.join(one.pool for one in ruling.reservations)}."
    asks = ruling.otherwise
    return drawn.model_copy(update={"ruling": replace(asks, sentence=f"{asks.sentence} {why}")})


async def let_go(tx: Transaction, made: Proposal) -> bool:
    """Decide by the rule on a proposal that was added in this transaction; `False`: it waits for people."""
    ruling = made.proposed.ruling
    if not isinstance(ruling, ByItself):
        return False
    decision = await record_rule(tx, made, ruling)
    await tell_decided(tx, made, decision, "approve", reason=ruling.sentence, seen=made.digest, policy=decision.policy)
    await grant(tx, made)
    await close_proposal(tx, made.id, "approved", decision.by_name)
    return True


async def _for_a_person(tx: Transaction, scene: Scene, drawn: Proposed) -> str | None:
    """Why a person is asked although the policy does not ask for one."""
    if drawn.stale is not None or any(
        one.closed in ("rejected", "responded") or (one.receipts and not one.done) for one in scene.past
    ):
        return "Something in this mission did not go as planned, so a person looks."
    keys = [opened(one.sealed).key for one in drawn.actions]
    if await frozen(tx, {scope for key in keys for scope in scopes_of(key, drawn.brief)}):
        return "It is frozen, so nothing goes by itself."
    return None
