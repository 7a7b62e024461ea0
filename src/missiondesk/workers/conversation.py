"""The conversation with a model, as far as it is stored. A turn that runs again goes on from here.

Each message is stored as it happens: an answer of the model once, with its observation, before anything is done about
it; our side once every call is answered. A request with only some of the results would lose the other calls silently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic_ai import ModelMessage, ModelMessagesTypeAdapter, ModelRequest, ModelResponse, RunUsage

from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction
from missiondesk.trace import observe, observed_at_step
from missiondesk.workers.conversation_store import Entry, add_entry, entries_of
from missiondesk.workers.refusals import refusals_in
from missiondesk.workers.workbench import Workbench, transactions_of


@dataclass(frozen=True, slots=True)
class Said:
    """One message, the turn it was stored in, and what the model had been told by then (see `Entry`)."""

    turn: int
    heard: int
    past: int
    message: ModelMessage


class Conversation:
    """Of one mission, during one turn: everything stored so far, and the only way to add to it."""

    def __init__(self, desk: Workbench, said: Sequence[Said]) -> None:
        self._desk = desk
        self._said = list(said)

    @classmethod
    async def load(cls, desk: Workbench) -> "Conversation":
        async with transactions_of(desk)() as tx:
            entries = await entries_of(tx, desk.mission_id)
        messages = ModelMessagesTypeAdapter.validate_python([entry.message for entry in entries])
        return cls(desk, [Said(e.turn, e.heard, e.past, message) for e, message in zip(entries, messages, strict=True)])

    @property
    def messages(self) -> list[ModelMessage]:
        return [said.message for said in self._said]

    @property
    def last(self) -> Said | None:
        return self._said[-1] if self._said else None

    def ends_with(self, kind: type[ModelRequest] | type[ModelResponse]) -> bool:
        return self.last is not None and isinstance(self.last.message, kind)

    @property
    def answers(self) -> list[ModelResponse]:
        return [message for message in self.messages if isinstance(message, ModelResponse)]

    @property
    def heard(self) -> int:
        return self._said[-1].heard if self._said else 0

    @property
    def past(self) -> int:
        return self._said[-1].past if self._said else 0

    @property
    def usage(self) -> RunUsage:
        """What this mission has used so far, all turns together."""
        used = RunUsage(requests=len(self.answers))
        for answer in self.answers:
            used.incr(answer.usage)
        return used

    async def tell(self, request: ModelRequest, *, heard: int | None = None, past: int | None = None) -> None:
        """Store our side, complete, and put what it refuses on the rail, once.

        `heard` and `past` when it tells of new messages or decisions.
        """
        stored = replace(request, instructions=None)  # the brief's, put in anew with each request
        async with transactions_of(self._desk)() as tx:
            await self._add(tx, stored, self.heard if heard is None else heard, self.past if past is None else past)
            for refusal in refusals_in(stored):
                step = f"{self._desk.turn}:refused:{len(self.answers)}:{refusal.call}"
                told = {"title": "The worker was refused", "why": refusal.sentence}
                await observe(tx, self._desk.mission_id, "failed", step=step, **told)
        crashpoint("workers.told.after_commit")

    async def miss(self, why: str, attempt: int) -> None:
        """Put on the rail that the model gave no answer, once for each attempt."""
        step = f"{self._desk.turn}:unanswered:{len(self.answers)}:{attempt}"
        async with transactions_of(self._desk)() as tx:
            if await observed_at_step(tx, self._desk.mission_id, step) is None:
                told = {"title": "The model gave no answer", "why": why}
                await observe(tx, self._desk.mission_id, "failed", step=step, **told)

    async def hear(self, answer: ModelResponse, thought: Mapping[str, Any]) -> None:
        """Store an answer of the model and its observation, once."""
        step = f"{self._desk.turn}:model:{len(self.answers)}"
        async with transactions_of(self._desk)() as tx:
            await self._add(tx, answer, self.heard, self.past)
            await observe(tx, self._desk.mission_id, "thought", step=step, **thought)
        crashpoint("workers.heard.after_commit")

    async def _add(self, tx: Transaction, message: ModelMessage, heard: int, past: int) -> None:
        [told] = ModelMessagesTypeAdapter.dump_python([message], mode="json")
        turn = self._desk.turn
        await add_entry(tx, self._desk.mission_id, len(self._said), Entry(turn, heard, past, told))
        self._said.append(Said(turn, heard, past, message))
