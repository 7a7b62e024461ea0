"""Staff, and what each role may do: one table of rights."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Boolean, Column, DateTime, Table, Text, func, select, true

from missiondesk.ids import StaffId
from missiondesk.kit.database import Transaction, metadata

Role = Literal["agent", "supervisor", "admin", "auditor"]
Right = Literal["look", "decide", "decide_as_supervisor", "reply", "set_boundary", "configure", "freeze", "lift"]

RIGHTS: dict[Role, frozenset[Right]] = {
    "agent": frozenset({"look", "decide", "reply", "freeze"}),
    "supervisor": frozenset({"look", "decide", "decide_as_supervisor", "reply", "set_boundary", "freeze", "lift"}),
    "admin": frozenset({"look", "set_boundary", "configure", "freeze", "lift"}),  # sets up, and can never approve
    "auditor": frozenset({"look"}),
}

staff = Table(
    "staff",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)


@dataclass(frozen=True, slots=True)
class Staff:
    id: StaffId
    name: str
    email: str
    role: Role


def may(who: Staff, right: Right) -> bool:
    return right in RIGHTS[who.role]


async def staff_member(tx: Transaction, staff_id: StaffId) -> Staff | None:
    row = (await tx.execute(select(staff).where(staff.c.id == staff_id, staff.c.active))).first()
    return Staff(row.id, row.name, row.email, row.role) if row else None


async def count_who_may(tx: Transaction, right: Right) -> int:
    """How many people have this right just now."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    query = select(func.count()).where(staff.c.active, staff.c.role.in_(roles))
    return (await tx.execute(query)).scalar_one()


async def staff_list(tx: Transaction) -> list[Staff]:
    return [
        Staff(row.id, row.name, row.email, row.role) for row in await tx.execute(select(staff).order_by(staff.c.name))
    ]
