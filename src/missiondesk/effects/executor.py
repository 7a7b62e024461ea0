"""The executor: turns a grant into an effect. Nothing is sent before its intent is committed, and nothing twice.

It asks the record, never the caller: digest, approvals, policy, pin, expiry and evidence are checked again, then the
attempt is committed, then the call is made. Only a tool that honours our key is ever sent again; for the rest we look
it up by our reference, and if that is not certain, a person is asked.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from missiondesk.decisions import LOST, Grant, NotAsApproved, Policies, approved_action, granted, reads_of
from missiondesk.effects.attempt import Attempt, Ownership, not_read_back, settle_observed
from missiondesk.effects.store import OPEN, Effect, EffectState, effect, effects_open, insert_intent, skip_effect
from missiondesk.effects.told import NOTHING_SENT, check_told, last_told
from missiondesk.ids import GrantId, MissionId
from missiondesk.integrations import Connections
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction
from missiondesk.people import records_of
from missiondesk.trace import observe, observed


class Executor:
    """Runs granted actions for turns."""

    attempt: ClassVar[type[Attempt]] = Attempt

    def __init__(self, connections: Connections, policy: Policies) -> None:
        self._connections = connections
        self._policy = policy

    async def run(
        self, turn: Ownership, grant_id: GrantId, *, next_up: GrantId | None, baseline: Mapping[int, str]
    ) -> Effect:
        """Take one grant as far as it can go now.

        Still `intent` or `sent` afterwards: come back later. `baseline` is what our own earlier action of the same
        proposal made of the evidence; for `next_up` a new one is taken when this effect is done.
        """
        async with turn.tx() as tx:
            await _intend(tx, turn.mission_id, grant_id)
            crashpoint("effects.intent.before_commit")
        crashpoint("effects.intent.after_commit")
        found = await _now(turn, grant_id)
        before = found.state
        attempt = await self._prepared(turn, found) if found.state in (*OPEN, "done") else None
        if attempt is not None and found.state != "done":
            await attempt.send_if_right(baseline)
            found = await _now(turn, grant_id)
        if attempt is not None:
            await attempt.prove_if_done(found, next_up, at_once=found.state != before and found.why is None)
        return await _now(turn, grant_id)

    async def _prepared(self, turn: Ownership, found: Effect) -> Attempt | None:
        """All that the record says of this grant. `None`: it may not run, and that is settled now."""
        try:
            async with turn.tx() as tx:
                grant, proposal = await granted(tx, found.grant_id)
                action = await approved_action(tx, found.grant_id)
                trace = {one.n: one for one in await observed(tx, turn.mission_id)}
                await check_told(tx, turn.mission_id, grant, proposal)
                records = await records_of(tx, action.customer)
        except NotAsApproved as not_approved:
            return await _stop(turn, found, str(not_approved))
        if found.state == "intent" and (told := last_told(trace.values(), grant.digest)) not in NOTHING_SENT:
            return await _stop(turn, found, f"The trace tells that it is {told}.", state="unknown")
        known = self._connections.known(action.key)
        if known is None or known.pin != action.definition:
            return await _stop(turn, found, f"{action.key} is not the tool that was reviewed and approved.")
        if self._connections.terms(known, reads_of(action, trace)) != action.terms:
            return await _stop(turn, found, "What is decided about its connections has changed since it was approved.")
        return self.attempt(
            turn, found, grant, proposal, action, known, trace, records, self._connections, self._policy
        )


async def _intend(tx: Transaction, mission_id: MissionId, grant_id: GrantId) -> None:
    """Write the intent and its observation, once."""
    grant, proposal = await granted(tx, grant_id)
    if not await insert_intent(tx, grant, mission_id):
        return
    stored = proposal.proposed.action(grant.position)
    told = {"digest": grant.digest, "sentence": stored.sentence if stored else LOST, "key": grant.key}
    await observe(tx, mission_id, "effect", state="intent", grant=grant_id, **told)


async def _now(turn: Ownership, grant_id: GrantId) -> Effect:
    async with turn.tx() as tx:
        found = await effect(tx, grant_id)
    assert found is not None, "its intent is committed first"
    return found


async def _stop(turn: Ownership, found: Effect, why: str, *, state: EffectState | None = None) -> None:
    """It may not run. Before the first call nothing was sent; after it nobody knows; done, it cannot be read back."""
    if found.state == "done":
        await not_read_back(turn, found, why)
    else:
        state = state or ("stale" if found.state == "intent" else "unknown")
        await settle_observed(turn, found, state, attempt=None, why=why)


async def give_up_effects(turn: Ownership, why: str) -> bool:
    """Effects of a mission whose turn failed again and again, and grants of which nothing became yet.

    `True`: some may have been sent, and a person must say.
    """
    async with turn.tx() as tx:
        found = await effects_open(tx, turn.mission_id)
    for one in found:
        if one.state in OPEN:
            await settle_observed(turn, one, "stale" if one.state == "intent" else "unknown", attempt=None, why=why)
        elif one.state == "done":
            await not_read_back(turn, one, why)
    return any(one.state in ("sent", "checking", "unknown") for one in found)


async def skip_effects(tx: Transaction, mission_id: MissionId, grants: Sequence[Grant], why: str) -> None:
    """These grants will never run, but for those of which something became before."""
    for grant in grants:
        if await skip_effect(tx, grant, mission_id):
            told = {"grant": grant.id, "digest": grant.digest, "why": why}
            await observe(tx, mission_id, "effect", state="skipped", **told)
