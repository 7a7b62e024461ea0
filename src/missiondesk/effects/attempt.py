"""One try at one granted action: checked against the record, committed, sent, settled, proved."""

import asyncio
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from missiondesk.decisions import (
    Action,
    Deny,
    Grant,
    Policy,
    Proposal,
    approved_action,
    decisions_on,
    facts_of,
    rule_on,
    satisfied,
    stricter,
)
from missiondesk.effects.proof import find_again, prove, reference_in
from missiondesk.effects.recheck import CannotLook, Changes, changes_since, today_of
from missiondesk.effects.store import Effect, EffectState, mark_sent, put_off, record_proof, settle
from missiondesk.ids import ConnectionId, GrantId, MissionId
from missiondesk.integrations import Answer, Connections, Known, owned
from missiondesk.integrations.sending import send
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, now
from missiondesk.trace import Observation, observe

_PAUSES = (0.5, 2.0, 0.0)  # after each call of a keyed action
_TRIES = 8  # of an action whose system cannot be reached, before it goes back to the worker
_KEY_MARGIN = timedelta(minutes=10)


class Ownership(Protocol):
    """A turn: its transactions raise when another process has taken the mission over."""

    @property
    def mission_id(self) -> MissionId: ...

    def tx(self) -> AbstractAsyncContextManager[Transaction]: ...


