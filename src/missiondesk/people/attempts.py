"""Wrong attempts to prove who one is, counted for each account: ten within five minutes, then nobody gets in for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, DateTime, Table, Text, delete, func, insert, select

from missiondesk.kit.database import Transaction, lock, metadata, now
from missiondesk.kit.errors import TooMany

_ATTEMPTS = 10  # wrong ones, per account
_COUNTED = timedelta(minutes=5)

wrong_sign_ins = Table(
    "wrong_sign_ins",
    metadata,
    Column("account", Text, nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try, as it is counted."""

    account: str
    at: datetime


async def attempt(tx: Transaction, account: str) -> Attempt:
    """It counts as wrong until it has proved right. Commit before it is checked. Raises `TooMany`."""
    await lock(tx, f"sign-in:{account}")  # guesses at the same time are counted one after the other
    instant = await now(tx)
    await tx.execute(delete(wrong_sign_ins).where(wrong_sign_ins.c.at < instant - _COUNTED))
    count = select(func.count()).select_from(wrong_sign_ins).where(wrong_sign_ins.c.account == account)
    if (await tx.execute(count)).scalar_one() >= _ATTEMPTS:
        raise TooMany("Too many wrong attempts for this account. Please wait five minutes.")
    await tx.execute(insert(wrong_sign_ins).values(account=account, at=instant))
    return Attempt(account, instant)


async def was_right(tx: Transaction, one: Attempt) -> None:
    """It does not count as wrong any more."""
    mine = (wrong_sign_ins.c.account == one.account, wrong_sign_ins.c.at == one.at)
    await tx.execute(delete(wrong_sign_ins).where(*mine))
