"""The steps of signing in: find out whom to ask, let a person agree, get tokens, renew them."""

from urllib.parse import urlencode, urljoin, urlsplit

import httpx2
from mcp.client.auth import OAuthFlowError, PKCEParameters
from mcp.client.auth.utils import issuers_match, union_scopes, validate_authorization_response_iss
from mcp.shared.auth import OAuthToken
from pydantic import BaseModel, ValidationError

from missiondesk.integrations.mcp_client.oauth.provider import Provider, elsewhere
from missiondesk.integrations.mcp_client.oauth.reaching import Send
from missiondesk.integrations.mcp_client.oauth.shapes import Begun, Challenge, Client, Found, OAuthTrouble

_CODES = (  # RFC 6749, 8707; any other word may be an echo of what we sent
    *("invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type"),
    *("invalid_scope", "invalid_target", "access_denied", "server_error", "temporarily_unavailable"),
)


async def find(
    client: Client,
    send: Send,
    *,
    challenge: Challenge | None = None,
    issuer: str | None = None,
    granted: str | None = None,
) -> Found:
    """Whom to ask for tokens, and our registration there. Raises `OAuthTrouble`, and what `send` raises.

    `issuer`: the only server that may be found. `granted`: rights that we have, to ask for them again beside new ones.
    """
    challenge = challenge or Challenge()
    scope = " ".join(client.scopes) or union_scopes(granted, challenge.scope)
    provider = Provider(client, issuer=issuer)
    await provider.walk(Challenge(challenge.metadata_url, scope).response(), send)
    found = provider.found()
    if issuer is not None and not issuers_match(found.issuer, issuer):  # also where it names none any more
        raise OAuthTrouble(elsewhere(found.issuer, issuer))
    return found


def agreement(client: Client, found: Found, state: str) -> tuple[str, str]:
    """The address at which a person agrees, and the verifier (PKCE). `state` comes back with the answer.

    Raises `OAuthTrouble` for a server without PKCE.
    """
    metadata = found.metadata
    if metadata is not None and "S256" not in (metadata.code_challenge_methods_supported or []):
        raise OAuthTrouble(f"The authorization server {found.issuer} does not say that it knows PKCE (S256).")
    endpoint = str(metadata.authorization_endpoint) if metadata else urljoin(_origin(client.url), "/authorize")
    pkce = PKCEParameters.generate()
    asked = {
        "response_type": "code",
        "client_id": found.registration.client_id,
        "redirect_uri": client.redirect_uri or "",
        "state": state,
        "code_challenge": pkce.code_challenge,
        "code_challenge_method": "S256",
        "resource": Provider(client).loaded(found).context.get_resource_url(),
    }
    if found.scope:
        asked["scope"] = found.scope
        if "offline_access" in found.scope.split():
            asked["prompt"] = "consent"  # OpenID Connect wants it so
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}", pkce.code_verifier


async def exchange(client: Client, begun: Begun, code: str, issuer: str | None, send: Send) -> OAuthToken:
    """Tokens for the `code` that came back; `issuer` is the answer's own `iss` (RFC 9207). Raises `OAuthTrouble`."""
    try:
        validate_authorization_response_iss(issuer, begun.found.metadata)
    except OAuthFlowError:
        raise OAuthTrouble("The answer came from another authorization server than the one asked.") from None
    provider = Provider(client).loaded(begun.found)
    return await _tokens(await provider.for_code(code, begun.verifier), send, begun.found.scope)


async def refresh(client: Client, found: Found, tokens: OAuthToken, send: Send) -> OAuthToken:
    """New tokens for the refresh token; what the answer leaves out stays. Raises `OAuthTrouble`."""
    new = await _tokens(await Provider(client).loaded(found).for_refresh(tokens), send, tokens.scope)
    return new if new.refresh_token else new.model_copy(update={"refresh_token": tokens.refresh_token})


async def sign_in(client: Client, found: Found, send: Send) -> OAuthToken:
    """A token for the program itself. Raises `OAuthTrouble`."""
    return await _tokens(Provider(client).loaded(found).for_machine(), send, found.scope)


def fits(client: Client, found: Found | None) -> bool:
    """Whether what was found is still what the connection says: another address, client or scope is another."""
    if found is None or client.machine and client.scopes and found.scope != " ".join(client.scopes):
        return False
    return found.url == client.url and client.client_id in (None, found.registration.client_id)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


async def _tokens(request: httpx2.Request, send: Send, scope: str | None) -> OAuthToken:
    response = await send(request)
    if response.status_code not in (200, 201):
        raise _refusal(request, response)
    try:
        tokens = OAuthToken.model_validate_json(response.content)
    except ValidationError:
        tokens = None
    if tokens is None or not _printable(tokens.access_token):
        raise OAuthTrouble(f"The authorization server {request.url.host} answered with something that is no token.")
    return tokens if tokens.scope is not None else tokens.model_copy(update={"scope": scope})


def _printable(text: str) -> bool:
    return text != "" and text.isascii() and text.isprintable()


class _Refusal(BaseModel):
    error: str


def _refusal(request: httpx2.Request, response: httpx2.Response) -> OAuthTrouble:
    """Its words may repeat what we sent: only its code is told."""
    try:
        code = _Refusal.model_validate_json(response.content).error
    except ValidationError:
        code = ""
    known = code if code in _CODES else None
    said = f" ({known})" if known else ""
    return OAuthTrouble(
        f"The authorization server {request.url.host} answered {response.status_code}{said}.", code=known
    )
