"""A case, and who holds it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, DateTime, Index, Table, Text, func, insert, select, update

from missiondesk.ids import CaseId, CustomerId, PortalId, StaffId, random_id
from missiondesk.kit.database import Transaction, announce, metadata, now
from missiondesk.kit.errors import NotFound
from missiondesk.kit.text import shortened

cases = Table(
    "cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("portal_id", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("held_by", Text),  # the person who answers in it, until they close it
    Column("owner_id", Text),  # who holds it, held it last, or was given it since
    Index("cases_by_customer", "customer_id", "opened_at"),
    Index("cases_held", "id", postgresql_where="held_by is not null"),
)


@dataclass(frozen=True, slots=True)
class Case:
    id: CaseId
    portal_id: PortalId
    customer_id: CustomerId
    subject: str
    opened_at: datetime
    held_by: StaffId | None


async def open_case(tx: Transaction, portal_id: PortalId, customer_id: CustomerId, text: str) -> Case:
    """A new case, named after the first words of the customer."""
    at = await now(tx)
    made = Case(CaseId(random_id("case")), portal_id, customer_id, shortened(text, 80), at, None)
    await tx.execute(
        insert(cases).values(
            id=made.id, portal_id=portal_id, customer_id=customer_id, subject=made.subject, opened_at=at
        )
    )
    return made


async def case(tx: Transaction, case_id: CaseId, *, customer: CustomerId | None = None) -> Case:
    """One case; with `customer`, only if it is theirs. Raises `NotFound`: another's case and none look the same."""
    return await _one(tx, select(cases).where(cases.c.id == case_id), customer)


async def lock_case(tx: Transaction, case_id: CaseId, *, customer: CustomerId | None = None) -> Case:
    """The same, locked: what is said in a case is heard one at a time. Locked always before the case's mission."""
    return await _one(tx, select(cases).where(cases.c.id == case_id).with_for_update(key_share=True), customer)


async def _one(tx: Transaction, query: Any, customer: CustomerId | None) -> Case:
    if customer is not None:
        query = query.where(cases.c.customer_id == customer)
    row = (await tx.execute(query)).first()
    if row is None:
        raise NotFound("There is no such case.")
    return _case(row)


async def hold(tx: Transaction, case_id: CaseId, by: StaffId | None) -> None:
    """A person holds the case (`None`: nobody any more). The case must be locked."""
    owner = {} if by is None else {"owner_id": by}
    await tx.execute(update(cases).where(cases.c.id == case_id).values(held_by=by, **owner))
    await announce(tx, f"case:{case_id}")


async def give_case(tx: Transaction, case_id: CaseId, to: StaffId) -> None:
    """It is this person's, who has not answered in it yet."""
    await tx.execute(update(cases).where(cases.c.id == case_id).values(owner_id=to))


async def cases_of(tx: Transaction, customer_id: CustomerId, *, limit: int = 50) -> list[Case]:
    query = select(cases).where(cases.c.customer_id == customer_id).order_by(cases.c.opened_at.desc()).limit(limit)
    return [_case(row) for row in await tx.execute(query)]


async def count_cases(tx: Transaction, customer_id: CustomerId) -> int:
    """All that a customer ever opened."""
    return (await tx.execute(select(func.count()).where(cases.c.customer_id == customer_id))).scalar_one()


async def portals_in_use(tx: Transaction) -> set[str]:
    """Every portal that a case came in by."""
    return {row.portal_id for row in await tx.execute(select(cases.c.portal_id).distinct())}


async def newest_cases(tx: Transaction, *, limit: int = 100) -> list[Case]:
    return [_case(row) for row in await tx.execute(select(cases).order_by(cases.c.opened_at.desc()).limit(limit))]


def _case(row: Any) -> Case:
    return Case(row.id, row.portal_id, row.customer_id, row.subject, row.opened_at, row.held_by)
