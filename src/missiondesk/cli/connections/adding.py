"""A new connection: asked, proposed, written as a file for a person to go on with; and one that is taken out."""

import os
import shlex
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.text import Text

from missiondesk.briefs import read_briefs
from missiondesk.changes import Change, remove_connection
from missiondesk.cli.changes.shown import tell_if_it_waits
from missiondesk.cli.client import console
from missiondesk.cli.connections.asking import agreed, value_of
from missiondesk.cli.connections.authorizing import agree
from missiondesk.cli.connections.definitions import on_one_line
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.cli.connections.options import as_option, said_of_options
from missiondesk.cli.connections.shown import say, table_of
from missiondesk.integrations import (
    AuthorizationCode,
    Connection,
    Draft,
    Listing,
    add_connection,
    as_toml,
    drafted,
    file_of,
    files_of,
    look_at,
    start_over,
)
from missiondesk.kit.errors import Invalid, Refused, Trouble
from missiondesk.kit.text import visible
from missiondesk.kit.validation import in_words

Many = list[str] | None


def add(
    connection: Annotated[str, typer.Argument(help="Its id, such as billing: small letters and digits.")],
    *,
    url: Annotated[str | None, typer.Option(help="Where it serves MCP by streamable HTTP.")] = None,
    command: Annotated[str | None, typer.Option(help="Or the command that serves MCP over stdio.")] = None,
    title: Annotated[str | None, typer.Option(help="Its name for people.")] = None,
    env: Annotated[Many, typer.Option(help="NAME=VALUE for the command; VALUE may be a $SECRET.")] = None,
    single_process: Annotated[bool, typer.Option(help="The command tolerates no second process of itself.")] = False,
    bearer: Annotated[str | None, typer.Option(metavar="SECRET", help="Sign in by the token with this name.")] = None,
    header: Annotated[
        str | None, typer.Option(help="The header that takes the token, if it is not Authorization.")
    ] = None,
    client_id: Annotated[str | None, typer.Option(help="OAuth 2.1: sign in as this client.")] = None,
    client_secret: Annotated[str | None, typer.Option(metavar="SECRET", help="OAuth 2.1: the client's secret.")] = None,
    oauth: Annotated[bool, typer.Option("--oauth", help="OAuth 2.1: an admin agrees in a browser.")] = False,
    scope: Annotated[Many, typer.Option(help="OAuth 2.1: ask for this scope.")] = None,
    allow_private: Annotated[Many, typer.Option(metavar="HOST", help="This host may lie at a private address.")] = None,
    whole_for: Annotated[str | None, typer.Option(metavar="ID", help="All of it belongs to this one customer.")] = None,
) -> None:
    """Connect a system: ask its server, propose what each tool is, and leave everything off until it was reviewed."""
    if (url is None) == (command is None):
        raise Invalid("Say where it is, by one of the two: --url or --command.")
    signing_in = _signing_in(bearer, header, client_id, client_secret, scope, oauth=oauth)
    file = _connection(
        id=connection,
        title=title or connection.capitalize(),
        server="",
        whole_for=whole_for,
        http={"url": url, "allow_private": allow_private or []} if url is not None else None,
        stdio=_stdio(command, env, single_process=single_process) if command is not None else None,
        auth=signing_in,
    )
    secrets = {name: value_of(name) for name in file.names("read")}
    made, drafts = with_connections(lambda here: connect(here, file, secrets), of=connection)
    tell(made, drafts)


def remove(connection: str, *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Take a connection out, with its secrets and its review. Traces keep what they hold."""

    async def go(here: Here) -> Change | None:
        briefs = read_briefs(here.settings.company) if here.settings.company is not None else []
        using = [
            one.name for one in briefs if any(_of(tool, connection) for tool in (*one.head.reads, *one.head.writes))
        ]
        if using:
            raise Refused(f"The brief {using[0]} uses {connection}. Take its tools out of the brief first.")
        if not yes:
            agreed(f"Take out the connection {connection}?")
        async with here.database.transaction() as tx:
            made = await remove_connection(tx, connection, asked_by=here.asking)
        if here.settings.company is not None:
            for path in files_of(here.settings.company, connection):
                path.unlink(missing_ok=True)
        return made

    made = with_connections(go, of=connection)
    if made is not None and made.state == "open":
        tell_if_it_waits(made)
    else:
        console.print(f"{connection} is taken out.")


async def connect(here: Here, file: Connection, secrets: dict[str, str]) -> tuple[Connection, dict[str, Draft]]:
    """Ask the server, and keep the connection with our proposals. Raises `Refused`, `Unreachable`, `Misfit`."""
    if file.id in here.connections.files:
        raise Refused(f"There is a connection {file.id!r} already.")
    with said_of_options():
        listing = await _asked(here, file, secrets)
    made, drafts = drafted(file, listing)
    company = here.settings.company
    kept = {name: value for name, value in secrets.items() if company is None or name not in os.environ}
    source = "file" if company is not None else "api"
    await add_connection(here.connections, made, listing, source=source, by=here.by, secrets=kept)
    if company is not None:
        path = file_of(company, made.id)
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_toml(made, drafts), encoding="utf-8")
        console.print(f"Written: {path}")
    return made, drafts


async def _asked(here: Here, file: Connection, secrets: dict[str, str]) -> Listing:
    """What the server says; where it wants somebody's consent, that is asked for first, and forgotten if it fails."""
    if not isinstance(file.auth, AuthorizationCode):
        with console.status(f"Asking {file.title} …"):
            return await look_at(here.connections, file, secrets)
    try:
        await agree(here, file)
        return await look_at(here.connections, file, secrets)
    except Trouble:
        await start_over(file, "read", here.connections.vault)
        raise


def tell(made: Connection, drafts: dict[str, Draft]) -> None:
    """What was proposed, and what to do next."""
    table = table_of("tool", "proposed", "because")
    for name, draft in drafts.items():
        why = visible("; ".join(draft.doubts) or draft.suggestion)
        table.add_row(on_one_line(name), draft.tool.effect, Text(why))
    console.print(table)
    say(f"{made.title} calls itself {on_one_line(made.server)!r}. Nothing can be used yet. Next:")
    console.print(f"  1. decide on each tool in connections/{made.id}.toml: read, write or off")
    console.print(f"  2. missiondesk connections check {made.id}")
    console.print(f"  3. missiondesk connections review {made.id}")


def _signing_in(
    bearer: str | None,
    header: str | None,
    client_id: str | None,
    client_secret: str | None,
    scope: Many,
    *,
    oauth: bool,
) -> dict[str, Any] | None:
    if bearer is not None:
        return {"kind": "bearer", "token": f"${bearer.removeprefix('$')}", "header": header}
    if client_id is None and not oauth:
        return None
    secret = f"${client_secret.removeprefix('$')}" if client_secret else None
    kind = "authorization_code" if oauth else "client_credentials"
    return {"kind": kind, "client_id": client_id, "client_secret": secret, "scopes": scope or []}


def _stdio(command: str, env: Many, *, single_process: bool) -> dict[str, Any]:
    pairs = [one.partition("=") for one in env or []]
    if any(not name or not equals for name, equals, _ in pairs):
        raise Invalid("--env needs NAME=VALUE.")
    values = {name: value for name, _, value in pairs}
    return {"command": shlex.split(command), "env": values, "single_process": single_process}


def _connection(**values: Any) -> Connection:
    try:
        return Connection.model_validate(values)
    except ValidationError as error:
        raise Invalid(as_option(in_words(error, values))) from None


def _of(tool: str, connection: str) -> bool:
    return tool.partition(".")[0] == connection
