"""Connections as the Studio shows them."""

from typing import Any

from missiondesk.changes import changes_open
from missiondesk.integrations import (
    Declared,
    FieldChange,
    Health,
    Inspection,
    Stored,
    declared,
    drafted,
    health_of,
    kept_secrets,
    stored_connections,
)
from missiondesk.integrations import ToolView as Tool
from missiondesk.kit.text import visible
from missiondesk.people import Staff, may
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.studio_shapes import (
    ConnectionPage,
    ConnectionRow,
    ConnectionView,
    DefinitionChange,
    HealthView,
    SecretView,
    Side,
    ToolView,
)


async def connection_page(here: Installation, who: Staff) -> ConnectionPage:
    async with here.parts.database.transaction() as tx:
        stored, now, health = await stored_connections(tx), await declared(tx), await health_of(tx)
    items = [_row(one, now, health.get(one.file.id)) for one in stored]
    return ConnectionPage(items=items, can_add=may(who, "configure"))


async def connection_view(here: Installation, who: Staff, found: Inspection) -> ConnectionView:
    file, listing = found.stored.file, found.listing
    undecided = file.model_copy(update={"tool": {}})
    drafts = drafted(undecided, listing)[1] if listing is not None else {}
    async with here.parts.database.transaction() as tx:
        now, health = await declared(tx), await health_of(tx)
        waiting = await changes_open(tx, "connection", file.id)
    in_files = found.stored.source == "file"
    return ConnectionView(
        row=_row(found.stored, now, health.get(file.id)),
        manifest=file,
        server=visible(listing.server) if listing is not None else None,
        protocol=listing.protocol if listing is not None else None,
        beyond=list(listing.beyond) if listing is not None else [],
        away=found.away,
        misfits=found.misfits,
        tools=[
            _tool(
                tool,
                proposal=draft.tool.model_dump(mode="json", exclude_defaults=True) if draft is not None else None,
                doubts=[*draft.doubts, draft.suggestion] if draft is not None else [],
            )
            for tool in found.tools
            for draft in [drafts.get(tool.name) if tool.state in ("new", "unreviewed", "off") else None]
        ],
        secrets=await _secrets(here, found.stored),
        can_change=may(who, "configure") and not in_files,
        kept_by=f"connections/{file.id}.toml" if in_files else None,
        waiting=waiting[-1].id if waiting else None,
    )


def _row(stored: Stored, now: Declared, health: Health | None) -> ConnectionRow:
    file = stored.file
    usable = [known.tool.effect for known in now.known.values() if known.connection.id == file.id]
    return ConnectionRow(
        id=file.id,
        title=file.title,
        where=file.http.url if file.http is not None else " ".join(file.stdio.command if file.stdio else []),
        kind="http" if file.http is not None else "stdio",
        source=stored.source,
        version=stored.version,
        changed_by=stored.changed_by,
        changed_at=stored.changed_at,
        reads=usable.count("read"),
        writes=usable.count("write"),
        undecided=sum(tool.effect != "off" for tool in file.tool.values()) - len(usable),
        changed=sorted(key.partition(".")[2] for key in now.away if key.partition(".")[0] == file.id),
        health=HealthView(state=health.state, why=health.why, since=health.since) if health is not None else None,
    )


def _tool(tool: Tool, *, proposal: dict[str, Any] | None, doubts: list[str]) -> ToolView:
    told: dict[str, Any] = tool.live.told if tool.live is not None else {}
    return ToolView(
        name=visible(tool.name),
        effect=tool.effect,
        state=tool.state,
        title=_words(told.get("title")),
        description=_words(told.get("description")),
        input_schema=told.get("inputSchema"),
        output_schema=told.get("outputSchema"),
        annotations=told.get("annotations"),
        digest=tool.digest,
        changes=[_change(one) for one in tool.changes],
        proposal=proposal,
        doubts=[one for one in doubts if one],
    )


def _change(one: FieldChange) -> DefinitionChange:
    return DefinitionChange(field=one.field, before=one.before, after=one.after, lines=one.lines())


async def _secrets(here: Installation, stored: Stored) -> list[SecretView]:
    kept = {(one.side, one.name): one for one in await kept_secrets(here.parts.connections, stored.file.id)}
    reading = stored.file.names("read")
    wanted: list[tuple[Side, str]] = [("read", name) for name in reading]
    writing: list[tuple[Side, str]] = [("write", name) for name in stored.file.names("write") if name not in reading]
    return [
        SecretView(side=side, name=name, set_by=one.set_by if one else None, set_at=one.set_at if one else None)
        for side, name in wanted + writing
        for one in [kept.get((side, name))]
    ]


def _words(text: Any) -> str | None:
    return visible(str(text)) if text is not None else None
