"""A review of a connection in setup: it stands at once."""

from collections.abc import Collection, Mapping

from missiondesk.changes import Source, review_connection
from missiondesk.integrations import Connections


async def review(
    connections: Connections,
    connection_id: str,
    *,
    tools: Collection[str] | None = None,
    seen: Mapping[str, str] | None = None,
    by: str,
) -> None:
    asked_by = Source("operator", by)
    _, made = await review_connection(connections, connection_id, tools=tools, seen=seen, asked_by=asked_by)
    assert made.state == "adopted"
