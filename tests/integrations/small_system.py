"""A small system of which a test says everything: its tools, what each call answers, and what it was asked with."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from missiondesk.ids import ConnectionId, CustomerId, MissionId
from missiondesk.integrations import (
    Connection,
    Connections,
    Declared,
    Gate,
    Keys,
    Known,
    Reviewed,
    Scope,
    Vault,
    add_connection,
    look_at,
)
from missiondesk.integrations.definitions import Definition
from missiondesk.kit.database import Database
from missiondesk.trace import observed
from tests.support.faulty import Json, System
from tests.support.faulty_http import FaultyHttp
from tests.support.postgres import Cloned
from tests.support.reviewed import review
from tests.support.world import settings_for

TOKEN = "sys-9c41e7d05b2a8f36"
BEARER: Json = {"kind": "bearer", "token": "$SYS_TOKEN"}
MINE = {ConnectionId("sys"): "c-1"}
ORDER: Json = {
    "name": "get_order",
    "description": "One order.",
    "inputSchema": {
        "type": "object",
        "properties": {"customer_id": {"type": "string"}, "days": {"type": "integer"}},
        "required": ["customer_id"],
    },
    "annotations": {"readOnlyHint": True, "openWorldHint": False},
}
CANCEL: Json = {**ORDER, "name": "cancel_order", "description": "Cancel an order.", "annotations": {}}
READS: Json = {"effect": "read", "title": "Order", "bind": {"customer_id": "$customer"}, "owner": ["$.customer_id"]}
WRITES: Json = {
    "effect": "write",
    "title": "Cancel",
    "bind": {"customer_id": "$customer"},
    "effect_class": "neither",
    "card": "Cancel the order",
}


def said(**more: Any) -> Json:
    """A result of this customer's, as structured content."""
    return {"structuredContent": {"customer_id": "c-1", **more}, "content": []}


@dataclass
class SmallSystem(System):
    """`answer` makes the result of a call, by tool and arguments; `calls` are the parameters of each that came.

    `refuses_to_list`: what it says instead of its tools.
    """

    name: str | None = "sys"
    tools: list[Json] = field(default_factory=lambda: [dict(ORDER), dict(CANCEL)])
    answer: Callable[[str, Json], Json] = lambda _tool, _arguments: said(state="open")
    calls: list[Json] = field(default_factory=list[Json])
    refuses_to_list: str | None = None

    def reply(self, message: Json) -> Json:
        reply = super().reply(message)
        if message["method"] == "tools/list" and self.refuses_to_list is not None:
            error = {"code": -32603, "message": self.refuses_to_list}
            return {"jsonrpc": "2.0", "id": message["id"], "error": error}
        if message["method"] == "tools/call":
            self.calls.append(message["params"])
            for name in ("structuredContent", "content"):
                reply["result"].pop(name, None)
            reply["result"] |= self.answer(message["params"]["name"], message["params"]["arguments"])
        return reply


def file_for(at: FaultyHttp, tools: Json, **more: Any) -> Connection:
    """The manifest of `sys`."""
    where = {"url": at.url, "allow_private": ["127.0.0.1"], **more.pop("http", {})}
    about = {"id": "sys", "title": "Sys", "server": "sys", "http": where, "tool": tools}
    return Connection.model_validate({**about, **more})


def declared_for(file: Connection, system: SmallSystem) -> Declared:
    """It, reviewed as the system is now."""
    told = {one["name"]: Definition(one).kept for one in system.tools if one["name"] in file.tool}
    return Declared({file.id: file}, {file.id: Reviewed(server=str(system.name), tools=told)})


@asynccontextmanager
async def connected(at: FaultyHttp, tools: Json, **more: Any) -> AsyncGenerator[Connections]:
    """Connections that know this one alone, as a file says it."""
    assert isinstance(at.system, SmallSystem)
    connections = Connections(declared_for(file_for(at, tools, **more), at.system), patience=5)
    yield connections
    await connections.close()


@asynccontextmanager
async def kept_in(record: Cloned, home: Any, **settings: Any) -> AsyncGenerator[Connections]:
    """A process's connections, as they stand in this database."""
    database = Database(record.url)
    vault = Vault(database, Keys.read(settings_for(record, home, **settings)))
    connections = Connections(Declared(), patience=5, database=database, vault=vault)
    await connections.refresh()
    yield connections
    await connections.close()
    await database.close()


def known(connections: Connections, key: str) -> Known:
    found = connections.known(key)
    assert found is not None, f"{key} is not there"
    return found


async def gate_to(connections: Connections, database: Database, mission: MissionId, *, turn: int = 1) -> Gate:
    """The gate of one turn of a mission of customer c-1."""
    scope = Scope(mission, CustomerId("customer-1"), MINE)
    async with database.transaction() as tx:
        trace = await observed(tx, mission)
    return Gate(connections, scope, tools=["sys.get_order"], turn=turn, trace=trace, open_=database.transaction)


def with_limits(**limits: Any) -> Json:
    """The manifest of the one read, with these limits."""
    return {"get_order": {**READS, "limits": limits}}


async def added(connections: Connections, file: Connection, secrets: Mapping[str, str] | None = None) -> None:
    """Connected and reviewed, as an admin does it in the Studio."""
    secrets = secrets or {}
    listing = await look_at(connections, file, secrets)
    await add_connection(connections, file, listing, source="api", by="Adele", secrets=secrets)
    await review(connections, file.id, by="Adele")
