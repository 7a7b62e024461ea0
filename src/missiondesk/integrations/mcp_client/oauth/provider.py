"""The SDK's OAuth provider, one step at a time: its own way waits for a person in the middle of a call."""

import logging
from urllib.parse import urlsplit

import httpx2
from mcp.client.auth import OAuthClientProvider, OAuthFlowError, OAuthRegistrationError, OAuthTokenError
from mcp.client.auth.utils import issuers_match
from mcp.shared.auth import OAuthClientInformationFull, OAuthClientMetadata, OAuthMetadata, OAuthToken
from mcp.shared.inbound import MCP_PROTOCOL_VERSION_HEADER
from mcp.types import LATEST_PROTOCOL_VERSION
from pydantic import AnyUrl

from missiondesk.integrations.mcp_client.oauth.reaching import Send
from missiondesk.integrations.mcp_client.oauth.shapes import Client, Found, OAuthTrouble
from missiondesk.integrations.mcp_client.reasons import quoted

logging.getLogger("mcp.client.auth.oauth2").disabled = True  # it logs whole answers, secrets in them; we raise without
_ENOUGH = httpx2.Request("GET", "https://enough.invalid/")  # the SDK's flow is left here, before it asks for tokens
_HERE = ("localhost", "127.0.0.1", "::1")


class Provider(OAuthClientProvider):
    """The SDK's provider, one step at a time."""

    def __init__(self, client: Client, *, issuer: str | None = None) -> None:
        document = client.document if client.client_id is None else None
        super().__init__(client.url, _metadata(client), _Nowhere(), client_metadata_url=document)
        self._client = client
        self._issuer = issuer
        self.context.protocol_version = LATEST_PROTOCOL_VERSION

    async def walk(self, refusal: httpx2.Response, send: Send) -> None:
        """Discovery and registration, as if a server had just answered with this `refusal`."""
        headers = {MCP_PROTOCOL_VERSION_HEADER: LATEST_PROTOCOL_VERSION}
        flow = self._auth_flow(httpx2.Request("POST", self._client.url, headers=headers))
        try:
            await anext(flow)
            outgoing = await flow.asend(refusal)
            while outgoing is not _ENOUGH:
                outgoing = await flow.asend(await send(outgoing))
        except (OAuthFlowError, OAuthRegistrationError, OAuthTokenError) as error:
            if str(error).startswith("Invalid registration response"):  # it quotes the answer, a secret in it
                raise OAuthTrouble("The authorization server answered our registration with none.") from None
            raise OAuthTrouble(quoted(str(error))) from None
        except (ValueError, httpx2.InvalidURL):
            raise OAuthTrouble("What it says about its authorization server cannot be used.") from None
        finally:
            await flow.aclose()

    def found(self) -> Found:
        context = self.context
        assert context.client_info is not None
        return Found(
            url=self._client.url,
            issuer=str(context.oauth_metadata.issuer) if context.oauth_metadata else self._expected_issuer(),
            protected=context.protected_resource_metadata,
            metadata=context.oauth_metadata,
            registration=self._without_configured_secret(context.client_info),
            scope=context.client_metadata.scope,
        )

    def loaded(self, found: Found) -> "Provider":
        """Ready for a request for tokens."""
        self.context.protected_resource_metadata = found.protected
        self.context.oauth_metadata = found.metadata
        self.context.client_metadata.scope = found.scope
        self.context.client_info = found.registration
        if self._client.client_secret is not None:
            self.context.client_info = found.registration.model_copy(
                update={"client_secret": self._client.client_secret, "token_endpoint_auth_method": _way(found.metadata)}
            )
        return self

    async def for_code(self, code: str, verifier: str) -> httpx2.Request:
        return await self._exchange_token_authorization_code(code, verifier)

    async def for_refresh(self, tokens: OAuthToken) -> httpx2.Request:
        self.context.current_tokens = tokens
        return await self._refresh_token()

    def for_machine(self) -> httpx2.Request:
        data = {"grant_type": "client_credentials", "resource": self.context.get_resource_url()}
        if self.context.client_metadata.scope:
            data["scope"] = self.context.client_metadata.scope
        data, headers = self.context.prepare_token_auth(data, {})
        return httpx2.Request("POST", self._get_token_endpoint(), data=data, headers=headers)

    async def _initialize(self) -> None:
        if self._client.client_id is not None:
            self.context.client_info = OAuthClientInformationFull(
                client_id=self._client.client_id, token_endpoint_auth_method="none"
            )
        self._initialized = True

    async def _perform_authorization(self) -> httpx2.Request:
        return _ENOUGH

    def _select_authorization_server(self, advertised: list[str]) -> str:
        """Credentials that belong to one server are sent to no other, whatever the MCP server says today."""
        if self._issuer is None:
            return advertised[0]
        for server in advertised:
            if issuers_match(server, self._issuer):
                return server
        raise OAuthFlowError(elsewhere(advertised[0], self._issuer))

    def _without_configured_secret(self, info: OAuthClientInformationFull) -> OAuthClientInformationFull:
        return info.model_copy(update={"client_secret": None}) if self._client.client_id is not None else info


class _Nowhere:
    """The SDK asks for a place to keep things; they are kept by our caller."""

    async def get_tokens(self) -> OAuthToken | None:
        return None

    async def set_tokens(self, tokens: OAuthToken) -> None:
        pass

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return None

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        pass


def _metadata(client: Client) -> OAuthClientMetadata:
    if client.machine:
        return OAuthClientMetadata(client_name="Missiondesk", redirect_uris=None, grant_types=["client_credentials"])
    here = client.redirect_uri is None or urlsplit(client.redirect_uri).hostname in _HERE
    return OAuthClientMetadata(
        client_name="Missiondesk",
        redirect_uris=[AnyUrl(client.redirect_uri)] if client.redirect_uri else None,
        application_type="native" if here else "web",
    )


def _way(metadata: OAuthMetadata | None) -> str:
    """How a configured secret travels: as the server wants, in the header where it does not say."""
    known = (metadata.token_endpoint_auth_methods_supported if metadata else None) or ["client_secret_basic"]
    return "client_secret_basic" if "client_secret_basic" in known else "client_secret_post"


def elsewhere(found: str, expected: str) -> str:
    return (
        f"It names another authorization server ({found}) than the one that our sign-in belongs to ({expected}). "
        "Nothing was sent there."
    )
