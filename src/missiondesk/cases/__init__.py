"""Cases: the customer's matter, in the customer's words."""

from missiondesk.cases.cases import (
    Case,
    case,
    cases_of,
    count_cases,
    give_case,
    hold,
    lock_case,
    newest_cases,
    open_case,
    portals_in_use,
)
from missiondesk.cases.messages import (
    LONGEST,
    KeyUsed,
    Message,
    add_message,
    checked_text,
    customer_spoke_at,
    messages_of,
    sent_before,
    written_by_customer,
)

__all__ = [
    "LONGEST",
    "Case",
    "KeyUsed",
    "Message",
    "add_message",
    "case",
    "cases_of",
    "checked_text",
    "count_cases",
    "customer_spoke_at",
    "give_case",
    "hold",
    "lock_case",
    "messages_of",
    "newest_cases",
    "open_case",
    "portals_in_use",
    "sent_before",
    "written_by_customer",
]
