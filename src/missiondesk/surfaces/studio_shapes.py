"""The Studio's bodies: connections, their tools beside what the servers say now, and secrets that are never shown."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from missiondesk.integrations import Connection, ToolState
from missiondesk.people import Scope
from missiondesk.surfaces.shapes import Shape, Words

Side = Literal["read", "write"]


class HealthView(Shape):
    """`away`: several calls in a row failed, missions wait; `why` says what was heard last."""

    state: Literal["ok", "away"]
    why: str | None
    since: datetime


class ConnectionRow(Shape):
    """One line of the list, from what is stored: no server is asked. `changed` names the tools that were taken away."""

    id: str
    title: str
    where: str
    kind: Literal["http", "stdio"]
    source: Literal["file", "api"]
    version: int
    changed_by: str
    changed_at: datetime
    reads: int
    writes: int
    undecided: int
    changed: list[str]
    health: HealthView | None


class ConnectionPage(Shape):
    items: list[ConnectionRow]
    can_add: bool


class DefinitionChange(Shape):
    """A field of a definition before and after; `lines` is the difference, each line with ` `, `-` or `+` before it."""

    field: str
    before: str | None
    after: str | None
    lines: list[str]


class ToolView(Shape):
    """One tool. What the server says of it is text to read, nothing more; `digest` goes back with a review."""

    name: str
    effect: Literal["read", "write", "off"]
    state: ToolState
    title: str | None
    description: str | None
    input_schema: dict[str, Any] | None
    output_schema: dict[str, Any] | None
    annotations: dict[str, Any] | None
    digest: str | None
    changes: list[DefinitionChange]
    proposal: dict[str, Any] | None = Field(description="Our draft of the manifest, until the tool is reviewed.")
    doubts: list[str]


class SecretView(Shape):
    """A name that the connection uses. `set_at` is null where it has no value here; the environment may have one."""

    side: Side
    name: str
    set_by: str | None
    set_at: datetime | None


class ConnectionView(Shape):
    """A connection beside its server. `away`: it does not answer, and why; then `tools` are as they were reviewed."""

    row: ConnectionRow
    manifest: Connection
    server: str | None
    protocol: str | None
    beyond: list[str]
    away: str | None
    misfits: list[str]
    tools: list[ToolView]
    secrets: list[SecretView]
    can_change: bool
    kept_by: str | None = Field(description="Where to change it, if not here.")
    waiting: str | None = Field(description="The newest change of it that waits for a second person.")


class NewConnection(Shape):
    """`secrets` by name: sealed at once, and never given back."""

    manifest: Connection
    secrets: dict[Words, Words] = {}


class ChangedConnection(Shape):
    """`version` is the one that was read: who changed it meanwhile is not overwritten. `secrets`: new ones."""

    manifest: Connection
    version: int
    secrets: dict[Words, Words] = {}


class Seen(Shape):
    name: Words
    digest: Words


class NewReview(Shape):
    """The tools that were read, each with the digest of what was read."""

    tools: list[Seen] = Field(min_length=1)


class NewSecret(Shape):
    value: Words


class NewAuthorization(Shape):
    """Which sign-in: the one that reads, or the one of effects."""

    side: Side = "read"


class Authorization(Shape):
    """The address where an admin agrees."""

    url: str


class TestCall(Shape):
    """A read, as one customer: `records` are their ids by connection."""

    tool: Words
    arguments: dict[str, Any] = {}
    records: dict[Words, Words] = {}


class TestAnswer(Shape):
    """What a worker would be given. `value` is null unless `kind` is ok."""

    kind: Literal["ok", "missing", "refused", "gone", "changed", "unknown"]
    value: Any = None
    why: str | None = None


class KeyView(Shape):
    """An API key, without its secret. `addresses`: the networks it may be used from; none: from anywhere."""

    id: str
    name: str
    owner: str
    scopes: list[Scope]
    addresses: list[str]
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None


class KeyPage(Shape):
    items: list[KeyView]


class NewKey(Shape):
    """`scopes`: `read`, and `propose` for editing proposals. None of them decides."""

    name: Words
    scopes: list[Scope] = Field(min_length=1)
    days: int = 90
    addresses: list[Words] = []


class MadeKeyView(Shape):
    """`secret` is what a program sends as bearer. It is shown once."""

    key: KeyView
    secret: str


class TwoAccounts(Shape):
    """The addresses of two accounts."""

    one: Words
    other: Words


class OnePerson(Shape):
    """All addresses of one person."""

    emails: list[str]
