"""The workbench: all that a worker has in a turn. Everything done here is in the trace before it is used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from missiondesk.briefs import Brief
from missiondesk.cases import Message
from missiondesk.ids import MissionId
from missiondesk.integrations import Gate, Open
from missiondesk.kit.canonical import digest
from missiondesk.kit.errors import Trouble
from missiondesk.kit.text import shortened, visible
from missiondesk.knowledge import search
from missiondesk.trace import Observation, observe, observed_at_step
from missiondesk.workers.moves import Wanted
from missiondesk.workers.past import Past


class SystemAway(Trouble):
    """A connected system does not give what is needed."""


class Onlooker(Protocol):
    """Who is told of the reads of a turn: before they are used, and when each is over, however it ended."""

    async def seen(self, one: Observation) -> None: ...

    def over(self, tool: str) -> None: ...


class Vet(Protocol):
    """Whether a change could be put before a person, resting on these observations. Raises `Invalid` or `Refused`."""

    async def __call__(self, wanted: Wanted, evidence: Sequence[int]) -> None: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """One read: `observation` is its number in the trace; `value` is `None` when the customer has no such record."""

    observation: int
    value: Any

    @property
    def missing(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True)
class Cited:
    """One passage of knowledge; `label` is `refund-policy@2 R-2`."""

    observation: int
    label: str
    text: str


class Workbench:
    """For one turn of one mission. `past` is what became of earlier proposals, oldest first."""

    def __init__(
        self,
        *,
        mission_id: MissionId,
        turn: int,
        brief: Brief,
        customer: str,
        messages: Sequence[Message],
        past: Sequence[Past],
        gate: Gate,
        open_: Open,
        onlooker: Onlooker | None = None,
        vet: Vet | None = None,
    ) -> None:
        self.mission_id = mission_id
        self.turn = turn
        self.brief = brief
        self.customer = customer
        self.messages = messages
        self.past = past
        self.gate = gate
        self._open = open_
        self._onlooker = onlooker
        self._vet = vet

    @property
    def words(self) -> str:
        """All that the customer wrote, one message a line."""
        return "\n".join(message.text for message in self.messages if message.author == "customer")

    @property
    def last(self) -> Past | None:
        return self.past[-1] if self.past else None

    def input(self, name: str) -> str | None:
        """One of the brief's declared inputs, as the customer gave it: the latest message that holds it counts."""
        wanted = self.brief.head.inputs[name]
        asked, found = False, None
        for message in self.messages:
            if message.author == "customer":
                found = wanted.found_in(message.text, asked=asked) or found
            asked = asked or message.text == wanted.ask
        return found

    async def look(self, tool: str, arguments: dict[str, Any], *, step: str) -> Observation:
        """One read through the gate, done once under this `step` of the turn.

        Raises `SystemAway` when the system gives nothing, and `ConnectionPaused` while it is known to be away.
        """
        try:
            found = await self.gate.read(tool, arguments, step=step)
        finally:
            if self._onlooker is not None:
                self._onlooker.over(tool)
        if found.kind == "failed":
            raise _away(found.told)
        if self._onlooker is not None:
            await self._onlooker.seen(found)
        return found

    async def read(self, tool: str, **arguments: Any) -> Finding:
        """Read a connected system within the customer's world. Raises `SystemAway`.

        While a system is away it raises `ConnectionPaused`: let that pass, the mission waits and runs this turn again.
        """
        seen = await self.look(tool, arguments, step=f"{tool}:{digest(arguments)[:16]}")
        return Finding(seen.n, seen.told["value"])

    async def vet(self, wanted: Wanted, evidence: Sequence[int]) -> None:
        """Raises `NotOffered`, `Invalid` or `Refused` for a change that could not be put before a person."""
        self.gate.wanted(wanted.tool, wanted.arguments)
        if self._vet is not None:
            await self._vet(wanted, evidence)

    async def consult(self, question: str) -> list[Cited]:
        """Passages of the brief's knowledge, best first; each can be cited."""
        question = visible(question)
        step = f"{self.turn}:consult:{digest(question)[:16]}"
        among = self.brief.head.knowledge
        async with self._open() as tx:
            told = await observed_at_step(tx, self.mission_id, step)
            if told is None:
                found = await search(tx, question, among=among, allowed=among)
                told = await observe(
                    tx,
                    self.mission_id,
                    "consulted",
                    step=step,
                    question=question,
                    among=among,
                    passages=[passage.json() for passage in found],
                )
        return [Cited(told.n, passage["label"], passage["text"]) for passage in told.told["passages"]]

    async def think(self, text: str, *, worker: str) -> None:
        """Put the worker's own words on the Explain rail, once a turn."""
        step = f"{self.turn}:think:{digest(text)[:16]}"
        async with self._open() as tx:
            if await observed_at_step(tx, self.mission_id, step) is None:
                await observe(tx, self.mission_id, "thought", step=step, text=shortened(text, 2000), worker=worker)


def _away(told: Mapping[str, Any]) -> SystemAway:
    """What a failed read means, truthfully: a system that says no does answer."""
    source, why = told["source"], shortened(visible(str(told["why"])), 300)
    match told.get("failure"):
        case "refused":
            return SystemAway(f"{source} refused: {why}")
        case "changed":
            return SystemAway(f"“{told['title']}” of {source} was taken away: it is not the tool that was reviewed.")
        case "unknown":
            return SystemAway(f"{source} gave no usable answer: {why}")
        case _:
            return SystemAway(f"{source} does not answer: {why}")


def transactions_of(desk: Workbench) -> Open:
    """For the model worker's own memory. Not at the package's door: a procedure is handed no transaction."""
    return desk._open  # pyright: ignore[reportPrivateUsage]
