"""How connections are shown in a terminal."""

from collections.abc import Collection
from typing import Any

from rich.table import Table
from rich.text import Text

from missiondesk.cli.client import console
from missiondesk.cli.connections.definitions import on_one_line, print_definition
from missiondesk.integrations import Inspection, ToolView, standing
from missiondesk.kit.text import shortened, visible

_COLOURS = {"reviewed": "green", "off": "dim", "new": "cyan", "unreviewed": "yellow"}


def say(sentence: str, style: str = "") -> None:
    """Print words that may come from outside: as one line, however long."""
    console.print(Text(visible(sentence), style), soft_wrap=True)


def table_of(*columns: str) -> Table:
    """A table whose first column, a name that is typed again, is never cut; the others take more lines instead."""
    table = Table()
    for place, name in enumerate(columns):
        table.add_column(name, no_wrap=place == 0, overflow="fold")
    return table


def state_of(one: Inspection) -> Text:
    if one.listing is None:
        return Text(visible(f"away: {one.away}"), "red")
    if changed := changed_tools(one):
        return Text(on_one_line(f"changed: {', '.join(changed)}"), "red")
    if one.misfits:
        return Text("does not fit", "red")
    return Text("answers", "green")


def changed_tools(one: Inspection) -> list[str]:
    """Those that were reviewed, and are not what was reviewed, or not there any more."""
    return [view.name for view in one.tools if view.state == "changed" or (view.state == "gone" and view.changes)]


def print_inspection(one: Inspection, where: str) -> None:
    file = one.stored.file
    console.print(Text.assemble((visible(file.title), "bold"), f"  {visible(where)}"), soft_wrap=True)
    say(f"kept in {one.stored.source}, version {one.stored.version}, by {one.stored.changed_by}")
    if one.listing is None:
        say(f"It does not answer: {one.away}", "red")
        return
    say(f"It calls itself {on_one_line(one.listing.server)!r} and speaks MCP {one.listing.protocol}.")
    if one.listing.beyond:
        say(f"It also offers {', '.join(one.listing.beyond)}; only tools are used.")
    table = table_of("tool", "effect", "state", "what it says of itself")
    for tool in one.tools:
        state = Text(tool.state, _COLOURS.get(tool.state, "red"))
        table.add_row(on_one_line(tool.name), tool.effect, state, Text(_words(tool)))
    console.print(table)
    for tool in one.tools:
        print_changes(f"{file.id}.{tool.name}", tool)
    for sentence in one.misfits:
        say(sentence, "red")
    console.print(f"All that a tool says of itself: missiondesk connections inspect {file.id} TOOL")


def print_tools(one: Inspection, only: Collection[str]) -> None:
    """All that is pinned of some tools, what was decided to be seen in it, and how each stands."""
    for view in one.tools:
        if view.name not in only:
            continue
        key, decided = f"{one.stored.file.id}.{view.name}", one.stored.file.tool.get(view.name)
        console.print(Text.assemble((on_one_line(key), "bold"), f" ({view.effect}, {view.state})"), soft_wrap=True)
        if view.live is not None:
            print_definition(view.live, bound=decided.bind if decided is not None else ())
        if decided is not None and decided.owner == "nobody":
            say("Its records belong to nobody: every customer's mission may read them all.", "yellow")
        print_changes(key, view)


def print_changes(key: str, tool: ToolView) -> None:
    """What differs from the reviewed definition, line by line."""
    if not tool.changes:
        if tool.state == "changed" and (sentence := standing(key, tool)):
            say(f"{on_one_line(key)} {sentence}", "yellow")
        return
    console.print(Text.assemble((on_one_line(key), "bold"), " is not what was reviewed:"), soft_wrap=True)
    for change in tool.changes:
        say(f"  {change.field}", "bold")
        for line in change.lines():
            say(f"    {line}", {"-": "red", "+": "green"}.get(line[:1], "dim"))


def _words(tool: ToolView) -> str:
    told: dict[str, Any] = tool.live.told if tool.live is not None else {}
    return visible(shortened(str(told.get("description") or told.get("title") or ""), 100))
