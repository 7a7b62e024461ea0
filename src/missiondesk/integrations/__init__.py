"""Integrations: the connected systems, what was decided about each tool, and the one path of every tool call."""

from missiondesk.integrations.breaker import ConnectionPaused
from missiondesk.integrations.connections import Connections
from missiondesk.integrations.definitions import Definition, Reviewed
from missiondesk.integrations.files import file_of, files_of, read_connections, write_review
from missiondesk.integrations.gate import Gate, Offer, Open, Scope
from missiondesk.integrations.keeping import (
    Inspection,
    Unreachable,
    add_connection,
    change_connection,
    drafted,
    forget_secret,
    inspect,
    keep_secret,
    kept_secrets,
    look_at,
    read_as,
    remove,
    review,
)
from missiondesk.integrations.known import Declared, Known, NotOffered
from missiondesk.integrations.manifest import Connection, Find, Proof, Require, Tool
from missiondesk.integrations.mcp_client import Answer, Progress
from missiondesk.integrations.ownership import owned, values_at
from missiondesk.integrations.proposing import Draft, as_toml
from missiondesk.integrations.reviewing import FieldChange, Misfit, NotAsSeen, ToolState, ToolView
from missiondesk.integrations.sameness import steady
from missiondesk.integrations.store import (
    Changed,
    Health,
    Stored,
    declared,
    health_of,
    publish_connections,
    stored_connection,
    stored_connections,
    tools_changed,
    voided,
)
from missiondesk.integrations.vault import Kept, Keys, Vault

__all__ = [
    "Answer",
    "Changed",
    "Connection",
    "ConnectionPaused",
    "Connections",
    "Declared",
    "Definition",
    "Draft",
    "FieldChange",
    "Find",
    "Gate",
    "Health",
    "Inspection",
    "Kept",
    "Keys",
    "Known",
    "Misfit",
    "NotAsSeen",
    "NotOffered",
    "Offer",
    "Open",
    "Progress",
    "Proof",
    "Require",
    "Reviewed",
    "Scope",
    "Stored",
    "Tool",
    "ToolState",
    "ToolView",
    "Unreachable",
    "Vault",
    "add_connection",
    "as_toml",
    "change_connection",
    "declared",
    "drafted",
    "file_of",
    "files_of",
    "forget_secret",
    "health_of",
    "inspect",
    "keep_secret",
    "kept_secrets",
    "look_at",
    "owned",
    "publish_connections",
    "read_as",
    "read_connections",
    "remove",
    "review",
    "steady",
    "stored_connection",
    "stored_connections",
    "tools_changed",
    "values_at",
    "voided",
    "write_review",
]
