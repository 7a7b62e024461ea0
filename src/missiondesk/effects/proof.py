"""After an effect: find it again by our reference, and prove it in the system of record."""

from collections.abc import Mapping
from typing import Any

from missiondesk.decisions import Action
from missiondesk.effects.looking import CannotLook, checked, look_for
from missiondesk.ids import ConnectionId
from missiondesk.integrations import Answer, Connections, Known, values_at


async def find_again(
    connections: Connections, known: Known, action: Action, key: str, records: Mapping[ConnectionId, str]
) -> Answer | None:
    """The effect as the system shows it under our reference; `None` when it is certainly not there.

    Raises `CannotLook` when the system cannot be asked, or the manifest names no way to find it.
    """
    wanted = known.tool.find
    if wanted is None:
        raise CannotLook(f"The manifest names no way to find {known.key} again.")
    answer = await look_for(connections, wanted.tool, wanted.args, action, key, records)
    return (
        answer
        if answer.kind == "ok" and any(one is not None for one in values_at(wanted.there, answer.value))
        else None
    )


async def prove(
    connections: Connections, known: Known, action: Action, key: str, records: Mapping[ConnectionId, str]
) -> list[tuple[str, bool]]:
    """Read back what the manifest requires after the effect: (what, whether it holds). Raises `CannotLook`."""
    return await checked(connections, known.tool.proof, action, key, records)


def reference_in(known: Known, value: Any) -> str | None:
    """The system's own reference for the effect, such as a refund's id."""
    found = values_at(known.tool.reference, value) if known.tool.reference else []
    return str(found[0]) if len(found) == 1 and found[0] is not None else None
