"""What OAuth knows of a server: who we are there, what was found out, and what is kept, sealed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import httpx2
from mcp.client.auth.utils import (
    extract_field_from_www_auth,
    extract_resource_metadata_from_www_auth,
    extract_scope_from_www_auth,
)
from mcp.shared.auth import OAuthClientInformationFull, OAuthMetadata, OAuthToken, ProtectedResourceMetadata
from pydantic import BaseModel, ConfigDict


class OAuthTrouble(Exception):
    """A sentence for people, without any secret.

    `code` is the server's own word, such as `invalid_grant`; `reached`: it may have acted on what we sent.
    """

    def __init__(self, sentence: str, *, code: str | None = None, reached: bool = True) -> None:
        super().__init__(sentence)
        self.code = code
        self.reached = reached


@dataclass(frozen=True, slots=True)
class Client:
    """Who we are at one MCP server, as its connection says.

    `machine`: we sign in as the program itself. `document`: the public address of our client document, if there is one.
    """

    url: str
    machine: bool
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    scopes: tuple[str, ...] = ()
    redirect_uri: str | None = None
    document: str | None = None


class _Kept(BaseModel):
    """It says nothing of itself: there are secrets in it."""

    model_config = ConfigDict(frozen=True)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    __str__ = __repr__


class Found(_Kept):
    """Where a server's tokens come from, and how we are registered there; a configured secret is never in it."""

    url: str
    issuer: str
    protected: ProtectedResourceMetadata | None = None
    metadata: OAuthMetadata | None = None
    registration: OAuthClientInformationFull
    scope: str | None = None


class Begun(_Kept):
    """A person was sent to agree. `state` is what comes back with the answer, once, until `until`."""

    state: str
    verifier: str
    redirect_uri: str
    by: str
    until: datetime
    found: Found


class Held(_Kept):
    """What is kept, sealed, for one side of a connection. `lost`: why there are no tokens any more.

    `missing_scope`: what the server wanted beyond what was agreed to.
    """

    version: Literal[1] = 1
    found: Found | None = None
    tokens: OAuthToken | None = None
    lost: str | None = None
    missing_scope: str | None = None
    begun: Begun | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a server said when it refused us: where its metadata is, and the rights that it wants.

    `short`: it knows us, and the token has too few rights.
    """

    metadata_url: str | None = None
    scope: str | None = None
    short: bool = False

    @classmethod
    def of(cls, response: httpx2.Response) -> "Challenge | None":
        """`None` for an answer that is not about our credentials."""
        short = extract_field_from_www_auth(response, "error") == "insufficient_scope"
        if response.status_code != 401 and not (response.status_code == 403 and short):
            return None
        return cls(extract_resource_metadata_from_www_auth(response), extract_scope_from_www_auth(response), short)

    def response(self) -> httpx2.Response:
        parts = {"resource_metadata": self.metadata_url, "scope": self.scope}
        told = ", ".join(f'{name}="{value}"' for name, value in parts.items() if value)
        return httpx2.Response(401, headers={"www-authenticate": f"Bearer {told}"})
