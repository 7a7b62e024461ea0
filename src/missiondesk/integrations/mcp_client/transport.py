"""The one way to the network for whatever a connection fetches: its server, and those that sign us in there.

A name is resolved once, each address found is checked, and the connection goes to a checked one: an answer that
changes between check and connect changes nothing. TLS still verifies the host's name.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Sequence
from functools import cache
from typing import Any, cast

import httpcore2
import httpx2

from missiondesk.integrations.mcp_client.addresses import Allowed, not_public
from missiondesk.integrations.mcp_client.answers import LARGEST
from missiondesk.integrations.mcp_client.reasons import TRAIL

MOST_CONNECTIONS = 256  # of one connection at the same time; more wait for a free one
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class NotAllowed(httpx2.ConnectError):
    """The host lies where nobody gave leave to connect; nothing was sent."""


class Redirected(httpx2.RemoteProtocolError):
    """The answer points elsewhere. Redirects are never followed."""


class TooLarge(httpx2.ReadError):
    """The answer is larger than `LARGEST`, or hides its size by compression."""


class SafeTransport(httpx2.AsyncHTTPTransport):
    """HTTP without redirects, without proxies from the environment, to public hosts and those of `allow_private`.

    Raises `NotAllowed`, `Redirected`, `TooLarge` (all are `httpx2.TransportError`s), and what httpx2 raises. Give it
    to an `httpx2.AsyncClient` with `trust_env=False`. `resolve` and `verify` are the system's unless given.
    """

    def __init__(
        self,
        allow_private: Collection[str] = (),
        *,
        resolve: Resolve | None = None,
        verify: ssl.SSLContext | None = None,
    ) -> None:
        self._pool = httpcore2.AsyncConnectionPool(  # instead of our parent's, which cannot be told how to connect
            ssl_context=verify or system_tls(),
            max_connections=MOST_CONNECTIONS,
            max_keepalive_connections=20,
            keepalive_expiry=30,
            network_backend=_CheckedNetwork(Allowed(allow_private), resolve or _resolved),
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["accept-encoding"] = "identity"
        response = await super().handle_async_request(request)
        try:
            _refuse(request, response)
        except httpx2.TransportError:
            await response.aclose()
            raise
        stream = response.stream
        assert isinstance(stream, httpx2.AsyncByteStream)
        response.stream = _Capped(stream)
        return response


@cache
def system_tls() -> ssl.SSLContext:
    """The certificates that this machine trusts, read once for all connections."""
    return httpx2.create_ssl_context()


def trusting_nobody() -> ssl.SSLContext:
    """For addresses that are not encrypted: reading the machine's certificates takes longer than a call there."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _refuse(request: httpx2.Request, response: httpx2.Response) -> None:
    if 300 <= response.status_code < 400 and (location := response.headers.get("location")):
        target = request.url.join(location).copy_with(userinfo=b"", query=None, fragment=None)
        raise Redirected(
            f"{request.url.host} redirects ({response.status_code}) to {target}. Redirects are never followed: "
            "if that address is the right one, it belongs into the connection."
        )
    if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise TooLarge("The answer is compressed though we asked for none: its size cannot be told, so it is not read.")
    if int(length) > LARGEST if (length := response.headers.get("content-length", "")).isdecimal() else False:
        raise TooLarge(f"The answer is larger than {LARGEST:,} bytes.")


class _Capped(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        count = 0
        async for part in self._inner:
            count += len(part)
            if count > LARGEST:
                raise TooLarge(f"The answer is larger than {LARGEST:,} bytes.")
            yield part

    async def aclose(self) -> None:
        await self._inner.aclose()


class _CheckedNetwork(httpcore2.AsyncNetworkBackend):
    """Opens TCP connections to checked addresses only."""

    def __init__(self, allowed: Allowed, resolve: Resolve) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._network: httpcore2.AsyncNetworkBackend = cast("Any", httpcore2).AnyIOBackend()  # its type is conditional

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  its name there
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolve(host, port)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(f"The name {host} is not resolved in time.") from error
        except OSError as error:
            raise httpcore2.ConnectError(f"There is no host {host}: {error.strerror}.") from error
        if (host, port) not in self._allowed:
            _check(host, port, addresses)
        return await self._first(addresses, port, timeout)

    async def _first(
        self,
        addresses: Sequence[str],
        port: int,
        seconds: float | None,
    ) -> httpcore2.AsyncNetworkStream:
        failure: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        for address in addresses[:4]:
            try:
                return _LastLook(await self._network.connect_tcp(address, port, timeout=seconds))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = failure or error
        raise failure or httpcore2.ConnectError("The name has no address.")


class _LastLook(httpcore2.AsyncNetworkStream):
    """Just before bytes leave: what must not be sent any more is held back, and a request without its end is none."""

    def __init__(self, inner: httpcore2.AsyncNetworkStream) -> None:
        self._inner = inner

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  its name there
        # nothing is written once more after a whole body: to hold that back would call unsent what was sent
        if buffer and (trail := TRAIL.get()) is not None and not buffer.startswith(b"GET "):
            if trail.too_late():
                raise httpcore2.ConnectError("It was too late to send it.")  # a WriteError would be overlooked
            trail.sent = trail.sent or trail.sending
        await self._inner.write(buffer, timeout)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await self._inner.read(max_bytes, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> "_LastLook":
        return _LastLook(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _check(host: str, port: int, addresses: Sequence[str]) -> None:
    for address in addresses:
        if (why := not_public(address)) is not None:
            named = f"{host} is {address}, {why}" if host != address else f"{address} is {why}"
            raise NotAllowed(
                f"{named}: such hosts are refused. If it is the right one, an admin adds "
                f'"{host}:{port}" to allow_private of the connection.'
            )


async def _resolved(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
