"""Deliberately broken builds of the executor: a proof that does not catch them proves nothing. Used nowhere else."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from typing import Any, get_args, get_type_hints

from missiondesk.decisions import granted, opened
from missiondesk.effects import Effect, Executor, Ownership
from missiondesk.integrations import Connections, Known
from missiondesk.people import records_of
from missiondesk.proving.prove.asked import Broken
from missiondesk.trace import observed


class _MarksBeforeSend(Executor):
    """Writes down that it is done, and then sends: a crash between the two loses it."""

    async def _prepared(self, turn: Ownership, found: Effect) -> Any:
        attempt = await super()._prepared(turn, found)
        return attempt and _as(_MarkedFirst, attempt)


class _MarkedFirst:
    async def _call(self: Any, **how: Any) -> None:
        marking = _Marking(self.connections, self)
        await _as_it_was(self)._call(replace(self, connections=marking), **how)


class _Marking(Connections):
    def __init__(self, real: Connections, attempt: Any) -> None:
        self.__dict__ = {**real.__dict__, "attempt": attempt}

    @asynccontextmanager
    async def for_writing(self, known: Known) -> AsyncGenerator[Any]:
        await self.__dict__["attempt"]._settle(None, "done")
        async with super().for_writing(known) as way:
            yield way


class _RetriesNaively(Executor):
    """Sends again whatever was sent and has no answer, whether or not the system honours a key."""

    async def _prepared(self, turn: Ownership, found: Effect) -> Any:
        attempt = await super()._prepared(turn, found)
        return attempt and _as(_SentAgain, attempt)


class _SentAgain:
    async def send_if_right(self: Any, baseline: Mapping[int, str]) -> None:
        if self.effect.state == "sent":
            await self._call(first=False, pauses=(0.0,))
        else:
            await _as_it_was(self).send_if_right(self, baseline)


class _SkipsRecheck(Executor):
    """Does not read the evidence again."""

    async def _prepared(self, turn: Ownership, found: Effect) -> Any:
        attempt = await super()._prepared(turn, found)
        return attempt and replace(attempt, action=replace(attempt.action, evidence=()))


class _TrustsCaller(Executor):
    """Takes the action as it stands in the proposal's row, and asks nobody whether it was approved so."""

    async def _prepared(self, turn: Ownership, found: Effect) -> Any:
        async with turn.tx() as tx:
            grant, proposal = await granted(tx, found.grant_id)
            action = opened(proposal.proposed.actions[grant.position].sealed)
            trace = {one.n: one for one in await observed(tx, turn.mission_id)}
            records = await records_of(tx, action.customer)
        known = self._connections.known(action.key)
        assert known is not None, "the sandbox reviewed it"
        attempt = get_args(get_type_hints(Executor._prepared)["return"])[0]
        return attempt(
            *(turn, found, grant, proposal, action, known, trace, records),
            *(self._connections, self._policy, self._patience),
        )


def _as(how: type, attempt: Any) -> Any:
    """The same attempt, with some of its steps done as `how` does them."""
    real: Any = attempt.__class__
    spoilt: Any = type(how.__name__, (how, real), {"__slots__": ()})
    return spoilt(*(getattr(attempt, field.name) for field in fields(attempt)))


def _as_it_was(spoilt: Any) -> Any:
    """The class of an attempt before it was spoilt."""
    return type(spoilt).__bases__[1]


BUILDS: Mapping[Broken, type[Executor]] = {
    "mark-before-send": _MarksBeforeSend,
    "naive-retry": _RetriesNaively,
    "skip-recheck": _SkipsRecheck,
    "trust-caller": _TrustsCaller,
}
