"""An authorization server, and an MCP server that trusts it alone: both keep a ledger of what they were told.

with authority() as one:
    one.expires_in = 60
    … sign in at one.mcp_url …
    one.spent  # how often a refresh token was used a second time: then its whole family is revoked
"""

import asyncio
import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode

import httpx
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.support.loopback import Loopback

JSON = dict[str, Any]
MACHINE = "the-program"
MACHINE_SECRET = "canary-client-secret/+=4f19"  # with what must be quoted in a header


@dataclass
class Authority:
    """Knobs above, ledgers below."""

    expires_in: int | None = 3600
    rotates: bool = True
    refreshes: bool = True
    scope: str = "orders:read"
    pkce: bool = True
    resource_says: str | None = None  # another resource than the MCP server's own
    server_says: str | None = None  # another authorization server than this one
    token_status: int | None = None  # the token endpoint answers this, and nothing happens
    token_answer: str | None = None  # the token endpoint answers this, with 200
    token_redirects_to: str | None = None
    wants_scope: str | None = None  # the MCP server refuses tokens without it
    trusts_nobody: bool = False
    takes: str | None = None  # a fixed token that opens the MCP server too
    echoes: bool = False  # tools repeat the credential that they were called with
    url: str = ""
    mcp_url: str = ""
    registered: list[JSON] = field(default_factory=list[JSON])
    agreed: list[JSON] = field(default_factory=list[JSON])
    asked: list[JSON] = field(default_factory=list[JSON])  # requests for tokens
    visits: list[str] = field(default_factory=list[str])  # paths at the authorization server
    shown: list[str] = field(default_factory=list[str])  # credentials that came to the MCP server
    issued: list[str] = field(default_factory=list[str])
    spent: int = 0
    _codes: dict[str, JSON] = field(default_factory=dict[str, JSON])
    _access: dict[str, JSON] = field(default_factory=dict[str, JSON])
    _refresh: dict[str, JSON] = field(default_factory=dict[str, JSON])
    _used: dict[str, str] = field(default_factory=dict[str, str])
    _turn: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._turn.set()

    @property
    def grants(self) -> list[str]:
        return [one["grant_type"] for one in self.asked]

    def hold(self) -> None:
        """Requests for tokens are done, and their answers kept back until `let_go`."""
        self._turn.clear()

    def let_go(self) -> None:
        self._turn.set()

    def end_access(self) -> None:
        """Every access token is worthless from now on."""
        self._access.clear()

    def revoke(self) -> None:
        """Everything that anybody agreed to."""
        self._access.clear()
        self._refresh.clear()

    def agree(self, url: str) -> dict[str, str]:
        """What a browser brings back when somebody opens this address and agrees."""
        answer = httpx.get(url, follow_redirects=False)
        assert answer.status_code == 302, answer.text
        query = parse_qs(answer.headers["location"].partition("?")[2])
        return {name: values[0] for name, values in query.items()}

    # --- the authorization server

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/oauth-authorization-server", self._about),
                Route("/register", self._register, methods=["POST"]),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    async def _about(self, request: Request) -> Response:
        self.visits.append(request.url.path)
        about: JSON = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "registration_endpoint": f"{self.url}/register",
            "response_types_supported": ["code"],
            "authorization_response_iss_parameter_supported": True,
        }
        return JSONResponse(about | ({"code_challenge_methods_supported": ["S256"]} if self.pkce else {}))

    async def _register(self, request: Request) -> Response:
        self.visits.append(request.url.path)
        told = await request.json() | {"client_id": f"client-{len(self.registered)}"}
        self.registered.append(told | {"token_endpoint_auth_method": "none"})
        return JSONResponse(self.registered[-1], status_code=201)

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.agreed.append(asked)
        client = next(one for one in self.registered if one["client_id"] == asked["client_id"])
        assert asked["redirect_uri"] in client["redirect_uris"]
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.url}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", status_code=302)

    async def _token(self, request: Request) -> Response:
        self.visits.append(request.url.path)
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        self.asked.append(form)
        if self.token_redirects_to is not None:
            return RedirectResponse(self.token_redirects_to, status_code=307)
        if self.token_answer is not None:
            return Response(self.token_answer, media_type="application/json")
        if self.token_status is not None:
            return JSONResponse({"error": "temporarily_unavailable"}, status_code=self.token_status)
        answer = self._answer(form, request.headers.get("authorization", ""))
        while not self._turn.is_set():
            await _moment()
        return answer

    def _answer(self, form: JSON, authorization: str) -> Response:
        match form["grant_type"]:
            case "authorization_code":
                return self._for_code(form)
            case "refresh_token":
                return self._for_refresh(form)
            case "client_credentials":
                return self._for_machine(form, authorization)
            case _:
                return self._no("unsupported_grant_type")

    def _for_code(self, form: JSON) -> Response:
        asked = self._codes.pop(form["code"], None)
        if asked is None or asked["resource"] != form.get("resource"):
            return self._no("invalid_grant")
        made = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if made != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return self._no("invalid_grant")
        return self._issued({"family": form["code"], "aud": form["resource"], "scope": asked.get("scope", "")})

    def _for_refresh(self, form: JSON) -> Response:
        token = form["refresh_token"]
        if token in self._used:  # somebody has a copy: nobody may go on with this sign-in
            self.spent += 1
            family = self._used[token]
            for kept in (self._access, self._refresh):
                for each in [each for each, of in kept.items() if of["family"] == family]:
                    del kept[each]
        of = self._refresh.get(token)
        if of is None or of["aud"] != form.get("resource"):
            return self._no("invalid_grant")
        if not self.rotates:
            return self._issued(of, refresh=False)
        self._used[token] = of["family"]
        del self._refresh[token]
        return self._issued(of)

    def _for_machine(self, form: JSON, authorization: str) -> Response:
        given = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        if [unquote(part) for part in given.split(":")] != [MACHINE, MACHINE_SECRET]:
            return self._no("invalid_client", 401)
        return self._issued({"family": "", "aud": form["resource"], "scope": form.get("scope", "")}, refresh=False)

    def _issued(self, of: JSON, *, refresh: bool = True) -> Response:
        access, again = f"canary-access-{secrets.token_hex(8)}", f"canary-refresh-{secrets.token_hex(8)}"
        self._access[access] = of
        self.issued.append(access)
        told: JSON = {"access_token": access, "token_type": "Bearer", "scope": of["scope"]}
        if self.expires_in is not None:
            told["expires_in"] = self.expires_in
        if refresh and self.refreshes:
            self._refresh[again] = of
            self.issued.append(again)
            told["refresh_token"] = again
        return JSONResponse(told)

    def _no(self, error: str, status: int = 400) -> Response:
        """It repeats what it was sent, as some servers do."""
        told = {"error": error, "error_description": f"you sent {json.dumps(self.asked[-1])}"}
        return JSONResponse(told, status_code=status)

    # --- the MCP server

    def resource(self) -> ASGIApp:
        server = MCPServer("orders", log_level="ERROR")

        @server.tool(annotations=ToolAnnotations(read_only_hint=True))
        def get_order(order_id: str, ctx: Context[Any, Any]) -> Order:
            """One order."""
            said = self.shown[-1] if self.echoes else ""
            if order_id == "refuse":
                raise ToolError(f"order_not_found: no order for {said}")
            return Order(order_id=order_id, customer_id="mira", note=said)

        inner = server.streamable_http_app(stateless_http=True)
        inner.router.routes.insert(0, Route("/.well-known/oauth-protected-resource/mcp", self._about_resource))
        return _Guarded(self, inner)

    async def _about_resource(self, request: Request) -> Response:
        about = {
            "resource": self.resource_says or self.mcp_url,
            "authorization_servers": [self.server_says or self.url],
            "scopes_supported": [self.scope],
        }
        return JSONResponse(about)

    def refusal(self, authorization: str) -> Response | None:
        """What the MCP server says to this credential, if it does not let it in."""
        self.shown.append(authorization)
        if self.takes is not None and authorization.removeprefix("Bearer ") == self.takes:
            return None
        of = self._access.get(authorization.removeprefix("Bearer "))
        where = f'resource_metadata="{self.mcp_url.removesuffix("/mcp")}/.well-known/oauth-protected-resource/mcp"'
        if of is None or of["aud"] != self.mcp_url or self.trusts_nobody:
            return Response("", 401, {"www-authenticate": f'Bearer error="invalid_token", {where}'})
        if self.wants_scope is not None and self.wants_scope not in of["scope"].split():
            short = f'Bearer error="insufficient_scope", scope="{self.wants_scope}", {where}'
            return Response("", 403, {"www-authenticate": short})
        return None


class Order(BaseModel):
    order_id: str
    customer_id: str
    note: str


class _Guarded:
    def __init__(self, one: Authority, inner: ASGIApp) -> None:
        self._one = one
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        guarded = scope["type"] == "http" and scope["path"] == "/mcp"
        refusal = self._one.refusal(_credential(Request(scope))) if guarded else None
        await (refusal or self._inner)(scope, receive, send)


def _credential(request: Request) -> str:
    return request.headers.get("authorization") or request.headers.get("x-api-key", "")


async def _moment() -> None:
    await asyncio.sleep(0.01)


@contextmanager
def authority() -> Generator[Authority]:
    one = Authority()
    with Loopback(one.app()) as issuer, Loopback(one.resource(), lifespan=True) as system:
        one.url, one.mcp_url = issuer.url, f"{system.url}/mcp"
        try:
            yield one
        finally:
            one.let_go()
