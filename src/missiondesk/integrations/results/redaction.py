"""What nobody sees of a result: neither a model, nor the trace, nor a person. Evidence is compared without it, too."""

from typing import Any

from jsonpath_rfc9535 import JSONPathError

from missiondesk.integrations.manifest import Tool
from missiondesk.integrations.paths import changed_at
from missiondesk.kit.text import REDACTED


def redacted(tool: Tool, value: Any) -> Any:
    """`value` with `[redacted]` at each path of the tool's `redact`, whatever stood there."""
    if not tool.redact:
        return value
    try:
        return changed_at(tool.redact, value, lambda _: REDACTED)
    except JSONPathError:  # nested too deeply to say what stands where: then none of it is shown
        return REDACTED
