"""Integrations: the connected systems, what was decided about each tool, and the one path of every tool call."""

from missiondesk.integrations.connections import Connections, Known, read_connections
from missiondesk.integrations.definitions import Definition, Reviewed
from missiondesk.integrations.gate import Gate, NotOffered, Offer, Open, Scope
from missiondesk.integrations.manifest import Connection, Find, Proof, Tool
from missiondesk.integrations.mcp_client import Answer
from missiondesk.integrations.ownership import owned, values_at

__all__ = [
    "Answer",
    "Connection",
    "Connections",
    "Definition",
    "Find",
    "Gate",
    "Known",
    "NotOffered",
    "Offer",
    "Open",
    "Proof",
    "Reviewed",
    "Scope",
    "Tool",
    "owned",
    "read_connections",
    "values_at",
]
