"""Staff, and what each role may do: one table of rights."""

from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from sqlalchemy import Boolean, Column, DateTime, Table, Text, func, select, true
from sqlalchemy.dialects.postgresql import insert

from missiondesk.ids import PersonId, StaffId, random_id
from missiondesk.kit.database import Transaction, lock, metadata
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.people.passwords import hashed

Role = Literal["agent", "supervisor", "admin", "auditor"]
Right = Literal["look", "edit", "decide", "decide_as_supervisor", "reply", "configure", "freeze", "lift", "tell"]
Scope = Literal["read", "propose"]

RIGHTS: dict[Role, frozenset[Right]] = {
    "agent": frozenset({"look", "edit", "decide", "reply", "freeze"}),
    "supervisor": frozenset({"look", "edit", "decide", "decide_as_supervisor", "reply", "freeze", "lift", "tell"}),
    "admin": frozenset({"look", "configure", "freeze", "lift", "tell"}),  # sets up, and can never approve
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


async def add_staff(tx: Transaction, *, name: str, email: str, role: str, password: str) -> Staff:
    """A new account; of the same person as another one with the same mailbox.

    Raises `Invalid` for an unknown role or a bad address, `Refused` for one that is taken.
    """
    if role not in get_args(Role):
        raise Invalid(f"There is no role {role!r}: it is one of {', '.join(get_args(Role))}.")
    email = email.strip().lower()
    if email.count("@") != 1 or not name.strip():
        raise Invalid("A name and an e-mail address are needed.")
    made_id = StaffId(random_id("staff"))
    person = await _person_at(tx, email) or PersonId(made_id)
    who = Staff(made_id, person, name.strip(), email, cast(Role, role))
    values = {"id": who.id, "person": person, "name": who.name, "email": email, "role": role}
    values["password"] = await hashed(password)
    taken = await tx.execute(insert(staff).values(values).on_conflict_do_nothing().returning(staff.c.id))
    if taken.first() is None:
        raise Refused(f"{email} already has an account.")
    return who


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


async def _person_at(tx: Transaction, email: str) -> PersonId | None:
    """Whose mailbox it is, if somebody of staff has it. Nobody else adds an account for it until `tx` ends."""
    box = mailbox(email)
    await lock(tx, f"mailbox:{box}")
    rows = await tx.execute(select(staff.c.person, staff.c.email).order_by(staff.c.added_at))
    return next((PersonId(row.person) for row in rows if mailbox(row.email) == box), None)
