"""When are two results of the same read the same? What may differ without meaning anything is left aside."""

from typing import Any

from jsonpath_rfc9535 import JSONPathError

from missiondesk.integrations.manifest import Tool
from missiondesk.integrations.paths import changed_at, without
from missiondesk.kit.canonical import canonical
from missiondesk.kit.json_values import is_list


def steady(tool: Tool, value: Any) -> Any:
    """`value` without what is `volatile`, and lists that are `unordered` in one order."""
    try:
        return changed_at(tool.unordered, without(tool.volatile, value), _in_order)
    except JSONPathError:  # nested too deeply to say what stands where: then every difference counts
        return value


def _in_order(value: Any) -> Any:
    return sorted(value, key=canonical) if is_list(value) else value
