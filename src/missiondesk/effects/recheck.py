"""Evidence has an age: just before an action runs, the facts that it rests on are read again."""

from collections.abc import Collection, Mapping
from typing import Any

from missiondesk.decisions import Action
from missiondesk.ids import ConnectionId
from missiondesk.integrations import Connections
from missiondesk.integrations.sending import look
from missiondesk.kit.canonical import digest
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.money import Money, shown
from missiondesk.trace import Observation

Changes = list[tuple[str, str, str]]


class CannotLook(Exception):
    """A system that the evidence came from does not answer: nothing may be sent now."""


async def changes_since(
    connections: Connections,
    action: Action,
    trace: Mapping[int, Observation],
    records: Mapping[ConnectionId, str],
    baseline: Mapping[int, str],
) -> Changes:
    """Every fact that is not as it was when it was proposed: (field, before, after).

    `baseline` holds newer digests where our own earlier action of the same proposal has changed what was read.
    Raises `CannotLook`.
    """
    found: Changes = []
    for one in action.evidence:
        told = trace[one.observation].told
        if trace[one.observation].kind != "seen":
            continue
        today = await _today(connections, told, records)
        if digest(today) != baseline.get(one.observation, one.digest):
            found += difference(told["value"], today) or [(told["title"], "as it was read", "not the same any more")]
    return found


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
        today = await _today(connections, told, records)
        where = [label for label, _, _ in difference(told["value"], today)]
        if not at_once and not all(any(name in label for name in own) for label in where):
            return {}
        newer[one.observation] = digest(today)
    return newer


async def _today(connections: Connections, told: Mapping[str, Any], records: Mapping[ConnectionId, str]) -> Any:
    known = connections.known(told["tool"])
    if known is None:
        raise CannotLook(f"{told['tool']} is not there any more.")
    record = records.get(ConnectionId(known.connection.id), "")
    answer = await look(connections, known, dict(told["arguments"]), record=record)
    match answer.kind:
        case "ok":
            return answer.value
        case "missing":
            return None
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
