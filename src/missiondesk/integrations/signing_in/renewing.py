"""Tokens that are always fresh: one process renews them, the others wait for its row.

A refresh token that a server has replaced is never used again. Of an answer that was lost on the way (a crash, a broken
line) nobody can know whether it replaced the token: then the old one is tried once more. If it was replaced, the server
ends that sign-in and a person is asked to agree again, as would be needed anyway.
"""

import asyncio
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from missiondesk.integrations.mcp_client.oauth import (
    Challenge,
    Client,
    Found,
    Held,
    OAuthTrouble,
    Send,
    Token,
    find,
    fits,
    reaching,
    refresh,
    sign_in,
)
from missiondesk.integrations.signing_in.rows import Seen, SignIn
from missiondesk.kit.errors import Refused

_LOOK = 0.1  # seconds between two looks at a row that another process renews
_TRUSTED = 30.0  # seconds that a token is used without looking whether it was taken away
_EARLY = 30.0  # seconds before its end a token is renewed; one that lives shortly, in its last quarter
CONSENT = "An admin signs in by"
_REFUSED = ("invalid_client", "unauthorized_client")  # it is about us, not about the token


class NotSignedIn(Refused):
    """The connection has no valid sign-in."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The connection that signs in, for sentences: `secret` is the `$NAME` of its client secret, if it has one."""

    id: str
    title: str
    secret: str | None

    def needs_a_person(self, why: str) -> NotSignedIn:
        return NotSignedIn(f"{self.title}: {why} {CONSENT} `missiondesk connections authorize {self.id}`.")

    def refused(self, trouble: OAuthTrouble) -> NotSignedIn:
        again = f"`missiondesk connections secret {self.id} {self.secret}`" if self.secret else "its file"
        return NotSignedIn(f"{self.title}: {trouble} Our client id or secret is not good: set it again, by {again}.")


