"""Connections as rows: what every process of the installation goes by, and which tools were taken away."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import ValidationError
from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, Table, Text, delete, select, text, true, update
from sqlalchemy.dialects.postgresql import insert

from missiondesk.integrations.definitions import Definition, Reviewed
from missiondesk.integrations.known import Declared, Known
from missiondesk.integrations.manifest import Connection
from missiondesk.integrations.reviewing import NotAsSeen
from missiondesk.integrations.secrets.vault import forget_all
from missiondesk.kit.database import Transaction, announce, lock, metadata, now
from missiondesk.kit.errors import Misconfigured, NotFound, Refused
from missiondesk.kit.validation import in_words

TOPIC = "connections"
Source = Literal["file", "api"]

connections = Table(
    "connections",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("manifest", Text, nullable=False),
    Column("reviewed", Text),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("removed_at", DateTime(timezone=True)),
)
versions = Table(
    "connections_version",
    metadata,
    Column("one", Boolean, primary_key=True, server_default=true()),
    Column("version", BigInteger, nullable=False),
)
changed_tools = Table(
    "changed_tools",
    metadata,
    Column("connection_id", Text, primary_key=True),
    Column("tool", Text, primary_key=True),
    Column("pin", Text, nullable=False),  # the reviewed one
    Column("server", Text, nullable=False),  # as it calls itself now
    Column("live", Text),  # JSON of the definition that it has now; none: the server has no such tool any more
    Column("found_at", DateTime(timezone=True), nullable=False),
    Column("voided_at", DateTime(timezone=True)),
)
health = Table(
    "connection_health",
    metadata,
    Column("connection_id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("why", Text),
    Column("since", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Stored:
    """One connection as it stands: `version` counts its changes."""

    file: Connection
    reviewed: Reviewed
    source: Source
    version: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """A tool that is not what was reviewed. `live` is `None` when the server has it no more."""

    connection_id: str
    tool: str
    pin: str
    server: str
    live: Definition | None
    found_at: datetime

    @property
    def key(self) -> str:
        return f"{self.connection_id}.{self.tool}"


@dataclass(frozen=True, slots=True)
class Health:
    state: Literal["ok", "away"]
    why: str | None
    since: datetime


async def version_of(tx: Transaction) -> int:
    """It moves whenever a connection, a review or a secret changes, or a tool is taken away."""
    return (await tx.execute(select(versions.c.version))).scalar_one()


async def moved(tx: Transaction) -> None:
    """Say that something about connections changed: every process looks again before its next turn."""
    await tx.execute(update(versions).values(version=versions.c.version + 1))
    await announce(tx, TOPIC)


async def declared(tx: Transaction) -> Declared:
    """All connections as they are now."""
    rows = await stored_connections(tx)
    return Declared(
        files={one.file.id: one.file for one in rows},
        reviews={one.file.id: one.reviewed for one in rows},
        changed={one.key: one.pin for one in await tools_changed(tx)},
        by_api=frozenset(one.file.id for one in rows if one.source == "api"),
    )


async def stored_connections(tx: Transaction) -> list[Stored]:
    query = select(connections).where(connections.c.removed_at.is_(None)).order_by(connections.c.id)
    return [_stored(row) for row in await tx.execute(query)]


async def stored_connection(tx: Transaction, connection_id: str) -> Stored:
    """Raises `NotFound`."""
    query = select(connections).where(connections.c.id == connection_id, connections.c.removed_at.is_(None))
    row = (await tx.execute(query)).first()
    if row is None:
        raise NotFound(f"There is no connection {connection_id!r}.")
    return _stored(row)


async def unchanged_since(tx: Transaction, connection_id: str, version: int) -> None:
    """Nobody else changes connections until this transaction ends. Raises `NotFound`, and `NotAsSeen` if one has."""
    await lock(tx, TOPIC)
    now_there = await stored_connection(tx, connection_id)
    if now_there.version != version:
        raise NotAsSeen(f"{now_there.changed_by} changed this connection meanwhile. Please look at it again.")


async def put_connection(
    tx: Transaction, file: Connection, reviewed: Reviewed | None, *, source: Source, by: str
) -> bool:
    """Add a connection or change it; `reviewed=None` keeps its review. `False`: it was exactly so before.

    Raises `Refused` when the other source holds one with this id.
    """
    await lock(tx, TOPIC)
    before = (await tx.execute(select(connections).where(connections.c.id == file.id))).first()
    if before is not None and before.removed_at is None and before.source != source:
        where = "a file of the installation's folder" if before.source == "file" else "the API"
        raise Refused(f"The connection {file.id!r} is kept by {where}: change it there, or remove it there first.")
    kept = before.reviewed if before is not None and before.removed_at is None and reviewed is None else None
    values = {
        "source": source,
        "manifest": file.model_dump_json(exclude_defaults=True),
        "reviewed": reviewed.model_dump_json() if reviewed is not None else kept,
        "removed_at": None,
    }
    if before is not None and all(getattr(before, name) == value for name, value in values.items()):
        return False
    values |= {"changed_by": by, "changed_at": await now(tx), "version": before.version + 1 if before else 1}
    query = insert(connections).values(id=file.id, **values)
    await tx.execute(query.on_conflict_do_update(index_elements=["id"], set_=values))
    await moved(tx)
    return True


async def read_again(tx: Transaction, connection_id: str, tools: Collection[str]) -> None:
    """Somebody read these tools: those of them that had changed are there again, as they are now."""
    if not tools:
        return
    query = delete(changed_tools).where(changed_tools.c.connection_id == connection_id)
    await tx.execute(query.where(changed_tools.c.tool.in_(tools)))
    await moved(tx)


async def remove_connection(tx: Transaction, connection_id: str, *, by: str) -> None:
    """With its secrets. Raises `NotFound`. What was recorded of it stays in the traces."""
    await stored_connection(tx, connection_id)
    await forget_all(tx, connection_id)
    await tx.execute(
        update(connections)
        .where(connections.c.id == connection_id)
        .values(removed_at=await now(tx), changed_by=by, changed_at=await now(tx), version=connections.c.version + 1)
    )
    for table in (changed_tools, health):
        await tx.execute(delete(table).where(table.c.connection_id == connection_id))
    await moved(tx)


async def take_away(tx: Transaction, known: Known, *, server: str, live: Definition | None) -> bool:
    """Remember that a tool is not what was reviewed. `False`: it is known to have changed like this."""
    values = {
        "pin": known.pin,
        "server": server,
        "live": json.dumps(live.kept) if live is not None else None,
    }
    query = insert(changed_tools).values(
        connection_id=known.connection.id, tool=known.name, found_at=await now(tx), **values
    )
    done = await tx.execute(
        query.on_conflict_do_update(
            index_elements=["connection_id", "tool"],
            set_={**values, "found_at": query.excluded.found_at, "voided_at": None},
            where=text(
                "(changed_tools.pin, changed_tools.server, changed_tools.live) is distinct from "
                "(excluded.pin, excluded.server, excluded.live)"
            ),
        )
    )
    if done.rowcount == 0:
        return False
    await moved(tx)
    return True


async def tools_changed(tx: Transaction, *, to_void: bool = False) -> list[Changed]:
    """The tools that were taken away; `to_void`: those whose waiting proposals were not taken back yet, locked."""
    query = select(changed_tools).order_by(changed_tools.c.found_at)
    if to_void:
        query = query.where(changed_tools.c.voided_at.is_(None)).with_for_update(skip_locked=True)
    return [
        Changed(
            row.connection_id,
            row.tool,
            row.pin,
            row.server,
            Definition(json.loads(row.live)) if row.live is not None else None,
            row.found_at,
        )
        for row in await tx.execute(query)
    ]


async def voided(tx: Transaction, one: Changed) -> None:
    """Its waiting proposals are taken back."""
    query = update(changed_tools).where(
        changed_tools.c.connection_id == one.connection_id, changed_tools.c.tool == one.tool
    )
    await tx.execute(query.values(voided_at=await now(tx)))


async def set_health(tx: Transaction, connection_id: str, state: Literal["ok", "away"], why: str | None) -> None:
    """`since` moves only when the state does."""
    query = insert(health).values(connection_id=connection_id, state=state, why=why, since=await now(tx))
    await tx.execute(
        query.on_conflict_do_update(
            index_elements=["connection_id"],
            set_={"state": state, "why": why, "since": query.excluded.since},
            where=health.c.state != state,
        )
    )
    await announce(tx, TOPIC)


async def answers_again(tx: Transaction, connection_id: str) -> None:
    """It has answered: whoever wrote that it is away is wrong by now."""
    query = update(health).where(health.c.connection_id == connection_id, health.c.state != "ok")
    done = await tx.execute(query.values(state="ok", why=None, since=await now(tx)))
    if done.rowcount:
        await announce(tx, TOPIC)


async def health_of(tx: Transaction) -> dict[str, Health]:
    """By connection; one that never had trouble is not in it."""
    return {row.connection_id: Health(row.state, row.why, row.since) for row in await tx.execute(select(health))}


def _stored(row: Any) -> Stored:
    try:
        file = Connection.model_validate_json(row.manifest)
    except ValidationError as error:
        wrong = in_words(error, json.loads(row.manifest))
        raise Misconfigured(f"The connection {row.id!r}, as it is kept, cannot be used: {wrong}") from error
    return Stored(
        file,
        Reviewed.model_validate_json(row.reviewed) if row.reviewed else Reviewed(server="", tools={}),
        row.source,
        row.version,
        row.changed_by,
        row.changed_at,
    )
