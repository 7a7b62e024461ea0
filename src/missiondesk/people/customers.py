"""Customers of a portal, and their ids in the connected systems, each with how it was verified."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Table, Text, UniqueConstraint, func, select
from sqlalchemy.dialects.postgresql import insert

from missiondesk.ids import ConnectionId, CustomerId, PortalId, random_id
from missiondesk.kit.database import Transaction, metadata
from missiondesk.kit.errors import NotFound, Refused
from missiondesk.people.passwords import hashed

customers = Table(
    "customers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("portal_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("portal_id", "email"),
)
customer_records = Table(
    "customer_records",
    metadata,
    Column("customer_id", Text, ForeignKey("customers.id"), primary_key=True),
    Column("connection_id", Text, primary_key=True),
    Column("record_id", Text, nullable=False),
    Column("verified_how", Text, nullable=False),
    Column("verified_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("connection_id", "record_id"),  # one record is never two customers
)


@dataclass(frozen=True, slots=True)
class Customer:
    id: CustomerId
    portal_id: PortalId
    name: str
    email: str


async def add_customer(tx: Transaction, portal_id: PortalId, *, name: str, email: str, password: str) -> Customer:
    """A customer's account in one portal. Raises `Refused` when the address has one there."""
    who = Customer(CustomerId(random_id("customer")), portal_id, name.strip(), email.strip().lower())
    values = {
        "id": who.id,
        "portal_id": portal_id,
        "name": who.name,
        "email": who.email,
        "password": await hashed(password),
    }
    taken = await tx.execute(insert(customers).values(values).on_conflict_do_nothing().returning(customers.c.id))
    if taken.first() is None:
        raise Refused(f"{who.email} already has an account in this portal.")
    return who


async def customer(tx: Transaction, customer_id: CustomerId) -> Customer:
    """Raises `NotFound`."""
    row = (await tx.execute(select(customers).where(customers.c.id == customer_id))).first()
    if row is None:
        raise NotFound(f"There is no customer {customer_id}.")
    return Customer(row.id, row.portal_id, row.name, row.email)


async def customer_since(tx: Transaction, customer_id: CustomerId) -> datetime:
    """When a customer got their account. Raises `NotFound`."""
    since = (await tx.execute(select(customers.c.added_at).where(customers.c.id == customer_id))).scalar()
    if since is None:
        raise NotFound(f"There is no customer {customer_id}.")
    return since


async def link_record(
    tx: Transaction, customer_id: CustomerId, connection: ConnectionId, record_id: str, *, how: str
) -> None:
    """Say under which id a connected system knows this customer, and how that was verified.

    Raises `Refused` if the id is another customer's, or if the system knows this customer under another id.
    """
    values = {"customer_id": customer_id, "connection_id": connection, "record_id": record_id, "verified_how": how}
    await tx.execute(insert(customer_records).values(values).on_conflict_do_nothing())
    known = (await records_of(tx, customer_id)).get(connection)
    if known is None:
        raise Refused(f"{record_id} of {connection} belongs to another customer.")
    if known != record_id:
        raise Refused(f"{connection} knows this customer as {known} already.")


async def records_of(tx: Transaction, customer_id: CustomerId) -> dict[ConnectionId, str]:
    """The customer's id in each connected system that knows them."""
    query = select(customer_records.c.connection_id, customer_records.c.record_id)
    rows = await tx.execute(query.where(customer_records.c.customer_id == customer_id))
    return {row.connection_id: row.record_id for row in rows}
