"""The way to a server: its address or command, and how we sign in there. A secret is named, never written down."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

import httpx2
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from missiondesk.integrations.mcp_client import Allowed

_NAME = re.compile(r"\$([A-Z][A-Z0-9_]*)")
_CARRIES_A_SECRET = re.compile(r"auth|cookie|token|secret|password|(^|[-_])key", re.IGNORECASE)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def names_in(text: str) -> list[str]:
    """The `$NAME`s of a text."""
    return _NAME.findall(text)


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """`text` with each `$NAME` replaced. Raises `KeyError` for one that has no value."""
    return _NAME.sub(lambda found: values[found[1]], text)


def _secret(text: str) -> str:
    if _NAME.fullmatch(text) is None:
        raise ValueError("a secret is named here and kept elsewhere: write $NAME in capitals, then give it its value")
    return text


def _address(text: str) -> str:
    if "$" in text:
        return text  # looked at when it is filled in
    try:
        host = httpx2.URL(text).host
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise ValueError(f"this is no address: {error}") from error
    if not host:
        raise ValueError("this is no address: it names no host")
    if httpx2.URL(text).userinfo:
        raise ValueError("no credentials belong into an address: say them in auth, by $NAME")
    return text


def _hosts(entries: list[str]) -> list[str]:
    Allowed(entries)
    return entries


def _no_literal_secrets(headers: dict[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if _CARRIES_A_SECRET.search(name) and "$" not in value:
            raise ValueError(f"{name}: a secret is named here and kept elsewhere: write $NAME, then give it its value")
    return headers


def _header_name(text: str) -> str:
    if re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", text) is None:  # RFC 9110, token
        raise ValueError(f"{text!r} is no name of a header")
    return text


Secret = Annotated[str, AfterValidator(_secret)]
HeaderName = Annotated[str, AfterValidator(_header_name)]


class Http(_Strict):
    """Streamable HTTP. `$NAME` in the address or a header is a secret of the connection, or of the environment.

    `allow_private`: hosts that may lie at private addresses (this machine, the company's network); all others may not.
    """

    url: Annotated[str, Field(pattern=r"^(https?://|\$)"), AfterValidator(_address)]
    headers: Annotated[dict[HeaderName, str], AfterValidator(_no_literal_secrets)] = {}
    allow_private: Annotated[list[str], AfterValidator(_hosts)] = []


class Stdio(_Strict):
    """A command that the operator trusts; it sees only `env`, an effect `write_env` on top of it.

    `single_process`: the server tolerates no second one of itself, so effects go to the one that reads.
    """

    command: list[str] = Field(min_length=1)
    env: dict[str, str] = {}
    write_env: dict[str, str] = {}
    single_process: bool = False

    @model_validator(mode="after")
    def _fits(self) -> "Stdio":
        if self.single_process and self.write_env:
            raise ValueError("single_process and write_env contradict each other: there is one process for both")
        return self


class Bearer(_Strict):
    """A fixed token, as `Authorization: Bearer` or in a header of the system's own."""

    kind: Literal["bearer"]
    token: Secret
    header: HeaderName | None = None


class ClientCredentials(_Strict):
    """OAuth 2.1, as the program itself: discovery, resource indicator, tokens renewed."""

    kind: Literal["client_credentials"]
    client_id: str
    client_secret: Secret
    scopes: list[str] = []


class AuthorizationCode(_Strict):
    """OAuth 2.1 with PKCE: an admin agrees once in a browser; then tokens are renewed.

    Without `client_id` we register ourselves where the server allows it.
    """

    kind: Literal["authorization_code"]
    client_id: str | None = None
    client_secret: Secret | None = None
    scopes: list[str] = []


Auth = Annotated[Bearer | ClientCredentials | AuthorizationCode, Field(discriminator="kind")]
