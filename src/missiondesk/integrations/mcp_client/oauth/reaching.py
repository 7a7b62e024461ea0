"""The way to authorization servers: the same safe transport as to the MCP server, and nothing in the open."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2

from missiondesk.integrations.mcp_client.addresses import Allowed
from missiondesk.integrations.mcp_client.oauth.shapes import OAuthTrouble
from missiondesk.integrations.mcp_client.reasons import reason
from missiondesk.integrations.mcp_client.transport import SafeTransport

Send = Callable[[httpx2.Request], Awaitable[httpx2.Response]]


@contextlib.asynccontextmanager
async def reaching(allow_private: Collection[str], *, patience: float) -> AsyncGenerator[Send]:
    """What sends a request and reads its answer, within `patience` seconds. It raises `OAuthTrouble`."""
    client = httpx2.AsyncClient(
        transport=SafeTransport(allow_private),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        trust_env=False,
    )

    async def send(request: httpx2.Request) -> httpx2.Response:
        if not guarded(request.url, allow_private):
            raise OAuthTrouble(in_the_open(request.url), reached=False)
        try:
            async with asyncio.timeout(patience):
                return await client.send(request)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise OAuthTrouble(f"{request.url.host}: {reason(error)}", reached=False) from error
        except (httpx2.TransportError, TimeoutError) as error:
            raise OAuthTrouble(f"{request.url.host}: {reason(error)}") from error

    async with client:
        yield send


def guarded(url: httpx2.URL, allow_private: Collection[str]) -> bool:
    """Whether a credential may go there: over TLS, or to a host that an admin allowed by name."""
    return url.scheme == "https" or (url.host, url.port or 80) in Allowed(allow_private)


def in_the_open(url: httpx2.URL) -> str:
    where = f"{url.scheme}://{url.host}"
    return f"{where} is not https: credentials go there only if allow_private of the connection names it."
