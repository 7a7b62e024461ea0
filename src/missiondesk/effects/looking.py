"""Looking into a system for the executor: reads that the manifest names, and what must be true in them."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from missiondesk.decisions import Action
from missiondesk.ids import ConnectionId
from missiondesk.integrations import Answer, Connections, Proof, Require
from missiondesk.integrations.sending import check, filled, look

_PAUSES = (0.3, 1.5)  # seconds, when the system does not answer


class CannotLook(Exception):
    """A system that must be asked now does not answer: nothing may be sent."""


async def checked(
    connections: Connections,
    proofs: Sequence[Proof],
    action: Action,
    key: str,
    records: Mapping[ConnectionId, str],
) -> list[tuple[str, bool]]:
    """What the reads `proofs` require, and whether it holds now. Raises `CannotLook`."""
    found: list[tuple[str, bool]] = []
    for proof in proofs:
        answer = await look_for(connections, proof.tool, proof.args, action, key, records)
        for require in proof.require:
            found.append((require.says, answer.kind == "ok" and _holds(require, answer.value, action, key)))
    return found


async def look_for(
    connections: Connections,
    tool: str,
    args: Mapping[str, Any],
    action: Action,
    key: str,
    records: Mapping[ConnectionId, str],
) -> Answer:
    """`ok` or `missing`, with the arguments that the manifest names filled from the action. Raises `CannotLook`."""
    known = connections.known(tool)
    if known is None:
        raise CannotLook(f"{tool} is not reviewed.")
    try:
        asked = filled(dict(args), dict(action.arguments), key)
    except (KeyError, TypeError) as absent:
        raise CannotLook(
            f"{tool} is to be asked with the argument {absent}, which this action does not have."
        ) from absent
    answer = await look(connections, known, asked, records)
    for pause in _PAUSES:
        if answer.kind in ("ok", "missing"):
            return answer
        await asyncio.sleep(pause)
        answer = await look(connections, known, asked, records)
    if answer.kind not in ("ok", "missing"):
        raise CannotLook(f"{known.connection.title}: {answer.value}")
    return answer


def _holds(require: Require, value: Any, action: Action, key: str) -> bool:
    try:
        return check(require, value, dict(action.arguments), key).held
    except (KeyError, TypeError):  # against an argument that this action does not have
        return False
