"""One try at one granted action: checked against the record, committed, sent, settled, proved."""

import asyncio
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from missiondesk.decisions import (
    Action,
    ByItself,
    Deny,
    Grant,
    Policies,
    Policy,
    Proposal,
    Ruling,
    approved_action,
    facts_of,
    hands_in,
    is_reserved,
    opened,
    rule_on,
    satisfied,
    signatures,
    stricter,
)
from missiondesk.effects.freezing import frozen, scopes_of
from missiondesk.effects.looking import CannotLook
from missiondesk.effects.moment import around
from missiondesk.effects.proof import find_again, prove, reference_in
from missiondesk.effects.recheck import Changes, baseline_after, changes_since, unmet
from missiondesk.effects.store import Effect, EffectState, mark_sent, put_off, record_proof, settle
from missiondesk.ids import ConnectionId, GrantId, MissionId
from missiondesk.integrations import Answer, Connections, Known, is_one_of, owned
from missiondesk.integrations.sending import instant, send, window
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, now
from missiondesk.trace import Observation, observe, observed_at_step

_PAUSES = (0.5, 2.0, 0.0)  # after each call of a keyed action
_TRIES = 8  # of an action whose system cannot be reached, before it goes back to the worker
_KEY_MARGIN = timedelta(minutes=10)
_CLOCKS_DIFFER = timedelta(minutes=1)  # at most, between a database and the one that took over from it
_READ_BACK = timedelta(minutes=2)  # for a system that cannot be asked; then a person is
_JUST = timedelta(minutes=5)  # from the last check to a call; later, it is checked again first
_FOUND = "found again by our reference"


class Ownership(Protocol):
    """A turn: its transactions raise when another process has taken the mission over."""

    @property
    def mission_id(self) -> MissionId: ...

    def tx(self) -> AbstractAsyncContextManager[Transaction]: ...


