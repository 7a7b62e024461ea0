"""Credentials as they travel: to the connection's own server, and to nobody else."""

from collections.abc import AsyncGenerator, Collection

import httpx2

from missiondesk.integrations.mcp_client.oauth import Challenge, guarded, in_the_open
from missiondesk.integrations.signing_in.renewing import NotSignedIn, Tokens
from missiondesk.kit.errors import Misconfigured


class Credential(httpx2.Auth):
    """Puts a credential on requests to one server. `values` are the secrets that it used, to be hidden in answers."""

    def __init__(self, url: str, allow_private: Collection[str]) -> None:
        self.values: Collection[str] = ()
        self._home = httpx2.URL(url)
        if not guarded(self._home, allow_private):
            raise Misconfigured(in_the_open(self._home))

    def _at_home(self, request: httpx2.Request) -> None:
        """Raises `httpx2.ConnectError` for another server than the connection's."""
        if _origin(request.url) != _origin(self._home):
            raise httpx2.ConnectError(
                f"{request.url.host} is not the connection's server: it gets no credential of it."
            )


class FixedToken(Credential):
    """The same header on each request."""

    def __init__(self, url: str, allow_private: Collection[str], header: str, value: str, secret: str) -> None:
        super().__init__(url, allow_private)
        self.values = (secret,)
        self._header = header
        self._value = value

    async def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        self._at_home(request)
        request.headers[self._header] = self._value
        yield request


class OAuth(Credential):
    """An access token that is always fresh. Refused, it is renewed once, and the request repeated."""

    def __init__(self, url: str, allow_private: Collection[str], tokens: Tokens) -> None:
        super().__init__(url, allow_private)
        self.values = tokens.values
        self._tokens = tokens

    async def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        self._at_home(request)
        try:
            token = await self._tokens.token()
            request.headers["authorization"] = f"Bearer {token}"
            response = yield request
            if (challenge := Challenge.of(response)) is not None:
                token = await self._tokens.another(token, challenge)
                request.headers["authorization"] = f"Bearer {token}"
                yield request
        except (NotSignedIn, Misconfigured) as trouble:
            raise httpx2.ConnectError(str(trouble), request=request) from trouble


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
