"""Notices: telling people by chat, e-mail and signed webhooks that something waits. A link, and no arguments."""

from missiondesk.notices.outbox import ATTEMPTS, MOST, Notice, State, notices_list, try_again
from missiondesk.notices.routes import Route, check_route, read_routes
from missiondesk.notices.telling import EVERY, Telling, send_test, tell
from missiondesk.notices.ways import NotTold

__all__ = [
    "ATTEMPTS",
    "EVERY",
    "MOST",
    "NotTold",
    "Notice",
    "Route",
    "State",
    "Telling",
    "check_route",
    "notices_list",
    "read_routes",
    "send_test",
    "tell",
    "try_again",
]
