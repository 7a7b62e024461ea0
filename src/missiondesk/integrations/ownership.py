"""Does a result belong to the customer? A shape nobody expected is nobody's."""

from typing import Any

from jsonpath_rfc9535 import JSONPathError, find

from missiondesk.integrations.manifest import Tool
from missiondesk.kit.json_values import is_object


def owned(tool: Tool, value: Any, record_id: str) -> bool:
    """Every field at the tool's owner paths is `record_id`, every record there has it, and the first path is there."""
    if tool.owner == "nobody":
        return True
    paths = tool.owner or []
    found = [values_at(path, value) for path in paths]
    whole = all(len(values) == _records_at(path, value) for path, values in zip(paths, found, strict=True))
    return whole and bool(found and found[0]) and all(one == record_id for values in found for one in values)


def _records_at(path: str, value: Any) -> int:
    """How many records stand where the path's last field should be in each."""
    return sum(is_object(one) for one in values_at(path.rpartition(".")[0], value))


def values_at(path: str, value: Any) -> list[Any]:
    """The values at an RFC 9535 path; none for a path that does not parse or a value that has nothing there."""
    try:
        return [node.value for node in find(path, value)]
    except JSONPathError:
        return []
