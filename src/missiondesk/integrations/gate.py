"""The one path of every tool call a worker makes. It knows neither models nor MCP; procedure workers use it too.

Scope, schema, budget, pin, class and observation in one place: reads are free within the customer's world, a write
comes back as something to propose, and whatever is not reviewed does not exist. Someone else's record and no record
look the same.
"""

import asyncio
import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from missiondesk.ids import ConnectionId, CustomerId, MissionId
from missiondesk.integrations.connections import Call, Connections
from missiondesk.integrations.known import Known, NotOffered
from missiondesk.integrations.mcp_client import Answer, Progress
from missiondesk.integrations.schemas.checking import check_for
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.trace import Observation, observe_read

MOST_READS = 200  # of one mission, where no limit of a tool says less
_PAUSES = (0.2, 1.0)  # between attempts of a read
Open = Callable[[], AbstractAsyncContextManager[Transaction]]
Heard = Callable[[Known, Progress], None]


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
    """Reads for one turn of one mission. `open_` is the turn's own transaction: an older turn writes nothing.

    `trace` is the mission's as this turn found it; nobody else reads for it meanwhile.
    `heard` is told of a running read's progress, which is never stored.
    """

    def __init__(
        self,
        connections: Connections,
        scope: Scope,
        *,
        tools: Sequence[str],
        turn: int,
        trace: Sequence[Observation],
        open_: Open,
        heard: Heard | None = None,
    ) -> None:
        self._connections = connections
        self._scope = scope
        self._turn = turn
        self._open = open_
        self._heard = heard
        reads = [one for one in trace if one.kind in ("seen", "failed")]
        self._reads = Counter[str](one.told.get("tool", "") for one in reads)  # by tool, with those under way
        self._told = {one.step: one for one in reads if (one.step or "").startswith(f"{turn}:read:")}
        self._checks: dict[str, Any] = {}
        self._known = {key: known for key in tools if (known := connections.known(key)) is not None}

    @property
    def offers(self) -> list[Offer]:
        return [offer_of(known) for known in self._known.values()]

    def wanted(self, key: str, arguments: Mapping[str, Any]) -> tuple[Known, dict[str, Any]]:
        """The tool and its complete arguments. Raises `NotOffered`, or `Invalid` saying what is wrong with them."""
        known = self._known.get(key) if self._connections.known(key) is not None else None
        if known is not None and key not in self._checks:
            self._checks[key] = check_for(offer_of(known).schema)
        return wanted(known, key, arguments, self._scope.records, check=self._checks.get(key))

    async def read(self, key: str, arguments: Mapping[str, Any], *, step: str) -> Observation:
        """Read once in this turn (the same `step` hands back the same observation) and observe it.

        The observation is `seen` (`answer` is ok or missing) or `failed`. Raises `NotOffered`, `Invalid`, `Refused`,
        and `ConnectionPaused` while the system is away.
        """
        known, complete = self.wanted(key, arguments)
        if known.tool.effect != "read":
            raise Refused(f"{key} changes something: it can only be proposed.")
        step = f"{self._turn}:read:{step}"
        if step in self._told:
            return self._told[step]
        _within_budget(known, self._reads)
        self._reads[key] += 1
        try:
            self._told[step] = await self._read(known, complete, step)
        except BaseException:
            self._reads[key] -= 1  # nothing was observed
            raise
        return self._told[step]

    async def _read(self, known: Known, complete: dict[str, Any], step: str) -> Observation:
        began = time.monotonic()
        answer = await self._patiently(known, complete, _traceparent(self._scope.mission_id, step))
        told = {
            "tool": known.key,
            "title": known.tool.title,
            "source": known.connection.title,
            "arguments": complete,
            "took_ms": round((time.monotonic() - began) * 1000),
        }
        async with self._open() as tx:
            return await _observe(tx, self._scope.mission_id, step, answer, told)

    async def _patiently(self, known: Known, arguments: dict[str, Any], traceparent: str) -> Answer:
        """Try again what did not come through, a little later each time; an answer that is no is an answer."""
        heard = self._heard
        call = Call(traceparent, (lambda progress: heard(known, progress)) if heard else None)
        answer = await self._connections.ask(known, arguments, self._scope.records, call)
        for pause in _PAUSES:
            if answer.kind not in ("gone", "unknown"):
                return answer
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            answer = await self._connections.ask(known, arguments, self._scope.records, call)
        if answer.kind in ("gone", "unknown") and (paused := self._connections.paused(known)):
            raise paused
        return answer


def wanted(
    known: Known | None,
    key: str,
    arguments: Mapping[str, Any],
    records: Mapping[ConnectionId, str],
    *,
    check: Any = None,
) -> tuple[Known, dict[str, Any]]:
    """A tool and its complete arguments: what was asked for, checked, and what we bind. `check` was made before.

    Raises `NotOffered` where there is no such tool for this customer, and `Invalid` saying what is wrong.
    """
    if known is None:
        raise NotOffered(f"There is no tool {key!r} in this mission.")
    for error in (check or check_for(offer_of(known).schema)).iter_errors(dict(arguments)):
        place = "".join(f"/{part}" for part in error.absolute_path)
        raise Invalid(f"{key}{place}: {error.message[:200]}")
    return known, {**arguments, **known.bound(records)}


async def _observe(
    tx: Transaction, mission_id: MissionId, step: str, answer: Answer, told: dict[str, Any]
) -> Observation:
    match answer.kind:
        case "ok" | "missing":
            told |= {"answer": answer.kind, "value": answer.value}
            return await observe_read(tx, mission_id, "seen", step=step, **told)
        case "gone" | "unknown" | "changed" | "refused":
            why = answer.value if answer.why is None else f"{answer.value} ({answer.why})"
            return await observe_read(tx, mission_id, "failed", step=step, **told, failure=answer.kind, why=why)


def _within_budget(known: Known, reads: Counter[str]) -> None:
    most, of_tool = known.tool.limits.calls, reads[known.key]
    if most is not None and of_tool >= most:
        raise NotOffered(f"{known.key} was read {of_tool} times in this mission, which is all that is allowed.")
    if (of_all := reads.total()) >= MOST_READS:
        raise NotOffered(f"This mission has read {of_all} times, which is all that is allowed.")


def _traceparent(mission_id: MissionId, step: str) -> str:
    """W3C Trace Context: one trace a mission, one span a read; the same for the same step."""
    trace, span = (hashlib.sha256(text.encode()).hexdigest() for text in (mission_id, f"{mission_id} {step}"))
    return f"00-{trace[:32]}-{span[:16]}-01"


def offer_of(known: Known) -> Offer:
    """A schema that says no to everything it does not name, without what we fill in ourselves."""
    schema = dict(known.definition.told.get("inputSchema", {"type": "object"}))
    ours = {*known.tool.bind, known.tool.key.argument if known.tool.key else None}
    most = known.tool.limits.at_most
    schema["properties"] = {
        name: {"allOf": [of, {"maximum": most[name]}]} if name in most else of
        for name, of in schema.get("properties", {}).items()
        if name not in ours
    }
    schema["required"] = [name for name in schema.get("required", []) if name not in ours]
    schema["additionalProperties"] = False
    description = str(known.definition.told.get("description", known.tool.title))
    return Offer(known.key, known.tool.title or known.name, description, schema, known.tool.effect == "read")
