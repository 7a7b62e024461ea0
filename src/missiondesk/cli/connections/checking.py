"""The check of connections: whether each server answers, lets us in, and is what was reviewed."""

import asyncio
from typing import Annotated

import typer
from rich.text import Text

from missiondesk.cli.client import AsJson, console
from missiondesk.cli.connections.as_json import print_json
from missiondesk.cli.connections.definitions import on_one_line
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.integrations import Inspection, called_otherwise, notes, standing
from missiondesk.integrations import inspect as inspect_connection
from missiondesk.kit.text import visible


def check(
    connection: Annotated[str | None, typer.Argument(help="All, if left out.")] = None, *, as_json: AsJson = False
) -> None:
    """Whether each server answers, lets us in, and is what was reviewed. Exit status 1 if anything is wrong."""

    async def go(here: Here) -> tuple[list[Inspection], dict[str, str]]:
        names = [connection] if connection else here.whole
        with console.status("Asking the servers …"):
            found = await asyncio.gather(*(inspect_connection(here.connections, name) for name in names))
            await here.connections.look_again()
        return found, dict(here.broken)

    found, broken = with_connections(go, of=connection)
    wrong = {one.stored.file.id: _wrong(one) for one in found}
    if connection is None:
        wrong |= {name: [sentence] for name, sentence in broken.items()}
    hints = {one.stored.file.id: _notes(one) for one in found}
    if as_json:
        print_json({name: {"wrong": sentences, "notes": hints.get(name, [])} for name, sentences in wrong.items()})
    else:
        for name, sentences in wrong.items():
            _tell(name, sentences, hints.get(name, []))
    if any(wrong.values()):
        raise typer.Exit(1)


def _tell(name: str, wrong: list[str], hints: list[str]) -> None:
    lines = [("red", sentence) for sentence in wrong] or [("green", "It answers, and is what was reviewed.")]
    for colour, sentence in [*lines, *(("yellow", f"Perhaps a slip: {hint}") for hint in hints)]:
        console.print(Text.assemble((f"{visible(name)}: ", colour), visible(sentence)), soft_wrap=True)


def _wrong(one: Inspection) -> list[str]:
    file = one.stored.file
    if one.listing is None:
        return [f"{file.title} does not answer: {one.away}"]
    if other := called_otherwise(file, one.listing):
        return [other, *one.misfits]
    sentences = [
        f"{on_one_line(view.name)} {standing(f'{file.id}.{view.name}', view)}"
        for view in one.tools
        if view.state in ("changed", "unreviewed") or (view.state == "gone" and view.changes)
    ]  # others that are gone, or held back, do not fit, which is said
    return [*one.misfits, *sentences]


def _notes(one: Inspection) -> list[str]:
    return notes(one.stored.file, one.listing.tools) if one.listing is not None else []
