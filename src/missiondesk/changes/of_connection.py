"""A connection as a matter of changes: what was decided about its tools, and what was reviewed of them.

A connection of which nothing was ever reviewed has no tools: to add it, or change it, needs nobody else.
"""

import json
from collections.abc import Collection

from missiondesk.changes.lifecycle import JSON, NONE, Change, Standing
from missiondesk.ids import ConnectionId
from missiondesk.integrations import (
    Connection,
    Reviewed,
    Stored,
    adopt_connection,
    remove_connection,
    stored_connection,
)
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import NotFound, Refused


def content_of(
    file: Connection, reviewed: Reviewed, source: str, *, tools: Collection[str] = (), anew: bool = False
) -> JSON:
    """`tools` were read again; `anew`: secrets are forgotten, as it is somewhere else."""
    return {
        "manifest": json.loads(file.model_dump_json(exclude_defaults=True)),
        "reviewed": json.loads(reviewed.model_dump_json()),
        "source": source,
        **({"tools": sorted(tools)} if tools else {}),
        **({"anew": True} if anew else {}),
    }


def removal_of(stored: Stored) -> JSON:
    return {"removed": True, "source": stored.source}


async def stored_at(tx: Transaction, connection_id: str) -> Stored | None:
    try:
        return await stored_connection(tx, connection_id)
    except NotFound:
        return None


async def standing(tx: Transaction, subject: str) -> Standing:
    found = await stored_at(tx, subject)
    if found is None:
        return Standing(NONE, None)
    return Standing(str(found.version), content_of(found.file, found.reviewed, found.source))


def harmless(before: JSON | None, after: JSON) -> bool:
    """Whether it has no reviewed tool, and had none."""
    return not any(one and one.get("reviewed", {}).get("tools") for one in (before, after))


async def check(tx: Transaction, subject: str, content: JSON) -> None:
    found = await stored_at(tx, subject)
    if found is not None and found.source != content["source"]:
        where = "a file of the installation's folder" if found.source == "file" else "the API"
        raise Refused(f"The connection {subject!r} is kept by {where}: change it there, or remove it there first.")


async def adopt(tx: Transaction, adopted: Change, by: str) -> None:
    await put(tx, adopted.subject, adopted.after, by)


async def put(tx: Transaction, subject: str, content: JSON, by: str) -> None:
    """Make it so, whoever stands behind it."""
    if content.get("removed"):
        await remove_connection(tx, ConnectionId(subject), by=by)
        return
    file, reviewed = Connection.model_validate(content["manifest"]), Reviewed.model_validate(content["reviewed"])
    tools, anew = content.get("tools", ()), content.get("anew", False)
    await adopt_connection(tx, file, reviewed, source=content["source"], by=by, tools=tools, anew=anew)
