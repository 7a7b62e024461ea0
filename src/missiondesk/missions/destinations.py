"""Where something goes to (an e-mail address, a bank account) stands in a record of the customer, or nothing goes.

Not every place where the value stands is such a record: one that was asked for by this very value may only repeat it,
and what belongs to nobody can be written by anybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from missiondesk.decisions import Origin, origins_of
from missiondesk.integrations import Connections, Known
from missiondesk.kit.errors import Refused
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.trace import Observation

_SHORT = 3  # characters; shorter ones are repeated by accident


def with_destinations(
    lineage: Mapping[str, Origin],
    known: Known,
    arguments: Mapping[str, Any],
    trace: Sequence[Observation],
    connections: Connections,
) -> dict[str, Origin]:
    """The origins, those of destinations found anew among records that can vouch for them.

    Raises `Refused` for a destination that no such record holds, unless we bound it or a person wrote it.
    """
    found = dict(lineage)
    for name in known.tool.destinations:
        if arguments.get(name) is None or lineage[name].kind in ("bound", "person"):
            continue
        seen = [one for one in trace if _vouches(one, arguments[name], connections)]
        origin = origins_of(arguments, bound=(), seen=seen, constants={}, brief="")[name]
        if origin.kind != "record":
            where = (
                lineage[name].label if lineage[name].kind != "record" else "only where it was asked for, or anybody's"
            )
            raise Refused(
                f"{known.key}: {name} says where something goes to, so it must come from a record of the customer. It "
                f"does not ({where})."
            )
        found[name] = origin
    return found


def _vouches(one: Observation, value: Any, connections: Connections) -> bool:
    if one.kind != "seen":
        return False
    known = connections.known(one.told["tool"])
    if known is None or known.tool.owner == "nobody":
        return False
    asked_with = set(_texts(one.told["arguments"]))
    return not any(text in asked for text in _texts(value) for asked in asked_with)


def _texts(value: Any) -> Iterator[str]:
    """The texts and numbers in a JSON value, without what case and blanks can hide."""
    if is_object(value):
        for inner in value.values():
            yield from _texts(inner)
    elif is_list(value):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str | int) and len(str(value).strip()) >= _SHORT:
        yield str(value).strip().casefold()
