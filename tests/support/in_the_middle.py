"""A system with somebody in the middle: everything passes, but for what `change` makes of an answer's bytes."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.support.loopback import Loopback

_PASSED_ON = ("content-type", "mcp-session-id", "mcp-protocol-version")


@dataclass
class InTheMiddle:
    """`change` is handed every body that comes back. `url` is where to connect instead of the system."""

    target: str
    url: str = ""
    change: Callable[[bytes], bytes] = lambda body: body
    passed: list[bytes] = field(default_factory=list[bytes])

    async def answer(self, request: Request) -> Response:
        body = await request.body()
        self.passed.append(body)
        headers = {name: value for name, value in request.headers.items() if name not in ("host", "content-length")}
        async with httpx.AsyncClient(timeout=10) as client:
            found = await client.request(request.method, self.target, content=body, headers=headers)
        kept = {name: value for name, value in found.headers.items() if name in _PASSED_ON}
        return Response(self.change(found.content), found.status_code, kept)


@contextmanager
def in_the_middle(target: str) -> Generator[InTheMiddle]:
    """Between us and the system at `target`, which is an address with its path."""
    found = InTheMiddle(target)
    app = Starlette(routes=[Route("/mcp", found.answer, methods=["GET", "POST", "DELETE"])])
    with Loopback(app) as loopback:
        found.url = f"{loopback.url}/mcp"
        yield found
