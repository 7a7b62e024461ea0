"""The one path of every tool call a worker makes. It knows neither models nor MCP; procedure workers use it too.

Scope, schema, pin, class and observation in one place: reads are free within the customer's world, a write comes back
as something to propose, and whatever is not reviewed does not exist. Someone else's record and no record look the same.
"""

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from missiondesk.ids import ConnectionId, CustomerId, MissionId
from missiondesk.integrations.connections import Connections, Known
from missiondesk.integrations.mcp_client import Answer
from missiondesk.integrations.ownership import owned
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.trace import Observation, observe, observed_at_step

_PAUSES = (0.2, 1.0)  # between attempts of a read
Open = Callable[[], AbstractAsyncContextManager[Transaction]]


class NotOffered(Refused):
    """There is no such tool in this mission."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose world it is: the mission's customer, and that customer's id in each connected system."""

    mission_id: MissionId
    customer_id: CustomerId
    records: Mapping[ConnectionId, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A tool as a worker may see it: our copy of the reviewed words, the schema without what we bind."""

    key: str
    title: str
    description: str
    schema: dict[str, Any]
    reads: bool


class Gate:
    """Reads for one turn of one mission. `open_` is the turn's own transaction: an older turn writes nothing."""

    def __init__(self, connections: Connections, scope: Scope, *, tools: Sequence[str], turn: int, open_: Open) -> None:
        self._connections = connections
        self._scope = scope
        self._turn = turn
        self._open = open_
        self._known = {key: known for key in tools if (known := connections.known(key)) is not None}

    @property
    def offers(self) -> list[Offer]:
        return [_offer(known) for known in self._known.values()]

    def wanted(self, key: str, arguments: Mapping[str, Any]) -> tuple[Known, dict[str, Any]]:
        """The tool and its complete arguments. Raises `NotOffered`, or `Invalid` saying what is wrong with them."""
        known = self._known.get(key)
        if known is None:
            raise NotOffered(f"There is no tool {key!r} in this mission.")
        validator: Any = Draft202012Validator(_offer(known).schema)
        for error in validator.iter_errors(dict(arguments)):
            place = "".join(f"/{part}" for part in error.absolute_path)
            raise Invalid(f"{key}{place}: {error.message[:200]}")
        record = self._scope.records.get(ConnectionId(known.connection.id))
        if known.tool.bind and record is None:
            raise NotOffered(f"{known.connection.title} does not know this customer.")
        return known, {**arguments, **dict.fromkeys(known.tool.bind, record)}

    async def read(self, key: str, arguments: Mapping[str, Any], *, step: str) -> Observation:
        """Read once in this turn (the same `step` hands back the same observation) and observe it.

        The observation is `seen` (`answer` is ok or missing) or `failed`. Raises `NotOffered`, `Invalid` and `Refused`.
        """
        known, complete = self.wanted(key, arguments)
        if known.tool.effect != "read":
            raise Refused(f"{key} changes something: it can only be proposed.")
        step = f"{self._turn}:read:{step}"
        async with self._open() as tx:
            if stored := await observed_at_step(tx, self._scope.mission_id, step):
                return stored
        began = time.monotonic()
        answer = await self._patiently(known, complete)
        told = {
            "tool": key,
            "title": known.tool.title,
            "source": known.connection.title,
            "arguments": complete,
            "took_ms": round((time.monotonic() - began) * 1000),
        }
        async with self._open() as tx:
            return await self._observe(tx, step, known, answer, told)

    async def _patiently(self, known: Known, arguments: dict[str, Any]) -> Answer:
        answer = await self._connections.ask(known, arguments)
        for pause in _PAUSES:
            if answer.kind not in ("gone", "unknown"):
                break
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            answer = await self._connections.ask(known, arguments)
        return answer

    async def _observe(
        self, tx: Transaction, step: str, known: Known, answer: Answer, told: dict[str, Any]
    ) -> Observation:
        if answer.kind in ("gone", "unknown", "changed", "refused"):
            why = answer.value if answer.why is None else f"{answer.value} ({answer.why})"
            return await observe(tx, self._scope.mission_id, "failed", step=step, **told, why=why)
        record = self._scope.records.get(ConnectionId(known.connection.id), "")
        if answer.kind == "ok" and owned(known.tool, answer.value, record):
            return await observe(tx, self._scope.mission_id, "seen", step=step, **told, answer="ok", value=answer.value)
        return await observe(tx, self._scope.mission_id, "seen", step=step, **told, answer="missing", value=None)


def _offer(known: Known) -> Offer:
    schema = dict(known.definition.told.get("inputSchema", {"type": "object"}))
    ours = {*known.tool.bind, known.tool.key.argument if known.tool.key else None}
    schema["properties"] = {name: of for name, of in schema.get("properties", {}).items() if name not in ours}
    schema["required"] = [name for name in schema.get("required", []) if name not in ours]
    schema["additionalProperties"] = False
    description = str(known.definition.told.get("description", known.tool.title))
    return Offer(known.key, known.tool.title, description, schema, known.tool.effect == "read")