@dataclass(frozen=True, slots=True)
class Attempt:
    """Everything that one try needs, loaded from the record.

    `checked`: when it was begun to ask what speaks against sending it, by the policy `ruled`; `None` before.
    """

    turn: Ownership
    effect: Effect
    grant: Grant
    proposal: Proposal
    action: Action
    known: Known
    trace: Mapping[int, Observation]
    records: Mapping[ConnectionId, str]
    connections: Connections
    policies: Policies
    checked: datetime | None = None
    ruled: Policy | None = None

    async def send_if_right(self, baseline: Mapping[int, str]) -> None:
        """From `intent`, `sent` or `checking` to an end, or as far as it goes now."""
        keyed = self.known.tool.effect_class == "keyed"
        if self.effect.busy and not keyed:
            return  # a call may be in flight: until it ends, "not found" means nothing
        async with self.turn.tx() as tx:
            if (self.effect.state == "intent" or keyed) and await self._is_frozen(tx):
                return  # the mission comes back for it
            checking = replace(self, checked=await now(tx), ruled=await self.policies.now(tx))
        match self.effect.state:
            case "intent":
                await checking._begin(baseline, keyed=keyed)
            case "sent" if keyed and not await self._key_is_old():
                await checking._send_again(baseline)
            case "sent":
                await self._look_it_up("It was sent, and no answer came.")
            case _:
                await self._look_it_up("It was looked up again.")

    async def prove_if_done(self, done: Effect, next_up: GrantId | None, *, at_once: bool) -> None:
        """Read back in the system of record what must be true now.

        `at_once`: the system has just answered, so what differs in the evidence of `next_up` is our own doing.
        """
        if done.state != "done" or done.proved is not None:
            return
        async with self.turn.tx() as tx:
            after = await approved_action(tx, next_up) if next_up else None
            late = await now(tx) > done.at + _READ_BACK
        try:
            checks = await prove(self.connections, self.known, self.action, self.grant.key, self.records)
            baseline = await self._baseline(after, at_once=at_once) if after else {}
        except CannotLook as cannot:
            if not late:
                return  # not read back yet: the mission comes back for it
            checks, baseline = [(f"it could be read back ({cannot})", False)], dict[int, str]()
        held = all(held for _, held in checks)
        crashpoint("effects.proved.before")
        async with self.turn.tx() as tx:
            await record_proof(tx, self.grant.id, checks, proved=held)
            told: dict[str, Any] = {
                "checks": [{"says": says, "held": held} for says, held in checks],
                "reference": done.reference,
            }
            newer = {str(n): digest for n, digest in baseline.items()}
            told |= {"grant": self.grant.id, "digest": self.grant.digest}
            await observe(tx, self.turn.mission_id, "proved", held=held, **told, baseline=newer)
        crashpoint("effects.proved.after_commit")

    async def _baseline(self, after: Action, *, at_once: bool) -> dict[int, str]:
        ours = [opened(one.sealed) for one in self.proposal.proposed.actions[: self.grant.position + 1]]
        own = {str(one.arguments[name]) for one in ours for name, at in one.lineage.items() if at.kind == "record"}
        return await baseline_after(self.connections, after, self.trace, self.records, own=own, at_once=at_once)

    async def _begin(self, baseline: Mapping[int, str], *, keyed: bool) -> None:
        """The first call, if nothing speaks against it."""
        try:
            why, changes = await self._against(baseline)
        except CannotLook as cannot:
            await self._put_off(self.effect.attempt, str(cannot))
            return
        if why:
            await self._settle(None, "stale", why=why, changes=changes)
        else:
            await self._call(first=True, pauses=_PAUSES if keyed else (0.0,))

    async def _send_again(self, baseline: Mapping[int, str]) -> None:
        """A process died after it said that it would send. Did it? If not, what is true today counts."""
        try:
            if self.known.tool.find and (found := await self._found()):
                await self._settle(self.effect.attempt, "done", value=found.value, why=_FOUND)
                return
            why, _ = await self._against(baseline)
        except CannotLook as cannot:
            if not await self._was_sent_long_ago():
                return  # the mission comes back for it
            why = f"It cannot be looked up: {cannot}"
        if why:
            await self._settle(self.effect.attempt, "unknown", why=f"It may have been sent before. {why}")
        else:
            await self._call(first=False, pauses=_PAUSES)

    async def _against(self, baseline: Mapping[int, str]) -> tuple[str | None, Changes]:
        """What speaks against sending now: expiry, today's policy, changed evidence, what the manifest requires.

        Raises `CannotLook`.
        """
        async with self.turn.tx() as tx:
            at = await now(tx)
            if at > self.action.expires:
                return "The approval's time is over.", []
            policy = self.ruled or await self.policies.now(tx)
            today = await self._ruling_now(tx, policy)
            if isinstance(today, Deny):
                return f"Today's policy does not allow it: {today.sentence}", []
            signed, hands = await signatures(tx, self.proposal.id), await hands_in(tx, self.proposal)
            if not satisfied(today, signed, self.proposal, at, hands):
                return f"Today's policy asks for more: {today.sentence}", []
            if isinstance(today, ByItself):
                day = at.astimezone(policy.place).date()
                if not await is_reserved(tx, self.grant.digest, today.reservations, day):
                    return f"It may not go by itself any more: {today.otherwise.sentence}", []
        changes = await changes_since(self.connections, self.action, self.trace, self.records, baseline)
        if changes:
            return "What it rests on has changed.", changes
        missed = await unmet(self.connections, self.known, self.action, self.grant.key, self.records)
        why = f"Checked again just before sending, this does not hold: {'; '.join(missed)}."
        return (why if missed else None), []

    async def _ruling_now(self, tx: Transaction, policy: Policy) -> Ruling:
        """The stricter of the ruling when it was proposed, and today's policy on this action by today's facts."""
        of = self.proposal
        about = await around(tx, policy, of.case_id, of.proposed.brief, besides=of.id)
        facts = facts_of([opened(one.sealed) for one in of.proposed.actions], about)
        return stricter(of.proposed.ruling, rule_on(policy, [facts[self.grant.position]]))

    async def _call(self, *, first: bool, pauses: tuple[float, ...]) -> None:
        attempt = self.effect.attempt
        times = window(self.connections, self.known)
        for pause in pauses:
            began = instant()
            async with self.turn.tx() as tx:
                policy = (await self.policies.now(tx)).version
                if await self._is_frozen(tx) or await self._is_late(tx) or self._ruled_otherwise(policy):
                    return  # the mission comes back for it
                claimed = await mark_sent(tx, self.grant.id, attempt, patience=times.over)
                if claimed is None:
                    return
                await self._tell(tx, "sent", attempt=claimed, policy=policy)
                crashpoint("effects.sent.before_commit")
            attempt = claimed
            crashpoint("effects.sent.after_commit")
            arguments, by = dict(self.action.arguments), began + times.begin
            answer = await send(self.connections, self.known, arguments, key=self.grant.key, begin_by=by)
            crashpoint("effects.called")
            if await self._ended(answer, attempt, first=first):
                return
            first = False
            await asyncio.sleep(pause)
        await self._look_it_up("The system gave no certain answer.", attempt=attempt)

    async def _tell(self, tx: Transaction, state: str, *, step: str | None = None, **told: Any) -> None:
        whose = {"grant": self.grant.id, "digest": self.grant.digest}
        await observe(tx, self.turn.mission_id, "effect", step=step, state=state, **whose, **told)

    async def _is_frozen(self, tx: Transaction) -> bool:
        """Nobody can freeze it until `tx` ends. The first time that it holds us up is told."""
        scopes = scopes_of(self.action.key, self.proposal.proposed.brief or "")
        if (held := await frozen(tx, scopes)) is None:
            return False
        mission_id, step = self.turn.mission_id, f"frozen:{self.grant.id}:{held.id}"
        if await observed_at_step(tx, mission_id, step) is None:
            await self._tell(tx, "frozen", step=step, by=held.by, why=held.why, scope=held.scope)
        return True

    def _ruled_otherwise(self, policy: str) -> bool:
        """Whether another policy was adopted since it was checked: then that one is asked first."""
        return self.ruled is not None and self.ruled.version != policy

    async def _is_late(self, tx: Transaction) -> bool:
        """Whether it was checked too long ago, or has expired since: this machine may have slept in between."""
        at = await now(tx)
        return at > self.action.expires or (self.checked is not None and at > self.checked + _JUST)

    async def _ended(self, answer: Answer, attempt: int, *, first: bool) -> bool:
        """Whether this answer is certain. Only a first call can prove that nothing was sent or done."""
        match answer.kind:
            case "ok" if self.known.tool.owner is None or self._theirs(answer.value):
                await self._settle(attempt, "done", value=answer.value)
                return True
            case "refused" if first and is_one_of(answer, self.known.tool.not_executed):
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
        """Also when it was sent later than now: then the clock was set back, and nobody knows how old it is."""
        hours = self.known.tool.key.hours if self.known.tool.key else 0
        age = await self._age()
        return age is None or not -_CLOCKS_DIFFER < age < timedelta(hours=hours) - _KEY_MARGIN

    async def _was_sent_long_ago(self) -> bool:
        age = await self._age()
        return age is None or not -_CLOCKS_DIFFER < age < _READ_BACK

    async def _age(self) -> timedelta | None:
        async with self.turn.tx() as tx:
            return await now(tx) - self.effect.first_sent_at if self.effect.first_sent_at else None

    async def _look_it_up(self, why: str, *, attempt: int | None = None) -> None:
        """Found by our reference: done. Not there, or it cannot be asked: nobody knows, and a person is asked."""
        attempt = self.effect.attempt if attempt is None else attempt
        try:
            found = await self._found()
        except CannotLook as cannot:
            found, why = None, f"{why} It cannot be looked up: {cannot}"
            found_nothing = None
        else:
            found_nothing = f"{self.known.connection.title} shows nothing of it under our reference."
        if found:
            await self._settle(attempt, "done", value=found.value, why=_FOUND)
        else:
            await self._settle(attempt, "unknown", why=" ".join(filter(None, (why, found_nothing))))

    async def _found(self) -> Answer | None:
        return await find_again(self.connections, self.known, self.action, self.grant.key, self.records)

    async def _put_off(self, attempt: int, why: str) -> None:
        """Nothing was sent: the intent stands and is tried again, until it goes back to the worker."""
        if attempt + 1 >= _TRIES:
            await self._settle(None, "stale", why=why)
            return
        crashpoint("effects.put_off.before")
        async with self.turn.tx() as tx:
            await put_off(tx, self.grant.id, attempt)
            await self._tell(tx, "put_off", why=why)
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
            self.effect,
            state,
            attempt=attempt,
            answer=value,
            reference=reference,
            why=why,
            changes=[list(change) for change in changes or []],
        )


async def settle_observed(
    turn: Ownership, found: Effect, state: EffectState, *, attempt: int | None, **values: Any
) -> None:
    """Write how an effect ended, with its observation, once."""
    crashpoint(f"effects.{state}.before")
    async with turn.tx() as tx:
        if await settle(tx, found.grant_id, state, attempt=attempt, **values):
            whose = {"grant": found.grant_id, "digest": found.digest}
            await observe(tx, turn.mission_id, "effect", state=state, **whose, **values)
    crashpoint(f"effects.{state}.after_commit")


async def not_read_back(turn: Ownership, found: Effect, why: str) -> None:
    """It was done, and cannot be proved: a person is told so."""
    crashpoint("effects.proved.before")
    async with turn.tx() as tx:
        says = f"it could be read back ({why})"
        await record_proof(tx, found.grant_id, [(says, False)], proved=False)
        told: dict[str, Any] = {"grant": found.grant_id, "digest": found.digest}
        told["checks"] = [{"says": says, "held": False}]
        await observe(tx, turn.mission_id, "proved", held=False, **told, baseline={})
    crashpoint("effects.proved.after_commit")
