"""What was said in a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Identity, Index, Table, Text, func, select
from sqlalchemy.dialects.postgresql import insert

from missiondesk.ids import CaseId, MessageId, random_id
from missiondesk.kit.database import Transaction, announce, lock, metadata, now
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.kit.text import storable

LONGEST = 10_000  # characters of one message
Author = Literal["customer", "assistant", "person"]
AUTHORS: Sequence[str] = get_args(Author)

messages = Table(
    "messages",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", BigInteger, Identity(), nullable=False),
    Column("case_id", Text, ForeignKey("cases.id"), nullable=False),
    Column("author", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("key", Text, unique=True),  # from whoever sent it, so that a retry is the same message
    Index("messages_by_case", "case_id", "number"),
)


class KeyUsed(Refused):
    """This Idempotency-Key was used for another message. Nothing was saved; please send it under a key of its own."""


@dataclass(frozen=True, slots=True)
class Message:
    """`name` is who speaks: the customer, the portal's assistant, or a person of the team."""

    id: MessageId
    number: int
    case_id: CaseId
    author: Author
    name: str
    text: str
    at: datetime


def checked_text(text: str) -> str:
    """The text of a message without outer space. Raises `Invalid` for an empty or too long one, or one with a NUL."""
    text = text.strip()
    if not text:
        raise Invalid("Please write a message: it is empty.")
    if len(text) > LONGEST:
        raise Invalid(f"Your message has {len(text):,} characters; {LONGEST:,} is the most. Please shorten it.")
    if not storable(text):
        raise Invalid("Your message holds characters that cannot be stored. Please type it again.")
    return text


async def add_message(
    tx: Transaction, case_id: CaseId, author: Author, name: str, text: str, *, key: str | None = None
) -> Message:
    """Add a message to a case. `key` must be new: look with `sent_before` first."""
    values = {"id": random_id("message"), "case_id": case_id, "author": author, "name": name, "text": text, "key": key}
    row = (await tx.execute(insert(messages).values(**values, at=await now(tx)).returning(messages))).one()
    await announce(tx, f"case:{case_id}")
    return Message(row.id, row.number, row.case_id, row.author, row.name, row.text, row.at)


async def customer_spoke_at(tx: Transaction, case_id: CaseId) -> datetime | None:
    """When the customer said something last."""
    query = select(func.max(messages.c.at)).where(messages.c.case_id == case_id, messages.c.author == "customer")
    return (await tx.execute(query)).scalar()


async def sent_before(tx: Transaction, key: str, text: str, *, case_id: CaseId | None = None) -> Message | None:
    """The message that was already sent under this key. Who asks at the same time waits until this transaction ends.

    Raises `KeyUsed` if it was another text, or not in the case `case_id`.
    """
    await lock(tx, key)
    row = (await tx.execute(select(messages).where(messages.c.key == key))).first()
    if row is None:
        return None
    if row.text != text or case_id not in (None, row.case_id):
        raise KeyUsed
    return Message(row.id, row.number, row.case_id, row.author, row.name, row.text, row.at)


async def messages_of(tx: Transaction, case_id: CaseId) -> list[Message]:
    """All messages of a case, in the order they were said."""
    rows = await tx.execute(select(messages).where(messages.c.case_id == case_id).order_by(messages.c.number))
    return [Message(row.id, row.number, row.case_id, row.author, row.name, row.text, row.at) for row in rows]


async def written_by_customer(tx: Transaction, case_id: CaseId) -> int:
    """How many messages of a case its customer wrote."""
    query = select(func.count()).where(messages.c.case_id == case_id, messages.c.author == "customer")
    return (await tx.execute(query)).scalar_one()
