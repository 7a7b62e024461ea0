"""Streamable HTTP: one pool of connections, and a session for each call, so that nothing reaches a neighbour.

A session that a call left in order serves a later one. Measured over loopback on a busy machine, list and call
together, median: with an older server 19 ms with a handshake for each call, 10 ms in a session that was kept.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2
from mcp.client.streamable_http import streamable_http_client

from missiondesk.integrations.mcp_client.answers import LARGEST
from missiondesk.integrations.mcp_client.asking_again import Exchange, digest_of
from missiondesk.integrations.mcp_client.held import Held
from missiondesk.integrations.mcp_client.kept import Kept
from missiondesk.integrations.mcp_client.reasons import TRAIL, reason
from missiondesk.integrations.mcp_client.session import US, Learned, Session, learn, speak
from missiondesk.integrations.mcp_client.transport import SafeTransport, TooLarge, trusting_nobody

_PROBE = 4.0  # seconds for the question how to speak


class OverHttp:
    """The way to one address."""

    def __init__(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None,
        auth: httpx2.Auth | None,
        allow_private: Collection[str],
        patience: float,
    ) -> None:
        self._url = url
        self._address = httpx2.URL(url)
        self._patience = patience
        self._signs = auth is not None or bool(headers)
        self._learned: Learned | None = None
        self._listed: Exchange | None = None
        self._kept = Kept()
        self._lent = 0
        self._leaving: set[asyncio.Task[None]] = set()
        plain = self._address.scheme == "http" and auth is None
        transport = _Listening(SafeTransport(allow_private, verify=trusting_nobody() if plain else None))
        self._pool = httpx2.AsyncClient(
            transport=transport,
            auth=auth,
            headers={"user-agent": f"{US.name}/{US.version}", **(headers or {})},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # none kept: they would reach the next call
            timeout=httpx2.Timeout(patience + 5, connect=min(patience, 10), pool=patience),
            trust_env=False,
            event_hooks={"request": [self._on_request], "response": [self._on_response]},
        )
        # who signs nothing needs no more than the transport: it is half of what a listing costs
        self._send = self._pool.send if auth is not None else transport.handle_async_request

    @contextlib.asynccontextmanager
    async def session(self) -> AsyncGenerator[Held]:
        """A session that nobody else uses meanwhile. Raises `ConnectionError` when there can be none."""
        dear = self._learned == "handshake"  # to open: worth a moment of waiting
        kept = await self._kept.one(lent=self._lent if dear else 0) if self._learned else None
        held, clean = kept or self._open(), False
        self._lent += 1
        try:
            await held.ready()
            yield held
            clean = True
        finally:
            self._lent -= 1
            if clean and self._learned and not held.over:
                self._kept.keep(held)
            else:
                self._dismiss(held)

    async def lists_the_same(self) -> bool | None:
        """Without a session: only the current revision can be asked so. Raises `TimeoutError`."""
        if self._listed is None:
            return None
        try:
            return await self._listed.same(self._send)
        except httpx2.TransportError:
            return None  # a session will find out why

    def remember(self, exchange: Exchange | None) -> None:
        self._listed = exchange if self._learned != "handshake" else None

    def forget(self) -> bool:
        """How the server wants to be spoken to is to be learned again. False if it was not known."""
        known, self._learned, self._listed = self._learned is not None, None, None
        self._kept.clear()
        return known

    async def close(self) -> None:
        self.forget()
        if self._leaving:
            _, late = await asyncio.wait(self._leaving, timeout=2)
            for task in late:
                task.cancel()
        await self._pool.aclose()

    def _open(self) -> Held:
        streams = streamable_http_client(self._url, http_client=self._pool, max_sse_event_size=LARGEST)
        limits = {"opening": self._patience + 5, "answering": self._patience}
        held = Held(streams, self._begin, **limits)
        self._leaving.add(held.task)
        held.task.add_done_callback(self._leaving.discard)
        return held

    async def _begin(self, session: Session) -> None:
        if self._learned is not None:
            await speak(session, self._learned)
        else:
            self._learned = await learn(session, patience=min(_PROBE, self._patience / 2))

    def _dismiss(self, held: Held) -> None:
        if held.session is None:
            held.task.cancel()  # nobody waits for the hello any more
        held.leave()

    async def _on_request(self, request: httpx2.Request) -> None:
        trail = TRAIL.get()
        if trail and trail.traceparent and request.url == self._address:
            request.headers["traceparent"] = trail.traceparent

    async def _on_response(self, response: httpx2.Response) -> None:
        request = response.request
        if (trail := TRAIL.get()) and request.method == "POST" and request.url == self._address:
            trail.status = response.status_code
            trail.signed = self._signs


class _Listening(httpx2.AsyncBaseTransport):
    """Notes why a body ended early, which the SDK forgets. Opens no stream for what a server says unasked: we would not
    listen. A cut answer may still be resumed.
    """

    def __init__(self, inner: SafeTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        asked_for = request.headers.get("accept", "")
        if request.method == "GET" and "text/event-stream" in asked_for and "last-event-id" not in request.headers:
            return httpx2.Response(405, request=request)
        if (trail := TRAIL.get()) is not None and trail.begin_by is not None and b'"tools/call"' in request.content:
            request.extensions = {**request.extensions, "trace": _note_that_it_is_next}
        try:
            response = await self._inner.handle_async_request(request)
        except TooLarge:
            if (trail := TRAIL.get()) is not None:
                trail.heard = True
            raise
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Noted(response.stream, Exchange.of(request))
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


async def _note_that_it_is_next(event: str, _: object) -> None:
    if event.endswith("send_request_body.started") and (trail := TRAIL.get()) is not None:
        trail.sending = True


class _Noted(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream, exchange: Exchange | None) -> None:
        self._inner = inner
        self._exchange = exchange

    async def __aiter__(self) -> AsyncIterator[bytes]:
        trail, digest = TRAIL.get(), digest_of()
        try:
            async for part in self._inner:
                digest.update(part)
                yield part
        except httpx2.TransportError as error:
            if trail is not None:
                trail.broke = reason(error)
                trail.heard = isinstance(error, TooLarge)
            raise
        if trail is not None and self._exchange is not None:
            self._exchange.answer = digest.hexdigest()
            trail.listings.append(self._exchange)

    async def aclose(self) -> None:
        await self._inner.aclose()
