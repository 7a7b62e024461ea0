"""How connections are shown in a terminal, and as JSON."""

from typing import Any

from rich.table import Table
from rich.text import Text

from missiondesk.cli.client import console
from missiondesk.integrations import Connection, Inspection, ToolView
from missiondesk.kit.text import shortened, visible

_COLOURS = {"reviewed": "green", "off": "dim", "new": "cyan", "unreviewed": "yellow"}


def way_of(file: Connection) -> str:
    return file.http.url if file.http is not None else " ".join(file.stdio.command if file.stdio is not None else [])


def state_of(one: Inspection) -> Text:
    if one.listing is None:
        return Text(f"away: {one.away}", "red")
    changed = [tool.name for tool in one.tools if tool.state in ("changed", "gone")]
    if changed:
        return Text(f"changed: {', '.join(changed)}", "red")
    if one.misfits:
        return Text("does not fit", "red")
    return Text("answers", "green")


def print_inspection(one: Inspection) -> None:
    file = one.stored.file
    console.print(Text.assemble((file.title, "bold"), f"  {way_of(file)}"))
    console.print(f"kept in {one.stored.source}, version {one.stored.version}, by {one.stored.changed_by}")
    if one.listing is None:
        console.print(Text(f"It does not answer: {one.away}", "red"))
        return
    console.print(f"It calls itself {visible(one.listing.server)!r} and speaks MCP {one.listing.protocol}.")
    if one.listing.beyond:
        console.print(f"It also offers {', '.join(one.listing.beyond)}; only tools are used.")
    table = Table("tool", "effect", "state", "what it says of itself")
    for tool in one.tools:
        table.add_row(tool.name, tool.effect, Text(tool.state, _COLOURS.get(tool.state, "red")), _words(tool))
    console.print(table)
    for tool in one.tools:
        print_changes(f"{file.id}.{tool.name}", tool)
    for sentence in one.misfits:
        console.print(Text(sentence, "red"))


def print_changes(key: str, tool: ToolView) -> None:
    """What differs from the reviewed definition, line by line."""
    if not tool.changes:
        return
    console.print(Text.assemble((key, "bold"), " is not what was reviewed:"))
    for change in tool.changes:
        console.print(Text(f"  {change.field}", "bold"))
        for line in change.lines():
            console.print(Text(f"    {line}", {"-": "red", "+": "green"}.get(line[:1], "dim")))


def inspection_json(one: Inspection) -> dict[str, Any]:
    listing = one.listing
    return {
        "id": one.stored.file.id,
        "title": one.stored.file.title,
        "source": one.stored.source,
        "version": one.stored.version,
        "server": listing.server if listing else None,
        "protocol": listing.protocol if listing else None,
        "beyond": list(listing.beyond) if listing else [],
        "away": one.away,
        "misfits": one.misfits,
        "tools": [
            {
                "name": tool.name,
                "effect": tool.effect,
                "state": tool.state,
                "digest": tool.digest,
                "changes": [{"field": each.field, "before": each.before, "after": each.after} for each in tool.changes],
            }
            for tool in one.tools
        ],
    }


def _words(tool: ToolView) -> str:
    if tool.live is None:
        return ""
    return visible(shortened(str(tool.live.told.get("description") or tool.live.told.get("title") or ""), 100))
