"""The Studio's connections: listed, looked at, added, reviewed, tried. An admin can change them, all staff can look."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from missiondesk.changes import change_connection, remove_connection, review_connection
from missiondesk.ids import ConnectionId
from missiondesk.integrations import (
    Connection,
    Stored,
    add_connection,
    begin_signing_in,
    connection_of,
    drafted,
    finish_signing_in,
    forget_secret,
    inspect,
    keep_read_secrets,
    keep_secret,
    look_if_agreed,
    read_as,
    stored_connection,
    that_fits,
)
from missiondesk.kit.errors import Invalid, NotAllowed, Refused
from missiondesk.people import Staff, may
from missiondesk.surfaces.change_shapes import ChangeCard
from missiondesk.surfaces.change_view import change_card
from missiondesk.surfaces.connection_view import connection_page, connection_view
from missiondesk.surfaces.doors import AReader, AStaff, Here
from missiondesk.surfaces.ids import AConnection
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.studio_shapes import (
    Authorization,
    ChangedConnection,
    ConnectionPage,
    ConnectionView,
    NewAuthorization,
    NewConnection,
    NewReview,
    NewSecret,
    Side,
    TestAnswer,
    TestCall,
)

router = APIRouter(prefix="/api/studio", tags=["studio"])


def configuring(who: AStaff) -> Staff:
    """Raises `NotAllowed`."""
    if not may(who, "configure"):
        raise NotAllowed("Only an admin changes connections.")
    return who


AnAdmin = Annotated[Staff, Depends(configuring)]


@router.get("/connections", operation_id="connections")
async def connections(who: AReader, here: Here) -> ConnectionPage:
    """All connections, from what is stored."""
    return await connection_page(here, who)


@router.get("/connections/{connection_id}", operation_id="connection")
async def connection(connection_id: AConnection, who: AReader, here: Here) -> ConnectionView:
    """One connection beside what its server says now: the server is asked."""
    return await _view(here, who, connection_id)


@router.post("/connections", status_code=201, operation_id="add_connection")
async def add(body: NewConnection, who: AnAdmin, here: Here) -> ConnectionView:
    """Ask the server; if it answers and everything fits, keep the connection with our proposal for each tool.

    Nothing can be used before its review. 502: it does not answer, and nothing was kept.
    """
    file = _over_http(body.manifest)
    secrets = _complete(file, body.secrets)
    listing = await look_if_agreed(here.parts.connections, file, secrets)
    made = drafted(file, listing)[0] if listing is not None else file.model_copy(update={"tool": {}})
    await add_connection(here.parts.connections, made, listing, source="api", by=who.name, secrets=secrets)
    return await _view(here, who, ConnectionId(made.id))


@router.put("/connections/{connection_id}", operation_id="change_connection")
async def change(connection_id: AConnection, body: ChangedConnection, who: AnAdmin, here: Here) -> ConnectionView:
    """Decide anew. What was reviewed stays reviewed; a tool that was not is still not there.

    With another address, all secrets are forgotten and those for reading are given again: what was entrusted to one
    place is not sent to another.

    Of a connection with reviewed tools this waits for a second admin: `waiting` names the change, what was in force
    stays in force, and no secret is kept; give them once it is adopted.
    """
    file = _over_http(body.manifest)
    if file.id != connection_id:
        raise Invalid("A connection keeps its id. Add another one instead.")
    stored = await _stored(here, connection_id)
    _kept_here(stored)
    connections = here.parts.connections
    moves = stored.file.http is None or file.http is None or stored.file.http.url != file.http.url
    given = {name: value for name, value in body.secrets.items() if name in file.names("read")}
    kept = {} if moves else await connections.known_secrets(file, "read")
    listing = await look_if_agreed(connections, file, _complete(file, kept | given))
    file = that_fits(connections, file, listing)
    async with here.parts.database.transaction() as tx:
        made = await change_connection(tx, file, anew=moves, version=body.version, asked_by=who)
        if made is None or made.state == "adopted":
            await keep_read_secrets(tx, connections, file.id, given, by=who.name)
    await connections.refresh()
    return await _view(here, who, connection_id)


@router.post("/connections/{connection_id}/reviews", status_code=201, operation_id="review_connection")
async def review_tools(connection_id: AConnection, body: NewReview, who: AnAdmin, here: Here) -> ConnectionView:
    """Pin the tools that were read, or ask for it: out of setup they are there once a second admin agreed (`waiting`).

    409: the server's words changed while you were reading.
    """
    seen = {one.name: one.digest for one in body.tools}
    _kept_here(await _stored(here, connection_id))
    await review_connection(here.parts.connections, connection_id, tools=list(seen), seen=seen, asked_by=who)
    return await _view(here, who, connection_id)


@router.put("/connections/{connection_id}/secrets/{side}/{name}", status_code=204, operation_id="set_secret")
async def set_secret(
    connection_id: AConnection, side: Side, name: str, body: NewSecret, who: AnAdmin, here: Here
) -> None:
    """Give a secret its value. It is sealed, and nobody is shown it again.

    409 for a name that stands in the address or command of a connection kept in a file: where the system is, is said
    on the machine.
    """
    stored = await _stored(here, connection_id)
    if stored.source == "file" and name in stored.file.says_where:
        raise Refused(f"${name} says where {stored.file.title} is. Set it in the environment of the installation.")
    await keep_secret(here.parts.connections, connection_id, side, name, body.value, by=who.name)
    await here.parts.connections.refresh()


@router.delete("/connections/{connection_id}/secrets/{side}/{name}", status_code=204, operation_id="forget_secret")
async def unset_secret(connection_id: AConnection, side: Side, name: str, who: AnAdmin, here: Here) -> None:
    await forget_secret(here.parts.connections, connection_id, side, name)
    await here.parts.connections.refresh()


@router.post("/connections/{connection_id}/test-calls", operation_id="test_call")
async def test_call(connection_id: AConnection, body: TestCall, who: AnAdmin, here: Here) -> TestAnswer:
    """Call a reviewed read as one customer. A write is never called."""
    records = {ConnectionId(name): value for name, value in body.records.items()}
    answer = await read_as(here.parts.connections, f"{connection_id}.{body.tool}", body.arguments, records)
    if answer.kind == "ok":
        return TestAnswer(kind="ok", value=answer.value)
    why = None if answer.kind == "missing" else " ".join(filter(None, (answer.value, answer.why)))
    return TestAnswer(kind=answer.kind, why=why)


@router.post("/connections/{connection_id}/authorizations", operation_id="authorize_connection")
async def authorize(
    connection_id: AConnection, body: NewAuthorization, who: AnAdmin, here: Here, request: Request
) -> Authorization:
    """Begin to sign in by consent: the same admin opens `url` within ten minutes and agrees."""
    file = (await _stored(here, connection_id)).file
    here_is = here.public_url.rstrip("/") if here.public_url else str(request.base_url).rstrip("/")
    back = here_is + request.app.url_path_for("connection_authorized")
    url = await begin_signing_in(here.parts.connections, file, body.side, back, by=who.id)
    return Authorization(url=url)


@router.get("/oauth/callback", operation_id="connection_authorized", name="connection_authorized")
async def authorized(request: Request, who: AnAdmin, here: Here) -> RedirectResponse:
    """Where the browser comes back to; it is sent on to the connection's page."""
    answer = dict(request.query_params)
    connection_id, side = connection_of(answer.get("state", ""))
    file = (await _stored(here, ConnectionId(connection_id))).file
    await finish_signing_in(here.parts.connections, file, side, answer, by=who.id)
    return RedirectResponse(f"/studio/connections/{connection_id}", 303)


