"""Evidence has an age: just before an action runs, the facts that it rests on are read again."""

from collections.abc import Collection, Mapping
from typing import Any

from missiondesk.decisions import Action
from missiondesk.effects.looking import CannotLook, checked
from missiondesk.ids import ConnectionId
from missiondesk.integrations import Connections, Known, steady
from missiondesk.integrations.sending import look
from missiondesk.kit.canonical import digest
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.money import Money, shown
from missiondesk.trace import Observation

Changes = list[tuple[str, str, str]]


async def changes_since(
    connections: Connections,
    action: Action,
    trace: Mapping[int, Observation],
    records: Mapping[ConnectionId, str],
    baseline: Mapping[int, str],
) -> Changes:
    """Every fact that is not as it was when it was proposed: (field, before, after).

    `baseline` holds newer digests where our own earlier action of the same proposal has changed what was read.
    What a tool's manifest calls volatile or unordered is no change. Raises `CannotLook`.
    """
    found: Changes = []
    for one in action.evidence:
        told = trace[one.observation].told
        if trace[one.observation].kind != "seen":
            continue
        before, today = await _then_and_now(connections, told, records)
        as_sealed = digest(told["value"]) == one.digest
        if not as_sealed or digest(today) != baseline.get(one.observation, digest(before)):
            found += difference(before, today) or [(told["title"], "as it was read", "not the same any more")]
    return found


async def unmet(
    connections: Connections, known: Known, action: Action, key: str, records: Mapping[ConnectionId, str]
) -> list[str]:
    """What the manifest requires just before the action is sent, and does not hold. Raises `CannotLook`."""
    return [says for says, held in await checked(connections, known.tool.recheck, action, key, records) if not held]


async def baseline_after(
    connections: Connections,
    action: Action,
    trace: Mapping[int, Observation],
    records: Mapping[ConnectionId, str],
    *,
    own: Collection[str],
    at_once: bool,
) -> dict[int, str]:
    """Digests of the evidence of the next `action` as it is now, after actions of ours that named the records `own`.

    Read right after ours was answered (`at_once`), any difference is our doing. Later only one in a record that ours
    named; anything else is a stranger's change, and then there is no baseline. Raises `CannotLook`.
    """
    newer: dict[int, str] = {}
    for one in action.evidence:
        told = trace[one.observation].told
        if trace[one.observation].kind != "seen":
            continue
        before, today = await _then_and_now(connections, told, records)
        where = [label for label, _, _ in difference(before, today)]
        if not at_once and not all(any(name in label for name in own) for label in where):
            return {}
        newer[one.observation] = digest(today)
    return newer


async def _then_and_now(
    connections: Connections, told: Mapping[str, Any], records: Mapping[ConnectionId, str]
) -> tuple[Any, Any]:
    """What was read, and what is read now, so that they can be compared. Raises `CannotLook`."""
    known = connections.known(told["tool"])
    if known is None:
        raise CannotLook(f"{told['tool']} is not there any more.")
    answer = await look(connections, known, dict(told["arguments"]), records)
    match answer.kind:
        case "ok" | "missing":
            return steady(known.tool, told["value"]), steady(known.tool, answer.value)
        case _:
            raise CannotLook(f"{known.connection.title}: {answer.value}")


def difference(before: Any, after: Any, path: str = "") -> Changes:
    """The leaves of two JSON values that differ, in words; money counts as one leaf."""
    if before == after:
        return []
    if is_object(before) and is_object(after) and not (Money.of(before) and Money.of(after)):
        return [
            one
            for key in dict.fromkeys([*before, *after])
            for one in difference(before.get(key), after.get(key), f"{path}.{key}" if path else str(key))
        ]
    if is_list(before) and is_list(after) and len(before) == len(after):
        return [
            one
            for index, pair in enumerate(zip(before, after, strict=True))
            for one in difference(*pair, _element(path, index, pair[0]))
        ]
    return [(path or "record", shown(before)[:200], shown(after)[:200])]


def _element(path: str, index: int, value: Any) -> str:
    """An element of a list is named by its own id where it has one: `payments pay_7702`."""
    own = path.rpartition(".")[2].removesuffix("s") + "_id"
    name = value.get(own) if is_object(value) else None
    return f"{path} {name or index + 1}"
