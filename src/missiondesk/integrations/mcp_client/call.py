"""One call of one tool: compare what is there with the pin, ask once, and say as what it ended."""

from dataclasses import dataclass
from typing import Any

from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, RequestParamsMeta

from missiondesk.integrations.mcp_client.answers import Answer
from missiondesk.integrations.mcp_client.held import Held
from missiondesk.integrations.mcp_client.listing import Listed
from missiondesk.integrations.mcp_client.progress import Throttled
from missiondesk.integrations.mcp_client.reasons import Trail, broke
from missiondesk.integrations.mcp_client.results import NO_USE, Results


@dataclass(slots=True)
class Call:
    """`end` is as what it would end if it ended now."""

    connection: str
    tool: str
    arguments: dict[str, Any]
    pin: str
    meta: RequestParamsMeta
    trail: Trail
    progress: Throttled | None
    end: Answer


def difference(call: Call, found: Listed) -> Answer | None:
    """`changed` when the server's tool is not the pinned one."""
    if found.pin(call.connection, call.tool) == call.pin:
        return None
    live = found.definition(call.tool)
    if call.tool in found.twice:
        return Answer("changed", f"{call.tool} is the name of more than one tool there.")
    if live is None:
        return Answer("changed", f"{call.tool} is not there any more.")
    return Answer("changed", f"{call.tool} is not the tool that was reviewed.", live=live)


async def asked(held: Held, call: Call, found: Listed, results: Results, *, patience: float) -> Answer:
    """Send it, once. Raises what the SDK raises, or `ConnectionError` with why the session broke."""
    session, tool = await held.ready(), found.tools[call.tool]
    session.knows(tool)
    if call.trail.too_late():
        return call.end
    call.end = Answer("unknown", NO_USE)  # from here on it may have acted
    try:
        result = await session.call_tool(
            call.tool,
            call.arguments,
            read_timeout_seconds=patience,
            progress_callback=call.progress,
            meta=call.meta or None,
            allow_input_required=True,
        )
    except MCPError as error:
        if broke(error) and (why := await held.ending()):
            raise ConnectionError(why) from error
        raise
    if not isinstance(result, CallToolResult):
        return Answer("unknown", NO_USE, "It asked for more input, which we never give.", heard=True)
    return await results.answer(call.tool, result, schema=tool.output_schema, pin=call.pin)
