"""People: staff with roles, customers with their ids in the connected systems, and who is signed in."""

from missiondesk.people.accounts import (
    Account,
    account,
    account_at,
    add_account,
    add_staff,
    all_accounts,
    change_role,
    checked_address,
    checked_role,
    close_account,
    who_may,
)
from missiondesk.people.customers import Customer, add_customer, customer, customer_since, link_record, records_of
from missiondesk.people.passwords import hashed
from missiondesk.people.sessions import (
    CustomerSession,
    Session,
    StaffSession,
    session_of,
    sign_in_customer,
    sign_in_staff,
    sign_out,
)
from missiondesk.people.staff import RIGHTS, Right, Role, Staff, count_who_may, may, staff_list, staff_member

__all__ = [
    "RIGHTS",
    "Account",
    "Customer",
    "CustomerSession",
    "Right",
    "Role",
    "Session",
    "Staff",
    "StaffSession",
    "account",
    "account_at",
    "all_accounts",
    "add_account",
    "add_customer",
    "add_staff",
    "change_role",
    "checked_address",
    "checked_role",
    "close_account",
    "count_who_may",
    "customer",
    "customer_since",
    "hashed",
    "link_record",
    "may",
    "records_of",
    "session_of",
    "sign_in_customer",
    "sign_in_staff",
    "sign_out",
    "staff_list",
    "staff_member",
    "who_may",
]