@router.delete(
    "/connections/{connection_id}",
    status_code=204,
    operation_id="remove_connection",
    response_model=None,
    responses={202: {"model": ChangeCard}},
)
async def take_out(connection_id: AConnection, who: AnAdmin, here: Here) -> Response:
    """Take a connection out, with its secrets. Traces keep what they hold. 409 while a brief uses it.

    202 with the change: it has reviewed tools, and waits for a second admin.
    """
    _kept_here(await _stored(here, connection_id))
    for brief in here.parts.briefs:
        if any(tool.partition(".")[0] == connection_id for tool in (*brief.head.reads, *brief.head.writes)):
            raise Refused(f"The brief {brief.name} uses {connection_id}. Take its tools out of the brief first.")
    async with here.parts.database.transaction() as tx:
        made = await remove_connection(tx, connection_id, asked_by=who)
        waits = await change_card(tx, who, made.id) if made is not None and made.state == "open" else None
    await here.parts.connections.refresh()
    return JSONResponse(waits.model_dump(mode="json"), 202) if waits is not None else Response(status_code=204)


async def _view(here: Installation, who: Staff, connection_id: ConnectionId) -> ConnectionView:
    return await connection_view(here, who, await inspect(here.parts.connections, connection_id))


async def _stored(here: Installation, connection_id: ConnectionId) -> Stored:
    async with here.parts.database.transaction() as tx:
        return await stored_connection(tx, connection_id)


def _over_http(file: Connection) -> Connection:
    """Raises `Refused` for a command: who may start programs on this machine has a shell on it."""
    if file.http is None:
        raise Refused("A command is connected by a file or by `missiondesk connections add`, on the machine itself.")
    if "$" in file.http.url:
        raise Invalid("/manifest/http/url: write the address itself; secrets belong in headers and in auth.")
    return file


def _complete(file: Connection, secrets: dict[str, str]) -> dict[str, str]:
    """The secrets that reading needs. Raises `Invalid` naming the first that has no value."""
    if missing := [name for name in file.names("read") if name not in secrets]:
        raise Invalid(f"/secrets: please give a value for ${missing[0]}. What is kept is not sent to a new address.")
    return {name: secrets[name] for name in file.names("read")}


def _kept_here(stored: Stored) -> None:
    if stored.source == "file":
        raise Refused(
            f"This connection is kept in connections/{stored.file.id}.toml of the installation's folder. Change it "
            f"there, and review it by `missiondesk connections review {stored.file.id}`."
        )
