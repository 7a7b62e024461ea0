"""Keeping connections: adding one, changing it, looking at it beside its server, reviewing it.

Nothing half-connected remains: until the server has answered and everything fits, nothing is stored.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from missiondesk.ids import ConnectionId
from missiondesk.integrations.connections import Connections
from missiondesk.integrations.definitions import Definition, Reviewed
from missiondesk.integrations.files import check_references
from missiondesk.integrations.fitting.fit import misfits
from missiondesk.integrations.gate import wanted
from missiondesk.integrations.manifest import Connection
from missiondesk.integrations.mcp_client import Answer, Listing
from missiondesk.integrations.proposing.drafts import Draft, propose
from missiondesk.integrations.reviewing import Misfit, ToolView, reviewed_now, tools_as_reviewed, tools_of
from missiondesk.integrations.secrets.vault import Kept, Side, Vault, forget_all
from missiondesk.integrations.signing_in.authorizing import begin_authorization, finish_authorization
from missiondesk.integrations.signing_in.renewing import CONSENT
from missiondesk.integrations.store import (
    Source,
    Stored,
    moved,
    put_connection,
    read_again,
    stored_connection,
    tools_changed,
)
from missiondesk.integrations.way import AuthorizationCode
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import Misconfigured, Refused, Trouble


class Unreachable(Trouble):
    """The system does not answer."""

    status = 502


@dataclass(frozen=True, slots=True)
class Inspection:
    """A connection beside its server: `listing` is `None` when it does not answer, and `away` says why."""

    stored: Stored
    listing: Listing | None
    away: str | None
    tools: list[ToolView] = field(default_factory=list[ToolView])
    misfits: list[str] = field(default_factory=list[str])


async def look_at(connections: Connections, file: Connection, secrets: Mapping[str, str]) -> Listing:
    """Ask a server that is not kept yet, signed in with `secrets`. Raises `Unreachable`, `Misfit`."""
    try:
        async with connections.ways.own(file, "read", secrets) as way:
            return await way.listing()
    except Misconfigured as wrong:
        raise Misfit(str(wrong)) from wrong
    except ConnectionError as error:
        raise Unreachable(f"{file.title} does not answer: {error}") from error


async def look_if_agreed(connections: Connections, file: Connection, secrets: Mapping[str, str]) -> Listing | None:
    """The same; `None` where nothing can be asked before an admin has agreed. Raises as `look_at` does."""
    try:
        return await look_at(connections, file, secrets)
    except Unreachable as away:
        if isinstance(file.auth, AuthorizationCode) and CONSENT in str(away):
            return None
        raise


def drafted(file: Connection, listing: Listing) -> tuple[Connection, dict[str, Draft]]:
    """The manifest with a proposal for each tool that nobody decided on, and the server's own name."""
    drafts = {
        name: propose(one, whole=file.whole_for is not None)
        for name, one in sorted(listing.tools.items())
        if name not in file.tool
    }
    tools = file.tool | {name: draft.tool for name, draft in drafts.items()}
    return file.model_copy(update={"server": file.server or listing.server, "tool": tools}), drafts


def fits(connections: Connections, file: Connection, listing: Listing) -> list[str]:
    """What in a manifest does not fit the server, or the other connections that it names; one sentence each."""
    files = {**connections.files, file.id: file}
    others: dict[str, Mapping[str, Definition]] = {
        name: {tool: Definition(told) for tool, told in review.tools.items()}
        for name, review in connections.now.reviews.items()
    }
    return misfits(file, listing.tools, files, others | {file.id: listing.tools})


async def add_connection(
    connections: Connections,
    file: Connection,
    listing: Listing | None,
    *,
    source: Source,
    by: str,
    secrets: Mapping[str, str],
) -> None:
    """Keep a connection whose server has just answered with `listing`, and the `secrets` it is asked with, or nothing.

    Raises `Refused`, `Misfit` saying it all, and what the vault raises.
    """
    await connections.refresh()
    if file.id in connections.files:
        raise Refused(f"There is a connection {file.id!r} already.")
    file = that_fits(connections, file, listing)
    async with transaction_of(connections) as tx:
        await adopt_connection(tx, file, None, source=source, by=by, anew=True)
        await keep_read_secrets(tx, connections, file.id, secrets, by=by)
    await connections.refresh()


def that_fits(connections: Connections, file: Connection, listing: Listing | None) -> Connection:
    """What was decided, with the server's own name, if it fits the server and the other connections.

    `listing` is `None` when the server cannot be asked before somebody has agreed. Raises `Misfit`, `Misconfigured`.
    """
    if listing is not None:
        file = file.model_copy(update={"server": file.server or listing.server})
        if wrong := fits(connections, file, listing):
            raise Misfit(" ".join(wrong))
    check_references(file, {**connections.files, file.id: file})
    return file


async def adopt_connection(
    tx: Transaction,
    file: Connection,
    reviewed: Reviewed | None,
    *,
    source: Source,
    by: str,
    tools: Collection[str] = (),
    anew: bool = False,
) -> None:
    """From now on a connection is so; `reviewed=None` keeps its review, `tools` were read again.

    `anew`: what was entrusted to the place where it was before is forgotten. Raises `Refused`.
    """
    await put_connection(tx, file, reviewed, source=source, by=by)
    await read_again(tx, file.id, tools)
    if anew:
        await forget_all(tx, file.id)
        await moved(tx)


