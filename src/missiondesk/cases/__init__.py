"""Cases: the customer's matter, in the customer's words."""

from missiondesk.cases.cases import Case, case, cases_of, hold, lock_case, newest_cases, open_case
from missiondesk.cases.messages import LONGEST, Message, add_message, checked_text, message_with_key, messages_of

__all__ = [
    "LONGEST",
    "Case",
    "Message",
    "add_message",
    "case",
    "cases_of",
    "checked_text",
    "hold",
    "lock_case",
    "message_with_key",
    "messages_of",
    "newest_cases",
    "open_case",
]
