"""The chaos server: stands before any MCP server, and goes wrong by a plan that the seed fixes."""

from missiondesk.proving.chaos.http import listening, serve_http
from missiondesk.proving.chaos.ledger import Call, Ledger, read_ledger
from missiondesk.proving.chaos.plan import FAULTS, OVER_HTTP_ALONE, Fault, Injection, Plan
from missiondesk.proving.chaos.planning import planned, read_plan, shares_of
from missiondesk.proving.chaos.server import Chaos
from missiondesk.proving.chaos.stdio import serve_stdio
from missiondesk.proving.chaos.ways import ToAddress, ToCommand
from missiondesk.proving.chaos.wrapped import Wrapped, WrappedAway

__all__ = [
    "FAULTS",
    "OVER_HTTP_ALONE",
    "Call",
    "Chaos",
    "Fault",
    "Injection",
    "Ledger",
    "Plan",
    "ToAddress",
    "ToCommand",
    "Wrapped",
    "WrappedAway",
    "listening",
    "planned",
    "read_ledger",
    "read_plan",
    "serve_http",
    "serve_stdio",
    "shares_of",
]