@dataclass(frozen=True, slots=True)
class Attempt:
    """Everything that one try needs, loaded from the record. `patience` is seconds for one call."""

    turn: Ownership
    effect: Effect
    grant: Grant
    proposal: Proposal
    action: Action
    known: Known
    trace: Mapping[int, Observation]
    records: Mapping[ConnectionId, str]
    connections: Connections
    policy: Policy
    patience: float

    async def send_if_right(self, baseline: Mapping[int, str]) -> None:
        """From `intent`, `sent` or `checking` to an end, or as far as it goes now."""
        if self.effect.state == "checking":
            await self._look_it_up(self.effect.attempt, "It was looked up again, and is not there.")
            return
        keyed = self.known.tool.effect_class == "keyed"
        first = self.effect.state == "intent"
        if self.effect.busy and not keyed:
            return  # a call may be in flight: until it ends, "not found" means nothing
        if first:
            try:
                why, changes = await self._against(baseline)
            except CannotLook as cannot:
                await self._put_off(self.effect.attempt, str(cannot))
                return
            if why:
                await self._settle(None, "stale", why=why, changes=changes)
                return
        elif not keyed or await self._key_is_old():
            await self._look_it_up(self.effect.attempt, "It was sent, and no answer came.")
            return
        await self._call(first=first, pauses=_PAUSES if keyed else (0.0,))

    async def prove_if_done(self, done: Effect, next_up: GrantId | None) -> None:
        """Read back in the system of record what must be true now, and what the next action's evidence looks like."""
        if done.state != "done" or done.proved is not None:
            return
        checks = await prove(self.connections, self.known, self.action, self.grant.key, self.records)
        held = all(held for _, held in checks)
        async with self.turn.tx() as tx:
            after = await approved_action(tx, next_up) if next_up else None
        try:
            baseline = await today_of(self.connections, after, self.trace, self.records) if after else {}
        except CannotLook:
            return  # not read back yet: the mission comes back for it
        crashpoint("effects.proved.before")
        async with self.turn.tx() as tx:
            await record_proof(tx, self.grant.id, checks, proved=held)
            told: dict[str, Any] = {
                "checks": [{"says": says, "held": held} for says, held in checks],
                "reference": done.reference,
            }
            newer = {str(n): digest for n, digest in baseline.items()}
            await observe(tx, self.turn.mission_id, "proved", grant=self.grant.id, held=held, **told, baseline=newer)
        crashpoint("effects.proved.after_commit")

    async def _against(self, baseline: Mapping[int, str]) -> tuple[str | None, Changes]:
        """What speaks against sending now: expiry, today's policy, evidence that has changed. Raises `CannotLook`."""
        async with self.turn.tx() as tx:
            if await now(tx) > self.action.expires:
                return "The approval's time is over.", []
            signed = await decisions_on(tx, self.proposal.id)
        today = stricter(self.proposal.proposed.ruling, rule_on(self.policy, [facts_of(self.action)]))
        if isinstance(today, Deny):
            return f"Today's policy does not allow it: {today.sentence}", []
        if not satisfied(today, signed, digest=self.proposal.digest):
            return f"Today's policy asks for more: {today.sentence}", []
        changes = await changes_since(self.connections, self.action, self.trace, self.records, baseline)
        return ("What it rests on has changed." if changes else None), changes

    async def _call(self, *, first: bool, pauses: tuple[float, ...]) -> None:
        attempt = self.effect.attempt
        for pause in pauses:
            async with self.turn.tx() as tx:
                claimed = await mark_sent(tx, self.grant.id, attempt, patience=self.patience + 5)
                if claimed is None:
                    return
                await observe(tx, self.turn.mission_id, "effect", state="sent", grant=self.grant.id, attempt=claimed)
                crashpoint("effects.sent.before_commit")
            attempt = claimed
            crashpoint("effects.sent.after_commit")
            answer = await send(self.connections, self.known, dict(self.action.arguments), key=self.grant.key)
            crashpoint("effects.called")
            if await self._ended(answer, attempt, first=first):
                return
            first = False
            await asyncio.sleep(pause)
        await self._look_it_up(attempt, "The system gave no certain answer.")

    async def _ended(self, answer: Answer, attempt: int, *, first: bool) -> bool:
        """Whether this answer is certain. Only a first call can prove that nothing was sent or done."""
        match answer.kind:
            case "ok" if self.known.tool.owner is None or self._theirs(answer.value):
                await self._settle(attempt, "done", value=answer.value)
                return True
            case "refused" if first and answer.value.split(":")[0] in self.known.tool.not_executed:
                await self._settle(attempt, "failed", why=str(answer.value))
                return True
            case "changed" if first:
                await self._settle(attempt, "stale", why=str(answer.value))
                return True
            case "gone" if first:
                await self._put_off(attempt, f"{self.known.connection.title}: {answer.value}")
                return True
            case _:
                return False

    def _theirs(self, value: Any) -> bool:
        return owned(self.known.tool, value, self.records.get(ConnectionId(self.known.connection.id), ""))

    async def _key_is_old(self) -> bool:
        hours = self.known.tool.key.hours if self.known.tool.key else 0
        async with self.turn.tx() as tx:
            sent = self.effect.first_sent_at
            return sent is None or await now(tx) > sent + timedelta(hours=hours) - _KEY_MARGIN

    async def _look_it_up(self, attempt: int, why: str) -> None:
        found = await find_again(self.connections, self.known, self.action, self.grant.key, self.records)
        if found:
            await self._settle(attempt, "done", value=found.value, why="found again by our reference")
        else:
            await self._settle(attempt, "unknown", why=why)

    async def _put_off(self, attempt: int, why: str) -> None:
        """Nothing was sent: the intent stands and is tried again, until it goes back to the worker."""
        if attempt + 1 >= _TRIES:
            await self._settle(None, "stale", why=why)
            return
        crashpoint("effects.put_off.before")
        async with self.turn.tx() as tx:
            await put_off(tx, self.grant.id, attempt)
            await observe(tx, self.turn.mission_id, "effect", state="put_off", grant=self.grant.id, why=why)
        crashpoint("effects.put_off.after_commit")

    async def _settle(
        self,
        attempt: int | None,
        state: EffectState,
        *,
        value: Any = None,
        why: str | None = None,
        changes: Changes | None = None,
    ) -> None:
        reference = reference_in(self.known, value) if value is not None else None
        await settle_observed(
            self.turn,
            self.grant.id,
            state,
            attempt=attempt,
            answer=value,
            reference=reference,
            why=why,
            changes=[list(change) for change in changes or []],
        )


async def settle_observed(
    turn: Ownership, grant_id: GrantId, state: EffectState, *, attempt: int | None, **values: Any
) -> None:
    """Write how an effect ended, with its observation, once."""
    crashpoint(f"effects.{state}.before")
    async with turn.tx() as tx:
        if await settle(tx, grant_id, state, attempt=attempt, **values):
            await observe(tx, turn.mission_id, "effect", state=state, grant=grant_id, **values)
    crashpoint(f"effects.{state}.after_commit")
