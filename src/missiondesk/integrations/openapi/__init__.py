"""HTTP APIs as connections: an OpenAPI document becomes tools once, and a server of ours offers them over MCP."""

from missiondesk.integrations.openapi.addressing import agreed_url
from missiondesk.integrations.openapi.connecting import (
    connection_for,
    description_file,
    proposed_id,
    runnable,
)
from missiondesk.integrations.openapi.describing import Described, describe
from missiondesk.integrations.openapi.description import Description, Operation, read_description
from missiondesk.integrations.openapi.fetching import read_source
from missiondesk.integrations.openapi.trouble import NotUsable

__all__ = [
    "Described",
    "Description",
    "NotUsable",
    "Operation",
    "agreed_url",
    "connection_for",
    "describe",
    "description_file",
    "proposed_id",
    "read_description",
    "read_source",
    "runnable",
]
