"""A system that nobody here prepared: tickets of several customers, behind a bearer token if it is given one."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import BaseModel
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.support.loopback import Loopback

TOKEN = "tck-7f3a9c51e0d24b68"
READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=True, open_world_hint=False)
REACHES = ToolAnnotations(read_only_hint=True, open_world_hint=True)


class Ticket(BaseModel):
    customer_id: str
    ticket_id: str
    subject: str


@dataclass
class Tickets:
    """`closed` are the tickets that were really closed; `heard` the credentials that came with each request."""

    url: str = ""
    token: str | None = None
    closed: list[str] = field(default_factory=list[str])
    heard: list[str] = field(default_factory=list[str])
    rows: dict[str, Ticket] = field(
        default_factory=lambda: {
            one.ticket_id: one
            for one in (
                Ticket(customer_id="c-1", ticket_id="t-1", subject="The lamp flickers"),
                Ticket(customer_id="c-2", ticket_id="t-2", subject="The chair creaks"),
            )
        }
    )

    def server(self) -> MCPServer:
        server = MCPServer("tickets", log_level="WARNING")

        @server.tool(annotations=READS)
        def get_ticket(customer_id: str, ticket_id: str) -> Ticket:
            """One ticket."""
            if ticket_id not in self.rows:
                raise ToolError("ticket_not_found: there is no such ticket")
            return self.rows[ticket_id]

        @server.tool(annotations=WRITES)
        def close_ticket(customer_id: str, ticket_id: str) -> Ticket:
            """Close a ticket."""
            self.closed.append(ticket_id)
            return self.rows[ticket_id]

        @server.tool(annotations=REACHES)
        def fetch_page(url: str) -> str:
            """Fetch a page of the web."""
            return url

        return server


@contextmanager
def tickets(*, token: str | None = None) -> Generator[Tickets]:
    """The system while it runs; with a `token`, whoever does not bring it gets 401."""
    found = Tickets(token=token)
    app = found.server().streamable_http_app(stateless_http=True)
    with Loopback(_guarded(app, found), lifespan=True) as loopback:
        found.url = f"{loopback.url}/mcp"
        yield found


def _guarded(app: ASGIApp, of: Tickets) -> ASGIApp:
    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            given = dict(scope["headers"]).get(b"authorization", b"").decode()
            of.heard.append(given)
            if of.token is not None and given != f"Bearer {of.token}":
                await send({"type": "http.response.start", "status": 401, "headers": []})
                await send({"type": "http.response.body", "body": b""})
                return
        await app(scope, receive, send)

    return guarded
