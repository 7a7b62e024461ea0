"""Connections as JSON, with the names of the API where it tells the same."""

import json
from typing import Any

from missiondesk.cli.client import console
from missiondesk.integrations import Connection, FieldChange, Inspection, ToolView
from missiondesk.kit.text import escaped


def print_json(value: Any) -> None:
    """One JSON document. What cannot be seen in it is escaped."""
    console.out(escaped(json.dumps(value, indent=2, ensure_ascii=False)), highlight=False)


def inspection_json(one: Inspection) -> dict[str, Any]:
    file, listing = one.stored.file, one.listing
    usable = [tool.effect for tool in one.tools if tool.state == "reviewed"]
    return {
        "id": file.id,
        "title": file.title,
        "where": where_of(file),
        "kind": "http" if file.http is not None else "stdio",
        "source": one.stored.source,
        "version": one.stored.version,
        "changed_by": one.stored.changed_by,
        "changed_at": one.stored.changed_at.isoformat(),
        "reads": usable.count("read"),
        "writes": usable.count("write"),
        "undecided": sum(tool.effect != "off" and tool.state != "reviewed" for tool in one.tools),
        "broken": None,
        "server": listing.server if listing else None,
        "protocol": listing.protocol if listing else None,
        "beyond": list(listing.beyond) if listing else [],
        "away": one.away,
        "misfits": one.misfits,
        "tools": [_tool(view) for view in one.tools],
    }


def broken_json(connection: str, sentence: str) -> dict[str, Any]:
    """A file that cannot be used; nothing else is known of its connection."""
    return {"id": connection, "source": "file", "broken": sentence}


def where_of(file: Connection) -> str:
    return file.http.url if file.http is not None else " ".join(file.stdio.command if file.stdio is not None else [])


def _tool(view: ToolView) -> dict[str, Any]:
    told: dict[str, Any] = view.live.told if view.live is not None else {}
    return {
        "name": view.name,
        "effect": view.effect,
        "state": view.state,
        "title": told.get("title"),
        "description": told.get("description"),
        "input_schema": told.get("inputSchema"),
        "output_schema": told.get("outputSchema"),
        "annotations": told.get("annotations"),
        "digest": view.digest,
        "changes": [_change(one) for one in view.changes],
    }


def _change(one: FieldChange) -> dict[str, Any]:
    return {"field": one.field, "before": one.before, "after": one.after, "lines": one.lines()}
