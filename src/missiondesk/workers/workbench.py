"""The workbench: all that a worker has in a turn. Everything done here is in the trace before it is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from missiondesk.briefs import Brief
from missiondesk.cases import Message
from missiondesk.ids import MissionId
from missiondesk.integrations import Gate, Open
from missiondesk.kit.canonical import digest
from missiondesk.kit.errors import Trouble
from missiondesk.kit.text import shortened, visible
from missiondesk.knowledge import search
from missiondesk.trace import Observation, observe, observed_at_step
from missiondesk.workers.past import Past


class SystemAway(Trouble):
    """A connected system does not answer."""


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
    ) -> None:
        self.mission_id = mission_id
        self.turn = turn
        self.brief = brief
        self.customer = customer
        self.messages = messages
        self.past = past
        self.gate = gate
        self._open = open_

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
        """One read through the gate, done once under this `step` of the turn."""
        return await self.gate.read(tool, arguments, step=step)

    async def read(self, tool: str, **arguments: Any) -> Finding:
        """Read a connected system within the customer's world. Raises `SystemAway`."""
        seen = await self.look(tool, arguments, step=f"{tool}:{digest(arguments)[:16]}")
        if seen.kind == "failed":
            raise SystemAway(f"{seen.told['source']} does not answer: {seen.told['why']}")
        return Finding(seen.n, seen.told["value"])

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


def transactions_of(desk: Workbench) -> Open:
    """For the model worker's own memory. Not at the package's door: a procedure is handed no transaction."""
    return desk._open  # pyright: ignore[reportPrivateUsage]
