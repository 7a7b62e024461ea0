"""Freeze: one switch stops all effects, or those of one connection, tool or brief. Missions go on reading.

Once `freeze` is committed, no effect enters `sent`: who sends looks under the lock that freezing waits for.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, DateTime, Identity, Integer, Table, Text, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError

from missiondesk.kit.database import Transaction, announce, metadata
from missiondesk.kit.errors import Invalid, NotFound, Refused
from missiondesk.kit.text import visible

TOPIC = "freeze"
ALL = "all"
KINDS = ("connection", "tool", "brief")
_LOCK = "select pg_advisory_xact_lock{how}(hashtextextended('freeze', 0))"
_END_WHO_HOLDS_IT = """select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and granted and objsubid = 1 and pid <> pg_backend_pid()
    and database = (select oid from pg_database where datname = current_database())
    and (classid::bigint << 32 | objid::bigint) = hashtextextended('freeze', 0)"""
_LONGEST = 500

freezes = Table(
    "freezes",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True),
    Column("scope", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("lifted_by", Text),
    Column("lifted_at", DateTime(timezone=True)),
)


@dataclass(frozen=True, slots=True)
class Freeze:
    """`scope` is `all`, `connection:ID`, `tool:ID.TOOL` or `brief:NAME`."""

    id: int
    scope: str
    why: str
    by: str
    since: datetime


class Frozen(Refused):
    """It is frozen already."""


async def freeze(tx: Transaction, scope: str, *, why: str, by_id: str, by: str) -> Freeze:
    """Stop the effects of `scope`. Waits for those that are just being marked as sent; no other one is after this.

    Whoever stands still over that for a second loses the connection, and so has marked nothing. Raises `Invalid` for a
    scope or reason that cannot be used, `Frozen` naming who froze it already.
    """
    check_scope(scope)
    why = " ".join(why.split())
    if not 0 < len(why) <= _LONGEST:
        raise Invalid(f"Please say why, in at most {_LONGEST} characters.")
    await _lock(tx)
    if (already := next(iter(await in_force(tx, [scope])), None)) is not None:
        raise Frozen(f"{already.by} froze this already: {already.why}")
    values = {"scope": scope, "why": visible(why), "by_id": by_id, "by": by, "since": func.clock_timestamp()}
    row = (await tx.execute(insert(freezes).values(values).returning(freezes))).one()
    await announce(tx, TOPIC)
    return _freeze(row)


async def _lock(tx: Transaction) -> None:
    try:
        async with tx.begin_nested():
            await tx.execute(text("set local lock_timeout = '1s'"))
            await tx.execute(text(_LOCK.format(how="")))
    except OperationalError:  # somebody holds it and says nothing
        await tx.execute(text(_END_WHO_HOLDS_IT))
        await tx.execute(text(_LOCK.format(how="")))
    await tx.execute(text("set local lock_timeout = 0"))


async def lift(tx: Transaction, freeze_id: int, *, by: str) -> None:
    """Effects of that scope go on by themselves; their evidence is read again first. Raises `NotFound`."""
    query = freezes.update().where(freezes.c.id == freeze_id, freezes.c.lifted_at.is_(None))
    done = await tx.execute(query.values(lifted_by=by, lifted_at=func.clock_timestamp()))
    if done.rowcount != 1:
        raise NotFound("There is no such freeze, or somebody lifted it already.")
    await announce(tx, TOPIC)


async def frozen(tx: Transaction, scopes: Collection[str]) -> Freeze | None:
    """Whether an effect of these scopes may not be sent. Until `tx` ends nobody can freeze anything."""
    await tx.execute(text(_LOCK.format(how="_shared")))
    return next(iter(await in_force(tx, [ALL, *scopes])), None)


async def in_force(tx: Transaction, scopes: Collection[str] | None = None) -> list[Freeze]:
    """The freezes that hold now, the oldest first; of these scopes, or all."""
    query = select(freezes).where(freezes.c.lifted_at.is_(None)).order_by(freezes.c.id)
    query = query if scopes is None else query.where(freezes.c.scope.in_(scopes))
    return [_freeze(row) for row in await tx.execute(query)]


def scopes_of(key: str, brief: str) -> list[str]:
    """What a freeze of an effect may be called: by its connection, its tool `ID.TOOL`, and its brief `NAME@VERSION`."""
    return [f"connection:{key.partition('.')[0]}", f"tool:{key}", f"brief:{brief.partition('@')[0]}"]


def told_of(one: Freeze) -> str:
    """It as a sentence for people."""
    kind, _, name = one.scope.partition(":")
    what = f"The {kind} {name} is" if name else "All effects are"
    return f"{what} frozen by {one.by}: {one.why.rstrip('.')}."


def check_scope(scope: str) -> None:
    """Raises `Invalid`."""
    kind, _, name = scope.partition(":")
    if scope != ALL and (kind not in KINDS or not name):
        raise Invalid(f"{visible(scope)!r} cannot be frozen: say all, connection:ID, tool:ID.TOOL or brief:NAME.")


def _freeze(row: Any) -> Freeze:
    return Freeze(row.id, row.scope, row.why, row.by, row.since)
