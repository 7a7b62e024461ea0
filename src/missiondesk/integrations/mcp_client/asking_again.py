"""The last listing asked for again, byte for byte: if its answer has the same bytes too, there is nothing to parse.

Before each call a server is asked what it offers, and nearly always it says what it said before. Measured over
loopback, four tools: 0.6 ms instead of 1.1 ms; with 300 tools it is most of a call.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx2

_ANEW = ("authorization", "content-length", "host", "traceparent")  # of each request, or of whoever signs it


@dataclass(slots=True)
class Exchange:
    """One request for a listing, and the digest of what came back, once all of it has come."""

    request: httpx2.Request
    answer: str | None = None

    @classmethod
    def of(cls, request: httpx2.Request) -> "Exchange | None":
        """`None` for what is no request for a listing."""
        if request.headers.get("mcp-method") != "tools/list":
            return None
        headers = {name: value for name, value in request.headers.items() if name not in _ANEW}
        return cls(httpx2.Request("POST", request.url, headers=headers, content=request.content))

    async def same(self, send: Callable[[httpx2.Request], Awaitable[httpx2.Response]]) -> bool:
        """Whether the server answers this request as it did before. Raises what `send` raises."""
        response = await send(self.request)
        await response.aread()
        return response.status_code == 200 and digest_of(response.content).hexdigest() == self.answer


def digest_of(content: bytes = b"") -> Any:
    """A running SHA-256 of what a server sent."""
    return hashlib.sha256(content)
