"""The outbox: what is to be told on which route, until it is told, or given up after some attempts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from missiondesk.ids import random_id
from missiondesk.kit.database import Transaction, metadata
from missiondesk.kit.errors import NotFound, Refused
from missiondesk.notices.told import Told, read_told

State = Literal["waiting", "sent", "dead"]
PAUSES = tuple(timedelta(seconds=each) for each in (5, 30, 120, 600, 1800, 7200, 21600))  # between two attempts
ATTEMPTS = len(PAUSES) + 1
MOST = 200  # in a list
_BUSY = timedelta(seconds=60)  # longer than any way takes to answer; then the process that took it is dead
_TAKE = """update notices set attempts = attempts + 1, next_at = :busy where id = (
        select id from notices where route = :route and state = 'waiting' and next_at <= :at and attempts < :attempts
        order by next_at, made_at limit 1 for update skip locked)
    returning *"""
# held over quiet hours, and answered meanwhile: nobody need be told any more
_OVER = """delete from notices n using (
        select id, case when told is json then told::json->>'kind' end as kind,
            case when told is json then told::json->>'item' end as item
        from notices where state = 'waiting' and attempts = 0 and next_at <= :at) due
    where n.id = due.id and due.kind in ('proposal', 'unknown_effect', 'handoff')
    and not exists (select from waiting w where w.item = due.item and w.kind = due.kind)"""
_DIED = """update notices set state = 'dead', error = coalesce(error, 'The process that sent it died.')
    where state = 'waiting' and attempts >= :attempts and next_at <= :at"""

notices = Table(
    "notices",
    metadata,
    Column("id", Text, primary_key=True),  # what a receiver knows it by: the same at each attempt
    Column("route", Text, nullable=False),
    Column("happening", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", DateTime(timezone=True), nullable=False),
    Column("error", Text),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("sent_at", DateTime(timezone=True)),
    UniqueConstraint("route", "happening"),
    CheckConstraint(f"state in {get_args(State)}", name="notices_state"),
    Index("notices_due", "route", "next_at", postgresql_where="state = 'waiting'"),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """`error`: why the last attempt failed, in words without addresses."""

    id: str
    route: str
    happening: str
    told: Told
    state: State
    attempts: int
    next_at: datetime
    error: str | None
    made_at: datetime
    sent_at: datetime | None


async def put_in(tx: Transaction, route: str, happening: str, told: Told, *, at: datetime, due: datetime) -> None:
    """To be told when it is due; once for each route and happening."""
    values = {"id": random_id("notice"), "route": route, "happening": happening, "told": told.model_dump_json()}
    row = insert(notices).values(**values, state="waiting", next_at=due, made_at=at)
    await tx.execute(row.on_conflict_do_nothing())


async def tidy(tx: Transaction, at: datetime) -> None:
    """What need not be told any more, and what a process died with too often."""
    await tx.execute(text(_OVER), {"at": at})
    await tx.execute(text(_DIED), {"at": at, "attempts": ATTEMPTS})


async def take(tx: Transaction, route: str, at: datetime) -> Notice | None:
    """The next one that is due on a route: nobody else takes it for a minute. `None`: there is none."""
    values = {"route": route, "at": at, "busy": at + _BUSY, "attempts": ATTEMPTS}
    row = (await tx.execute(text(_TAKE), values)).first()
    return _notice(row) if row else None


async def mark_told(tx: Transaction, one: Notice, at: datetime) -> None:
    await tx.execute(_mine(one).values(state="sent", sent_at=at, error=None))


async def mark_failed(tx: Transaction, one: Notice, error: str, next_at: datetime) -> None:
    """To be tried again then, or dead when that was the last attempt."""
    state: State = "dead" if one.attempts >= ATTEMPTS else "waiting"
    await tx.execute(_mine(one).values(state=state, error=error, next_at=next_at))


async def notices_list(tx: Transaction, *, dead: bool = False, limit: int = MOST) -> Sequence[Notice]:
    """The newest first; `dead`: only those that were given up."""
    query = select(notices).order_by(notices.c.made_at.desc(), notices.c.id).limit(limit)
    return [_notice(row) for row in await tx.execute(query.where(notices.c.state == "dead") if dead else query)]


async def try_again(tx: Transaction, notice_id: str) -> None:
    """Tell what was given up, from the first attempt on. Raises `NotFound`, or `Refused` for one that is not dead."""
    state = await tx.scalar(select(notices.c.state).where(notices.c.id == notice_id).with_for_update())
    if state is None:
        raise NotFound(f"There is no notice {notice_id}. missiondesk notices list shows them.")
    if state != "dead":
        raise Refused(f"{notice_id} is {state}, so there is nothing to try again.")
    values = {"state": "waiting", "attempts": 0, "next_at": func.clock_timestamp()}
    await tx.execute(update(notices).where(notices.c.id == notice_id).values(values))


def _mine(one: Notice) -> Any:
    """Only while the attempt is still ours: another process took it when we were too slow."""
    mine = (notices.c.id == one.id) & (notices.c.state == "waiting") & (notices.c.attempts == one.attempts)
    return update(notices).where(mine)


def _notice(row: Any) -> Notice:
    id_, route, happening, told, *rest = row
    return Notice(id_, route, happening, read_told(told), *rest)
