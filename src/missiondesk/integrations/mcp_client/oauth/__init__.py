"""OAuth 2.1 towards MCP servers, by the SDK.

Discovery (RFC 9728, 8414, OpenID), resource indicators (8707), registration (7591) and client documents are the SDK's.
Here its steps stand alone, and what they lead to can be kept (`Held`), by us, sealed.
"""

from mcp.shared.auth import OAuthToken as Token

from missiondesk.integrations.mcp_client.oauth.reaching import Send, guarded, in_the_open, reaching
from missiondesk.integrations.mcp_client.oauth.shapes import Begun, Challenge, Client, Found, Held, OAuthTrouble
from missiondesk.integrations.mcp_client.oauth.steps import agreement, exchange, find, fits, refresh, sign_in

__all__ = [
    "Begun",
    "Challenge",
    "Client",
    "Found",
    "Held",
    "OAuthTrouble",
    "Send",
    "Token",
    "agreement",
    "exchange",
    "find",
    "fits",
    "guarded",
    "in_the_open",
    "reaching",
    "refresh",
    "sign_in",
]
