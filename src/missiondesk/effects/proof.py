"""After an effect: find it again by our reference, and prove it in the system of record."""

import asyncio
from collections.abc import Mapping
from typing import Any

from missiondesk.decisions import Action
from missiondesk.effects.recheck import CannotLook
from missiondesk.ids import ConnectionId
from missiondesk.integrations import Answer, Connections, Known, values_at
from missiondesk.integrations.sending import check, filled, look

_PAUSES = (0.3, 1.5)  # seconds, when the system does not answer


async def find_again(
    connections: Connections, known: Known, action: Action, key: str, records: Mapping[ConnectionId, str]
) -> Answer | None:
    """The effect as the system shows it under our reference; `None` when it is certainly not there.

    Raises `CannotLook` when the system cannot be asked, or the manifest names no way to find it.
    """
    wanted = known.tool.find
    if wanted is None:
        raise CannotLook(f"The manifest names no way to find {known.key} again.")
    answer = await _read(connections, wanted.tool, wanted.args, action, key, records)
    return (
        answer
        if answer.kind == "ok" and any(one is not None for one in values_at(wanted.there, answer.value))
        else None
    )


async def prove(
    connections: Connections, known: Known, action: Action, key: str, records: Mapping[ConnectionId, str]
) -> list[tuple[str, bool]]:
    """Read back what the manifest requires after the effect: (what, whether it holds). Raises `CannotLook`."""
    found: list[tuple[str, bool]] = []
    for proof in known.tool.proof:
        answer = await _read(connections, proof.tool, proof.args, action, key, records)
        for require in proof.require:
            held = answer.kind == "ok" and check(require, answer.value, dict(action.arguments), key).held
            found.append((require.says, held))
    return found


def reference_in(known: Known, value: Any) -> str | None:
    """The system's own reference for the effect, such as a refund's id."""
    found = values_at(known.tool.reference, value) if known.tool.reference else []
    return str(found[0]) if len(found) == 1 and found[0] is not None else None


async def _read(
    connections: Connections,
    tool: str,
    args: Mapping[str, Any],
    action: Action,
    key: str,
    records: Mapping[ConnectionId, str],
) -> Answer:
    known = connections.known(tool)
    if known is None:
        raise CannotLook(f"{tool} is not reviewed.")
    record = records.get(ConnectionId(known.connection.id), "")
    asked = {**filled(dict(args), dict(action.arguments), key), **dict.fromkeys(known.tool.bind, record)}
    answer = await look(connections, known, asked, record=record)
    for pause in _PAUSES:
        if answer.kind in ("ok", "missing"):
            return answer
        await asyncio.sleep(pause)
        answer = await look(connections, known, asked, record=record)
    if answer.kind not in ("ok", "missing"):
        raise CannotLook(f"{known.connection.title}: {answer.value}")
    return answer
