"""Integrations: the connected systems, what was decided about each tool, and the one path of every tool call."""

from missiondesk.integrations.breaker import ConnectionPaused
from missiondesk.integrations.connections import Connections
from missiondesk.integrations.definitions import PINNED, Definition, Reviewed
from missiondesk.integrations.files import file_of, files_of, read_connections, usable_connections, write_review
from missiondesk.integrations.fitting.notes import notes
from missiondesk.integrations.gate import Gate, Offer, Open, Scope, offer_of, wanted
from missiondesk.integrations.keeping import (
    Inspection,
    Unreachable,
    add_connection,
    begin_signing_in,
    change_connection,
    drafted,
    finish_signing_in,
    forget_secret,
    inspect,
    keep_secret,
    kept_secrets,
    look_at,
    look_if_agreed,
    read_as,
    remove,
    review,
    vault_of,
)
from missiondesk.integrations.known import Declared, Known, NotOffered
from missiondesk.integrations.manifest import Connection, Find, Proof, Require, Tool
from missiondesk.integrations.mcp_client import Allowed, Answer, Listing, Progress, Redirected, SafeTransport
from missiondesk.integrations.mcp_client import NotAllowed as PrivateHost
from missiondesk.integrations.proposing.drafts import Draft, as_toml
from missiondesk.integrations.results.ownership import owned, values_at
from missiondesk.integrations.results.refusals import is_one_of
from missiondesk.integrations.results.sameness import steady
from missiondesk.integrations.reviewing import (
    FieldChange,
    Misfit,
    NotAsSeen,
    ToolState,
    ToolView,
    called_otherwise,
    standing,
)
from missiondesk.integrations.schemas.schema import resolved
from missiondesk.integrations.secrets.vault import Kept, Keys, Vault
from missiondesk.integrations.signing_in.authorizing import connection_of, start_over
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
from missiondesk.integrations.way import AuthorizationCode

__all__ = [
    "Allowed",
    "Answer",
    "AuthorizationCode",
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
    "Listing",
    "NotAsSeen",
    "NotOffered",
    "Offer",
    "Open",
    "PINNED",
    "PrivateHost",
    "Progress",
    "Proof",
    "Redirected",
    "Require",
    "Reviewed",
    "SafeTransport",
    "Scope",
    "Stored",
    "Tool",
    "ToolState",
    "ToolView",
    "Unreachable",
    "Vault",
    "add_connection",
    "as_toml",
    "begin_signing_in",
    "called_otherwise",
    "change_connection",
    "connection_of",
    "declared",
    "drafted",
    "file_of",
    "files_of",
    "finish_signing_in",
    "forget_secret",
    "health_of",
    "inspect",
    "is_one_of",
    "keep_secret",
    "kept_secrets",
    "look_at",
    "look_if_agreed",
    "notes",
    "offer_of",
    "owned",
    "publish_connections",
    "read_as",
    "read_connections",
    "remove",
    "resolved",
    "review",
    "standing",
    "start_over",
    "steady",
    "stored_connection",
    "stored_connections",
    "tools_changed",
    "usable_connections",
    "values_at",
    "vault_of",
    "voided",
    "wanted",
    "write_review",
]
