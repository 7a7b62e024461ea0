"""When a person first opened a card, and first looked at what it rests on. Nothing more is kept of how they read."""

from typing import Literal

from sqlalchemy import Column, DateTime, Table, Text, func
from sqlalchemy.dialects.postgresql import insert

from missiondesk.kit.database import Transaction, metadata
from missiondesk.people import Staff, may

Look = Literal["card", "evidence"]

looks = Table(
    "looks",
    metadata,
    Column("item", Text, primary_key=True),
    Column("by_id", Text, primary_key=True),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("evidence_at", DateTime(timezone=True)),
)


async def looked(tx: Transaction, item: str, by: Staff, at: Look) -> None:
    """The first time counts; who decides nothing is not measured."""
    if not may(by, "decide"):
        return
    now = func.clock_timestamp()
    row = {"item": item, "by_id": by.id, "opened_at": now, "evidence_at": now if at == "evidence" else None}
    query = insert(looks).values(row)
    first = func.coalesce(looks.c.evidence_at, query.excluded.evidence_at)
    await tx.execute(query.on_conflict_do_update(index_elements=["item", "by_id"], set_={"evidence_at": first}))
