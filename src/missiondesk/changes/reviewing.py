"""Connections changed by people: what they read, decide anew or take out, as changes; or at once, if it is harmless."""

from collections.abc import Collection, Mapping

from missiondesk.changes import of_connection
from missiondesk.changes.asking import LOCK, propose_change
from missiondesk.changes.lifecycle import JSON, Change, Source
from missiondesk.integrations import (
    Connection,
    Connections,
    Review,
    as_read,
    stored_connection,
    transaction_of,
    unchanged_since,
)
from missiondesk.kit.database import Transaction, lock
from missiondesk.people import Staff


async def review_connection(
    connections: Connections,
    connection_id: str,
    *,
    tools: Collection[str] | None = None,
    seen: Mapping[str, str] | None = None,
    asked_by: Staff | Source,
    why: str | None = None,
) -> tuple[Review, Change]:
    """Pin what was read, or ask for it: look at the change's state. Raises what `as_read` and `propose_change` raise.

    A review that is not in force holds no tool: until it is adopted, none of `tools` is there anew.
    """
    read = await as_read(connections, connection_id, tools=tools, seen=seen)
    content = of_connection.content_of(read.stored.file, read.reviewed, read.stored.source, tools=read.tools)
    why = why or f"Reviewed {', '.join(read.tools)}."
    async with transaction_of(connections) as tx:
        made = await propose_change(
            tx,
            kind="connection",
            subject=connection_id,
            content=content,
            why=why,
            asked_by=asked_by,
            base=str(read.stored.version),
        )
    await connections.refresh()
    return read, made


async def change_connection(
    tx: Transaction, file: Connection, *, anew: bool, version: int, asked_by: Staff, why: str | None = None
) -> Change | None:
    """Decide anew on a connection that was seen in this `version`; its review stays. `None`: it stands at once.

    `anew`: it is somewhere else, so its secrets are forgotten. Raises `NotFound`, `NotAsSeen`.
    """
    await lock(tx, LOCK)
    await unchanged_since(tx, file.id, version)
    start = await of_connection.standing(tx, file.id)
    stored = await stored_connection(tx, file.id)
    content = of_connection.content_of(file, stored.reviewed, stored.source, anew=anew)
    return await _asked(tx, file.id, start.content, content, asked_by, why or f"{file.title} was decided on anew.")


async def remove_connection(tx: Transaction, connection_id: str, *, asked_by: Staff | Source) -> Change | None:
    """Take a connection out, with its secrets. `None`: it is out. Raises `NotFound`."""
    await lock(tx, LOCK)
    stored = await stored_connection(tx, connection_id)
    start = await of_connection.standing(tx, connection_id)
    content = of_connection.removal_of(stored)
    return await _asked(tx, connection_id, start.content, content, asked_by, f"{stored.file.title} is taken out.")


async def _asked(
    tx: Transaction, subject: str, before: JSON | None, content: JSON, asked_by: Staff | Source, why: str
) -> Change | None:
    if content == before:
        return None
    if of_connection.harmless(before, content):
        await of_connection.put(tx, subject, content, asked_by.name)
        return None
    return await propose_change(tx, kind="connection", subject=subject, content=content, why=why, asked_by=asked_by)