async def keep_read_secrets(
    tx: Transaction, connections: Connections, connection_id: str, secrets: Mapping[str, str], *, by: str
) -> None:
    """Seal what reading needs. Raises what the vault raises."""
    for name, value in secrets.items():
        await vault_of(connections).put(tx, connection_id, "read", name, value, by=by)
    if secrets:
        await moved(tx)


async def inspect(connections: Connections, connection_id: str) -> Inspection:
    """A connection beside what its server says now. Raises `NotFound`."""
    await connections.refresh()
    async with transaction_of(connections) as tx:
        stored = await stored_connection(tx, connection_id)
        found_as = {one.tool: one.live for one in await tools_changed(tx) if one.connection_id == connection_id}
    try:
        listing = await connections.listing(connection_id)
    except (ConnectionError, Trouble) as error:
        return Inspection(stored, None, str(error), tools_as_reviewed(stored.file, connections.now, found_as))
    tools = tools_of(stored.file, connections.now, listing)
    return Inspection(stored, listing, None, tools, fits(connections, stored.file, listing))


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody read, and would pin: the connection as it stands, its whole review then, and the `tools` read."""

    stored: Stored
    reviewed: Reviewed
    tools: Sequence[str]


async def as_read(
    connections: Connections,
    connection_id: str,
    *,
    tools: Collection[str] | None = None,
    seen: Mapping[str, str] | None = None,
) -> Review:
    """The review of `tools`, or of every one that was decided on; `seen` are the digests of what the reviewer read.

    Raises `NotFound`, `Misfit`, `NotAsSeen` and `Unreachable`.
    """
    found = await inspect(connections, connection_id)
    if found.listing is None:
        raise Unreachable(f"{found.stored.file.title} does not answer: {found.away}")
    if found.misfits:
        raise Misfit(" ".join(found.misfits))
    file = found.stored.file
    wanted = [name for name, tool in file.tool.items() if tool.effect != "off"] if tools is None else tools
    reviewed = reviewed_now(file, found.stored.reviewed, found.listing, tools=wanted, seen=seen)
    return Review(found.stored, reviewed, list(wanted))


async def begin_signing_in(connections: Connections, file: Connection, side: Side, back: str, *, by: str) -> str:
    """The address that the admin `by` opens to agree; the answer comes to `back`. Raises `Refused`, `NotSignedIn`."""
    secrets, patience = await connections.secrets_of(file, side), connections.ways.patience_of(file)
    return await begin_authorization(file, side, vault_of(connections), secrets, back, by=by, patience=patience)


async def finish_signing_in(
    connections: Connections, file: Connection, side: Side, answer: Mapping[str, str], *, by: str
) -> None:
    """Take what the browser came back with. Raises `Invalid`, `NotSignedIn`."""
    secrets, patience = await connections.secrets_of(file, side), connections.ways.patience_of(file)
    await finish_authorization(file, side, vault_of(connections), secrets, answer, by=by, patience=patience)
    async with transaction_of(connections) as tx:
        await moved(tx)
    await connections.refresh()


async def keep_secret(
    connections: Connections, connection_id: str, side: Side, name: str, value: str, *, by: str
) -> None:
    """Seal a secret of a connection. Raises `NotFound`, `Misfit` for a name that the connection does not use."""
    async with transaction_of(connections) as tx:
        file = (await stored_connection(tx, connection_id)).file
        if name not in file.names(side):
            used = ", ".join(f"${one}" for one in file.names(side)) or "none"
            raise Misfit(f"The connection {connection_id!r} names no ${name} for {side}. It names: {used}.")
        await vault_of(connections).put(tx, connection_id, side, name, value, by=by)
        await moved(tx)


async def forget_secret(connections: Connections, connection_id: str, side: Side, name: str) -> None:
    """Raises `NotFound` for a connection that is not there."""
    async with transaction_of(connections) as tx:
        await stored_connection(tx, connection_id)
        await vault_of(connections).forget(tx, connection_id, side, name)
        await moved(tx)


async def kept_secrets(connections: Connections, connection_id: str) -> list[Kept]:
    """Which secrets are kept, by whom and since when; never a value. Raises `NotFound`."""
    async with transaction_of(connections) as tx:
        await stored_connection(tx, connection_id)
        return await vault_of(connections).kept(tx, connection_id)


async def read_as(
    connections: Connections, key: str, arguments: Mapping[str, Any], records: Mapping[ConnectionId, str]
) -> Answer:
    """A read, outside of any mission, as a worker would get it for the customer with these `records`.

    Raises `Refused` for a write, `NotOffered` for a tool that is not reviewed, `Invalid` for its arguments.
    """
    known, complete = wanted(connections.known(key), key, arguments, records)
    if known.tool.effect != "read":
        raise Refused(f"{key} changes something: it is never called from here.")
    return await connections.ask(known, complete, records)


def transaction_of(connections: Connections) -> AbstractAsyncContextManager[Transaction]:
    assert connections.database is not None, "connections are kept in a database"
    return connections.database.transaction()


def vault_of(connections: Connections) -> Vault:
    assert connections.vault is not None, "secrets are kept in a database"
    return connections.vault
