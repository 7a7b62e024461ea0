"""Cases: the customer's matter, in the customer's words."""

from missiondesk.cases.cases import (
    Case,
    case,
    cases_of,
    held_cases,
    hold,
    lock_case,
    newest_cases,
    open_case,
    portals_in_use,
)
from missiondesk.cases.messages import LONGEST, KeyUsed, Message, add_message, checked_text, messages_of, sent_before

__all__ = [
    "LONGEST",
    "Case",
    "KeyUsed",
    "Message",
    "add_message",
    "case",
    "cases_of",
    "checked_text",
    "held_cases",
    "hold",
    "lock_case",
    "messages_of",
    "newest_cases",
    "open_case",
    "portals_in_use",
    "sent_before",
]
