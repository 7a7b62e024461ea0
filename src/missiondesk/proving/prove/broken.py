"""Deliberately broken builds of the executor: a proof that would not catch them proves nothing. For proofs alone."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from missiondesk.decisions import granted, opened
from missiondesk.effects import Attempt, Effect, Executor, Ownership
from missiondesk.integrations import Connections, Known
from missiondesk.people import records_of
from missiondesk.proving.prove.asked import Broken
from missiondesk.trace import observed


class _MarkedFirst(Attempt):
    __slots__ = ()

    async def _call(self, *, first: bool, pauses: tuple[float, ...]) -> None:
        marking = _Marking(self.connections, self)
        await Attempt._call(replace(self, connections=marking), first=first, pauses=pauses)


class _Marking(Connections):
    def __init__(self, real: Connections, attempt: _MarkedFirst) -> None:
        self.__dict__ = {**real.__dict__, "attempt": attempt}

    @asynccontextmanager
    async def for_writing(self, known: Known) -> AsyncGenerator[Any]:
        await self.__dict__["attempt"]._settle(None, "done")
        async with super().for_writing(known) as way:
            yield way


class _SentAgain(Attempt):
    __slots__ = ()

    async def send_if_right(self, baseline: Mapping[int, str]) -> None:
        if self.effect.state == "sent":
            await self._call(first=False, pauses=(0.0,))
        else:
            await Attempt.send_if_right(self, baseline)


class _MarksBeforeSend(Executor):
    """Writes down that it is done, and then sends: a crash between the two loses it."""

    attempt = _MarkedFirst


class _RetriesNaively(Executor):
    """Sends again whatever was sent and has no answer, whether or not the system honours a key."""

    attempt = _SentAgain


class _SkipsRecheck(Executor):
    """Does not read the evidence again."""

    async def _prepared(self, turn: Ownership, found: Effect) -> Attempt | None:
        attempt = await super()._prepared(turn, found)
        return attempt and replace(attempt, action=replace(attempt.action, evidence=()))


class _TrustsCaller(Executor):
    """Takes the action as it stands in the proposal's row, and asks nobody whether it was approved so."""

    async def _prepared(self, turn: Ownership, found: Effect) -> Attempt | None:
        async with turn.tx() as tx:
            grant, proposal = await granted(tx, found.grant_id)
            action = opened(proposal.proposed.actions[grant.position].sealed)
            trace = {one.n: one for one in await observed(tx, turn.mission_id)}
            records = await records_of(tx, action.customer)
        known = self._connections.known(action.key)
        assert known is not None, "the sandbox reviewed it"
        return self.attempt(
            turn, found, grant, proposal, action, known, trace, records, self._connections, self._policy
        )


BUILDS: Mapping[Broken, type[Executor]] = {
    "mark-before-send": _MarksBeforeSend,
    "naive-retry": _RetriesNaively,
    "skip-recheck": _SkipsRecheck,
    "trust-caller": _TrustsCaller,
}
