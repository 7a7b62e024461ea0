"""People: staff with roles, customers with their ids in the connected systems, and who is signed in."""

from missiondesk.people.customers import Customer, add_customer, customer, customer_since, link_record, records_of
from missiondesk.people.sessions import (
    CustomerSession,
    Session,
    StaffSession,
    session_of,
    sign_in_customer,
    sign_in_staff,
    sign_out,
)
from missiondesk.people.staff import RIGHTS, Right, Role, Staff, add_staff, count_who_may, may, staff_list, staff_member

__all__ = [
    "RIGHTS",
    "Customer",
    "CustomerSession",
    "Right",
    "Role",
    "Session",
    "Staff",
    "StaffSession",
    "add_customer",
    "add_staff",
    "count_who_may",
    "customer",
    "customer_since",
    "link_record",
    "may",
    "records_of",
    "session_of",
    "sign_in_customer",
    "sign_in_staff",
    "sign_out",
    "staff_list",
    "staff_member",
]
