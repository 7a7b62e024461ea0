"""Do the paths of a tool lead to something in its results?"""

from collections.abc import Iterator
from typing import Any

from missiondesk.integrations.manifest import Tool
from missiondesk.integrations.paths import steps_of
from missiondesk.integrations.schemas.schema import may_hold
from missiondesk.kit.json_values import is_object


def misfits_of_paths(where: str, tool: Tool, output: Any) -> Iterator[str]:
    """A sentence for each path that proves nothing, hides what is needed, or can stand in no result.

    `output` is the outputSchema, if there is one.
    """
    owner = tool.owner if isinstance(tool.owner, list) else []
    for path in owner:
        if steps_of(path) is None:
            yield (
                f"{where}: owner {path!r} searches or filters, which proves nothing of what it leaves out. Use names, "
                "positions and [*] alone."
            )
    reference = [tool.reference] if tool.reference else []
    if tool.effect == "write":
        for path in {*owner, *reference} & set(tool.redact):
            yield f"{where}: redact hides {path!r}, which is needed to know how it ended. Take it out of redact."
    if not is_object(output):
        return
    named = {"owner": owner, "redact": tool.redact, "volatile": tool.volatile, "unordered": tool.unordered}
    for field, paths in {**named, "reference": reference}.items():
        for path in paths:
            steps = steps_of(path)
            if steps is not None and not may_hold(output, steps, output):
                yield (
                    f"{where}: {field} {path!r} can stand in none of its results: its outputSchema has no such field. "
                    "Name it as the server does."
                )
