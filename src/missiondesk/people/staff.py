"""Staff, and what each role may do: one table of rights."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Boolean, Column, DateTime, Table, Text, func, select, true

from missiondesk.ids import PersonId, StaffId
from missiondesk.kit.database import Transaction, lock, metadata

Role = Literal["agent", "supervisor", "admin", "auditor"]
Right = Literal[
    "look", "edit", "decide", "decide_as_supervisor", "reply", "set_boundary", "configure", "freeze", "lift", "tell"
]
Scope = Literal["read", "propose"]

_AGENT: frozenset[Right] = frozenset({"look", "edit", "decide", "reply", "freeze"})
_SUPERVISOR: frozenset[Right] = frozenset({"decide_as_supervisor", "set_boundary", "lift", "tell"})
RIGHTS: dict[Role, frozenset[Right]] = {
    "agent": _AGENT,
    "supervisor": _AGENT | _SUPERVISOR,
    # sets up, and can never approve
    "admin": frozenset({"look", "set_boundary", "configure", "freeze", "lift", "tell"}),
    "auditor": frozenset({"look"}),
}
THROUGH_A_KEY: dict[Scope, frozenset[Right]] = {"read": frozenset({"look"}), "propose": frozenset({"edit"})}

staff = Table(
    "staff",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("person", Text, nullable=False),  # the id of their first account, which is this one for most
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """An account. `person`: the same in all accounts of somebody.

    `scopes`: what an API key of theirs may; `None`: it is the person, signed in.
    """

    id: StaffId
    person: PersonId
    name: str
    email: str
    role: Role
    scopes: frozenset[Scope] | None = None


def may(who: Staff, right: Right) -> bool:
    """Through a key never more than its owner, and never what no scope has."""
    through = who.scopes is None or any(right in THROUGH_A_KEY[one] for one in who.scopes)
    return through and right in RIGHTS[who.role]


async def staff_member(tx: Transaction, staff_id: StaffId) -> Staff | None:
    row = (await tx.execute(select(staff).where(staff.c.id == staff_id, staff.c.active))).first()
    return staff_in(row) if row else None


async def count_who_may(tx: Transaction, right: Right) -> int:
    """How many people have this right just now; who has several accounts is one."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    query = select(func.count(staff.c.person.distinct())).where(staff.c.active, staff.c.role.in_(roles))
    return (await tx.execute(query)).scalar_one()


async def staff_list(tx: Transaction) -> list[Staff]:
    return [staff_in(row) for row in await tx.execute(select(staff).order_by(staff.c.name))]


def staff_in(row: Any) -> Staff:
    return Staff(row.id, row.person, row.name, row.email, row.role)


def mailbox(email: str) -> str:
    """Where letters to an address arrive: `Ana+desk@x.example` and `ana@x.example` are one."""
    local, _, host = email.strip().lower().rpartition("@")
    return f"{local.partition('+')[0] or local}@{host}"


async def person_at(tx: Transaction, email: str) -> PersonId | None:
    """Whose mailbox it is, if somebody of staff has it. Nobody else adds an account for it until `tx` ends."""
    box = mailbox(email)
    await lock(tx, f"mailbox:{box}")
    rows = await tx.execute(select(staff.c.person, staff.c.email).order_by(staff.c.added_at))
    return next((PersonId(row.person) for row in rows if mailbox(row.email) == box), None)
