"""A connection to an HTTP API that has no MCP server: its OpenAPI document becomes tools, once."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.table import Table
from rich.text import Text

from missiondesk.cli.client import console
from missiondesk.cli.connections.adding import connect, tell
from missiondesk.cli.connections.asking import agreed, value_of
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.cli.connections.options import said_of_options
from missiondesk.integrations import Connection, Draft
from missiondesk.integrations.openapi import (
    Described,
    Description,
    agreed_url,
    connection_for,
    describe,
    description_file,
    proposed_id,
    read_description,
    read_source,
)
from missiondesk.kit.errors import Invalid, Misconfigured, NotFound
from missiondesk.kit.text import visible
from missiondesk.kit.validation import in_words

Many = list[str] | None
_SHOWN = 12  # of the operations that were left out


def from_openapi(
    spec: Annotated[str, typer.Argument(help="The OpenAPI 3 document: a file, or its address.")],
    *,
    connection: Annotated[
        str | None, typer.Option("--id", help="The connection's id: small letters and digits; else from the title.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Its name for people.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the system is, if not where the document says.")] = None,
    operation: Annotated[Many, typer.Option(help="Only this one: its operationId, or 'GET /orders/{id}'.")] = None,
    tag: Annotated[Many, typer.Option(help="Only operations with this tag.")] = None,
    auth: Annotated[
        str | None, typer.Option(help="bearer, basic, header:NAME or query:NAME, if not as the document says.")
    ] = None,
    own_write_key: Annotated[
        bool, typer.Option("--own-write-key", help="Effects sign in with a key of their own.")
    ] = False,
    key_header: Annotated[
        str | None, typer.Option(help="The header for our idempotency key, if the document does not name it.")
    ] = None,
    any_answer: Annotated[
        bool, typer.Option("--any-answer", help="Take answers that are not as the document says.")
    ] = False,
    allow_private: Annotated[Many, typer.Option(metavar="HOST", help="This host may lie at a private address.")] = None,
    update: Annotated[
        bool, typer.Option("--update", help="The connection is there: only read the document again.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Connect an HTTP API by its OpenAPI document: each operation becomes a tool, and is off until it was reviewed."""
    with console.status(f"Reading {spec} …"), said_of_options():
        raw = read_source(spec, allow_private or [])
        found = describe(
            raw, spec, operations=operation or [], tags=tag or [], auth=auth, checks_answers=not any_answer
        )
    _show_left_out(found)
    name = connection or proposed_id(found.description)
    if update:
        _tell_difference(*with_connections(lambda here: _update(here, name, found.description), of=name))
        return
    address = agreed_url(url, found.proposed_url, spec, allow_private or [])
    try:
        file = connection_for(
            found.description,
            id=name,
            title=title or found.description.title,
            url=address,
            allow_private=allow_private or [],
            key_header=key_header,
            own_write_key=own_write_key,
        )
    except ValidationError as error:
        if error.errors()[0]["loc"] == ("id",):
            raise Invalid(
                f"{name!r} is no id: say --id with 2 to 31 small letters and digits, a letter first."
            ) from None
        raise Invalid(f"--title: {in_words(error, {})}") from None
    console.print(f"{len(found.description.operations)} tools. Every call will go to {visible(address)}.")
    if not yes:
        agreed("Is that the right place?")
    secrets = {each: value_of(each) for each in file.names("read")}
    tell(*with_connections(lambda here: _connect(here, file, found.description, secrets), of=name))


async def _connect(
    here: Here, file: Connection, description: Description, secrets: dict[str, str]
) -> tuple[Connection, dict[str, Draft]]:
    """The description first, for the server reads it; it goes again if anything goes wrong."""
    path = _place(here, file.id)
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(description.text(), encoding="utf-8")
    done = False
    try:
        made = await connect(here, file, secrets)
        done = True
        return made
    finally:
        if not done:
            path.unlink() if before is None else path.write_bytes(before)


async def _update(here: Here, connection_id: str, description: Description) -> tuple[Description, Description]:
    path = _place(here, connection_id)
    if connection_id not in here.connections.files or not path.exists():
        raise NotFound(f"There is no connection {connection_id!r} from an OpenAPI document; leave --update away.")
    before = read_description(path)
    path.write_text(description.text(), encoding="utf-8")
    return before, description


def _place(here: Here, connection_id: str) -> Path:
    if here.settings.company is None:
        raise Misconfigured("Set MISSIONDESK_COMPANY to the installation's folder: the tools are kept there.")
    return here.settings.company / "connections" / description_file(connection_id)


def _show_left_out(found: Described) -> None:
    if not found.left_out:
        return
    table = Table("left out", "because")
    for place, why in list(found.left_out.items())[:_SHOWN]:
        table.add_row(Text(visible(place)), Text(visible(why)))
    console.print(table)
    if (more := len(found.left_out) - _SHOWN) > 0:
        console.print(f"… and {more} more.")


def _tell_difference(before: Description, now: Description) -> None:
    """Which tools are not what they were: those are gone until they are reviewed again."""
    old = {one.name: one.definition.kept for one in before.operations}
    new = {one.name: one.definition.kept for one in now.operations}
    table = Table("tool", "is")
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            table.add_row(Text(visible(name)), "gone" if name not in new else "new" if name not in old else "changed")
    console.print(table if table.row_count else "No tool has changed.")
    if before.server != now.server:
        console.print(f"The system calls itself {now.server!r} now: none of its tools is there until the file says so.")
