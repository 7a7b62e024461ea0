"""Telling people: find what has happened, choose who hears of it, and send what is due. A chore of every process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from missiondesk.ids import random_id
from missiondesk.kit.database import Database, Transaction, now
from missiondesk.notices.happening import Happening, found_new
from missiondesk.notices.outbox import ATTEMPTS, PAUSES, Notice, mark_failed, mark_told, put_in, take, tidy
from missiondesk.notices.routes import Route
from missiondesk.notices.told import Told, told_of
from missiondesk.notices.ways import NotTold, send

EVERY = 3.0  # seconds
_TOGETHER = 20  # more in one look are told as one to people; programs hear of each
_IN_A_ROW = 20  # sent on one route before others of this process have their turn again
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Telling:
    """How an installation tells: its routes by name, where people reach it, and what holds the addresses."""

    routes: Mapping[str, Route]
    public_url: str | None
    environ: Mapping[str, str] = field(repr=False)
    clock: Callable[[Transaction], Awaitable[datetime]] = now
    patience: float = 15  # seconds for one attempt

    async def send(self, one: Notice, at: datetime) -> None:
        """Raises `NotTold`."""
        route = self.routes[one.route]
        await send(route, one, at=at, public_url=self.public_url, environ=self.environ, patience=self.patience)


async def tell(database: Database, how: Telling) -> None:
    """Once round. Safe to call at any time, in every process: each happening is put in once for each route."""
    if not how.routes:
        return
    async with database.transaction() as tx:
        at = await how.clock(tx)
        await _put_in(tx, how.routes, await found_new(tx, at), at)
        await tidy(tx, at)

    async def on(route: str) -> None:
        for _ in range(_IN_A_ROW):
            if not await _send_next(database, how, route):
                return

    await asyncio.gather(*(on(route) for route in how.routes))


async def send_test(how: Telling, route: str, at: datetime) -> None:
    """Send a test notice, past the outbox. Raises `NotTold`."""
    told = Told(event="test", kind="test", since=at)
    await how.send(Notice(random_id("notice"), route, "test", told, "waiting", 1, at, None, at, None), at)


async def _put_in(tx: Transaction, routes: Mapping[str, Route], found: Sequence[Happening], at: datetime) -> None:
    for name, route in routes.items():
        wanted = [one for one in found if route.wants(one)]
        if route.kind == "apprise" and len(wanted) > _TOGETHER:
            told = Told(event="many", kind="many", since=min(one.since for one in wanted), count=len(wanted))
            await put_in(tx, name, f"many:{wanted[0].id}", told, at=at, due=route.due("many", at))
            continue
        for one in wanted:
            await put_in(tx, name, one.id, told_of(one, at), at=at, due=route.due(one.event, at))


async def _send_next(database: Database, how: Telling, route: str) -> bool:
    """`False`: nothing is due on this route, or its other end is in trouble: later."""
    async with database.transaction() as tx:
        at = await how.clock(tx)
        one = await take(tx, route, at)
    if one is None:
        return False
    try:
        await how.send(one, at)
    except NotTold as why:
        log.warning("the route %s was not told, attempt %s of %s: %s", route, one.attempts, ATTEMPTS, why)
        async with database.transaction() as tx:
            again = await how.clock(tx) + PAUSES[min(one.attempts, len(PAUSES)) - 1]
            await mark_failed(tx, one, str(why), how.routes[route].due(one.told.event, again))
        return False
    async with database.transaction() as tx:
        await mark_told(tx, one, await how.clock(tx))
    return True
