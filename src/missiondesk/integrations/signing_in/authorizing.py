"""Signing in to a connection's server: with a fixed token, as the program itself, or because an admin agreed.

In a mission nothing waits for a person: that a sign-in is missing is said, and asked for by an admin, by
`missiondesk connections authorize ID` or in the Studio.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx2

from missiondesk.integrations.manifest import Connection
from missiondesk.integrations.mcp_client.oauth import (
    Begun,
    Challenge,
    Client,
    Held,
    OAuthTrouble,
    Send,
    agreement,
    exchange,
    find,
    reaching,
)
from missiondesk.integrations.secrets.vault import Side, Vault
from missiondesk.integrations.signing_in.credentials import Credential, FixedToken, OAuth
from missiondesk.integrations.signing_in.renewing import NotSignedIn, Tokens, Whose
from missiondesk.integrations.signing_in.rows import SignIn
from missiondesk.integrations.way import AuthorizationCode, Bearer, ClientCredentials, filled_in
from missiondesk.kit.errors import Invalid, Misconfigured, Refused
from missiondesk.kit.text import shortened, visible

_AGREEING = timedelta(minutes=10)
_UNKNOWN = "Nobody waits for this answer: it came before, or too late, or to somebody else. Begin again."


def sign_in_side(file: Connection, side: Side) -> Side:
    """Whose sign-in a side uses: without a `write_auth` of its own, the writing side has that of the reading one."""
    return "write" if side == "write" and file.write_auth is not None else "read"


async def auth_for(
    file: Connection, side: Side, vault: Vault | None, values: Mapping[str, str], *, patience: float
) -> Credential | None:
    """How requests of this side are signed, `None` where nothing is needed; `values` are those of its `$NAME`s.

    Raises `Misconfigured`.
    """
    auth = file.signing_in(side)
    if auth is None or file.http is None:
        return None
    url, allowed = filled_in(file.http.url, dict(values)), file.http.allow_private
    if isinstance(auth, Bearer):
        token = _printable(file, auth.token, values)
        value = token if auth.header else f"Bearer {token}"
        return FixedToken(url, allowed, auth.header or "authorization", value, token)
    client, whose = _client(file, side, values), _whose(file, side)
    row = _row(file, side, vault)
    return OAuth(url, allowed, Tokens(whose, client, row, allow_private=allowed, patience=patience))


async def begin_authorization(
    file: Connection,
    side: Side,
    vault: Vault | None,
    values: Mapping[str, str],
    redirect_uri: str,
    *,
    by: str,
    patience: float,
    document: str | None = None,
) -> str:
    """The address that the admin `by` opens to agree; the answer comes to `redirect_uri` within ten minutes, once.

    `document`: the public https address of `client_document`, if this installation has one. Raises `Refused` for a
    connection that nobody agrees to, `NotSignedIn` when its authorization server cannot be used.
    """
    client = _client(file, side, values, redirect_uri=redirect_uri, document=document)
    if client.machine:
        raise Refused(f"{file.title} signs in by client credentials: nobody needs to agree.")
    row = _row(file, side, vault)
    seen = await row.read()
    held = seen.held if seen is not None else Held()
    granted = " ".join(filter(None, (held.tokens.scope if held.tokens else None, held.missing_scope)))
    state = f"{file.id}.{sign_in_side(file, side)}.{secrets.token_urlsafe(32)}"
    try:
        async with reaching(_allowed(file), patience=patience) as send:
            found = await find(client, send, challenge=await _refusal(client, send), granted=granted or None)
        url, verifier = agreement(client, found, state)
    except OAuthTrouble as trouble:
        raise NotSignedIn(f"{file.title}: signing in cannot begin. {trouble}") from None

    def begun(held: Held, at: datetime) -> Held:
        now = Begun(state=state, verifier=verifier, redirect_uri=redirect_uri, by=by, until=at + _AGREEING, found=found)
        return held.model_copy(update={"begun": now})

    await row.change(begun)
    return url


async def finish_authorization(
    file: Connection,
    side: Side,
    vault: Vault | None,
    values: Mapping[str, str],
    answer: Mapping[str, str],
    *,
    by: str,
    patience: float,
) -> None:
    """Take the `answer`, the fields of the address that the browser was sent back to, and sign in with it.

    Raises `Invalid` for an answer that nobody waits for, `NotSignedIn` when the admin or the server said no.
    """
    row = _row(file, side, vault)
    begun = await _taken(row, answer.get("state", ""), by=by)
    if "code" not in answer:
        raise NotSignedIn(f"{file.title}: nobody agreed ({shortened(visible(answer.get('error', 'no code')), 60)}).")
    client = _client(file, side, values, redirect_uri=begun.redirect_uri)
    try:
        async with reaching(_allowed(file), patience=patience) as send:
            tokens = await exchange(client, begun, answer["code"], answer.get("iss"), send)
    except OAuthTrouble as trouble:
        raise NotSignedIn(f"{file.title}: signing in failed. {trouble}") from None
    kept = {"found": begun.found, "tokens": tokens, "lost": None, "missing_scope": None}
    await row.replace(lambda held: held.model_copy(update=kept))


def connection_of(state: str) -> tuple[str, Side]:
    """Which connection and side an answer is for. It proves nothing yet. Raises `Invalid`."""
    connection_id, _, rest = state.partition(".")
    side = rest.partition(".")[0]
    if side not in ("read", "write"):
        raise Invalid(_UNKNOWN)
    return connection_id, "write" if side == "write" else "read"


async def start_over(file: Connection, side: Side, vault: Vault | None) -> None:
    """Forget the sign-in of a side, and which authorization server it belonged to."""
    await _row(file, side, vault).forget()


def client_document(address: str, redirect_uri: str) -> dict[str, Any]:
    """What to serve at the public https `address`, for authorization servers that read who we are (CIMD)."""
    return {
        "client_id": address,
        "client_name": "Missiondesk",
        "redirect_uris": [redirect_uri],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none",
    }


async def _taken(row: SignIn, state: str, *, by: str) -> Begun:
    """What was begun with this state; it is used up. Raises `Invalid`."""
    taken: list[Begun] = []

    def take(held: Held, at: datetime) -> Held:
        begun = held.begun
        if begun is None or begun.until < at or begun.by != by or not _same(begun.state, state):
            return held
        taken.append(begun)
        return held.model_copy(update={"begun": None})

    if await row.read() is not None:
        await row.change(take)
    if not taken:
        raise Invalid(_UNKNOWN)
    return taken[0]


async def _refusal(client: Client, send: Send) -> Challenge | None:
    """What the server says to somebody whom it does not know."""
    hello = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accept = {"accept": "application/json, text/event-stream"}
    return Challenge.of(await send(httpx2.Request("POST", client.url, json=hello, headers=accept)))


def _client(
    file: Connection,
    side: Side,
    values: Mapping[str, str],
    *,
    redirect_uri: str | None = None,
    document: str | None = None,
) -> Client:
    auth = file.signing_in(side)
    if file.http is None or not isinstance(auth, ClientCredentials | AuthorizationCode):
        raise Refused(f"{file.title} does not sign in by OAuth.")
    secret = auth.client_secret
    return Client(
        url=filled_in(file.http.url, dict(values)),
        machine=isinstance(auth, ClientCredentials),
        client_id=auth.client_id,
        client_secret=_printable(file, secret, values) if secret is not None else None,
        scopes=tuple(auth.scopes),
        redirect_uri=redirect_uri,
        document=document,
    )


def _whose(file: Connection, side: Side) -> Whose:
    auth = file.signing_in(side)
    secret = auth.client_secret if isinstance(auth, ClientCredentials | AuthorizationCode) else None
    return Whose(file.id, file.title, secret.removeprefix("$") if secret else None)


def _row(file: Connection, side: Side, vault: Vault | None) -> SignIn:
    if vault is None:
        raise Misconfigured(f"The connection {file.id!r} signs in by OAuth, which needs the database.")
    return SignIn(vault, file.id, sign_in_side(file, side))


def _allowed(file: Connection) -> Collection[str]:
    return file.http.allow_private if file.http is not None else ()


def _printable(file: Connection, secret: str, values: Mapping[str, str]) -> str:
    value = filled_in(secret, dict(values))
    if not value.isascii() or not value.isprintable() or not value:
        raise Misconfigured(f"The connection {file.id!r}: {secret} holds what no credential can: set it again.")
    return value


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())
