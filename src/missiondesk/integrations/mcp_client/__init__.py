"""The one package that speaks MCP. A server can say and do what it likes: a call ends in time, and as an `Answer`."""

from missiondesk.integrations.mcp_client.addresses import Allowed
from missiondesk.integrations.mcp_client.answers import KEY, LARGEST, Answer, AnswerKind, Listing, Progress
from missiondesk.integrations.mcp_client.channel import GRACE, Channel
from missiondesk.integrations.mcp_client.reasons import instant
from missiondesk.integrations.mcp_client.transport import NotAllowed, Redirected, SafeTransport, TooLarge

__all__ = [
    "GRACE",
    "KEY",
    "LARGEST",
    "Allowed",
    "Answer",
    "AnswerKind",
    "Channel",
    "Listing",
    "NotAllowed",
    "Progress",
    "Redirected",
    "SafeTransport",
    "TooLarge",
    "instant",
]