class Tokens:
    """The access token of one side of a connection. `values` are all the secrets that were used so far."""

    def __init__(
        self, whose: Whose, client: Client, row: SignIn, *, allow_private: Collection[str], patience: float
    ) -> None:
        self.values: set[str] = {client.client_secret} if client.client_secret else set()
        self._whose = whose
        self._client = client
        self._row = row
        self._reaching = partial(reaching, allow_private, patience=patience)
        self._one = asyncio.Lock()
        self._renewals: set[asyncio.Task[str]] = set()
        self._token = ""
        self._good_until = 0.0

    async def token(self) -> str:
        """Raises `NotSignedIn` with what to do, and `Misconfigured` when what is kept cannot be opened."""
        return await self._other_than(None, None)

    async def another(self, refused: str, challenge: Challenge) -> str:
        """After the server refused a token. Raises as `token` does."""
        return await self._other_than(refused, challenge)

    async def _other_than(self, refused: str | None, challenge: Challenge | None) -> str:
        async with self._one:
            if self._token != (refused or "") and time.monotonic() < self._good_until:
                return self._token
            renewal = asyncio.create_task(self._fresh(refused, challenge))
            self._renewals.add(renewal)
            renewal.add_done_callback(self._over)
            await asyncio.wait({renewal})  # who gives up waiting does not break it off: its answer may be the only one
            return renewal.result()

    def _over(self, renewal: asyncio.Task[str]) -> None:
        self._renewals.discard(renewal)
        if not renewal.cancelled():
            renewal.exception()  # heard, also when nobody waits any more

    async def _fresh(self, refused: str | None, challenge: Challenge | None) -> str:
        while True:
            seen = await self._row.read()
            if seen is not None and self._usable(seen, refused):
                return self._remembered(seen.held.tokens, seen.left)
            if seen is not None and seen.renewing:
                await asyncio.sleep(_LOOK)
                continue
            await self._check(seen, challenge)
            if (lease := await self._row.lease(seen)) is None:
                continue
            if (token := await self._renewed(lease, seen, challenge)) is not None:
                return token

    def _usable(self, seen: Seen, refused: str | None) -> bool:
        found, tokens = seen.held.found, seen.held.tokens
        if tokens is None or not fits(self._client, found) or tokens.access_token == refused:
            return False
        return seen.left is None or seen.left > (0 if seen.renewing else _early(tokens))

    async def _check(self, seen: Seen | None, challenge: Challenge | None) -> None:
        """Raises `NotSignedIn` where only a person can help."""
        if challenge is not None and challenge.short and (self._client.scopes or not self._client.machine):
            await self._row.change(lambda held, _: held.model_copy(update={"missing_scope": challenge.scope}))
            wanted = f"the server wants more rights than we have ({challenge.scope or 'it does not say which'})."
            more = " The connection asks for `scopes` of its own: add them there." if self._client.scopes else ""
            raise self._whose.needs_a_person(wanted + more)
        if self._client.machine:
            return
        held = seen.held if seen is not None else Held()
        if held.tokens is None or held.found is None:
            raise self._whose.needs_a_person(held.lost or "nobody has agreed yet that we may sign in there.")
        if not fits(self._client, held.found):
            raise self._whose.needs_a_person("its address or client is another one than when somebody agreed.")
        if held.tokens.refresh_token is None:
            raise self._whose.needs_a_person("the sign-in is over, and the server gave no means to renew it.")

    async def _renewed(self, lease: datetime, seen: Seen | None, challenge: Challenge | None) -> str | None:
        """`None`: somebody signed in anew meanwhile."""
        held = seen.held if seen is not None else Held()
        try:
            async with self._reaching() as send:
                found, tokens = await self._asked(held, challenge, send)
        except OAuthTrouble as trouble:
            if trouble.code == "invalid_grant" and not self._client.machine:
                raise await self._ended(lease) from None
            await self._row.let_go(lease)
            if trouble.code in _REFUSED:
                raise self._whose.refused(trouble) from None
            if challenge is None and seen is not None and (seen.left or 0) > 0 and fits(self._client, held.found):
                return self._remembered(held.tokens, seen.left)  # it was early; the next one tries again
            raise NotSignedIn(f"{self._whose.title}: signing in failed. {trouble}") from None
        self.values |= {found.registration.client_secret} if found.registration.client_secret else set()
        kept = {"found": found, "tokens": tokens, "lost": None, "missing_scope": None}
        if not await self._row.settle(lease, lambda now: now.model_copy(update=kept)):
            return None
        return self._remembered(tokens, tokens.expires_in)

    async def _asked(self, held: Held, challenge: Challenge | None, send: Send) -> tuple[Found, Token]:
        found = held.found if fits(self._client, held.found) else None
        if not self._client.machine:
            assert found is not None
            assert held.tokens is not None
            return found, await refresh(self._client, found, held.tokens, send)
        if found is None or challenge is not None:
            issuer = found.issuer if found is not None else None  # the first one that was found is the one it stays
            granted = held.tokens.scope if held.tokens is not None else None
            found = await find(self._client, send, challenge=challenge, issuer=issuer, granted=granted)
        return found, await sign_in(self._client, found, send)

    async def _ended(self, lease: datetime) -> NotSignedIn:
        why = "the sign-in has run out or was revoked."
        await self._row.settle(lease, lambda now: now.model_copy(update={"tokens": None, "lost": why}))
        return self._whose.needs_a_person(why)

    def _remembered(self, tokens: Token | None, left: float | None) -> str:
        assert tokens is not None
        self._token = tokens.access_token
        trusted = _TRUSTED if left is None else min(_TRUSTED, left - _early(tokens))
        self._good_until = time.monotonic() + trusted
        self.values |= {value for value in (tokens.access_token, tokens.refresh_token) if value}
        return self._token


def _early(tokens: Token) -> float:
    return _EARLY if tokens.expires_in is None else min(_EARLY, tokens.expires_in / 4)
