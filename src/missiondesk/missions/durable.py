"""Turns across processes, and the only importer of the engine (procrastinate).

The trace is the checkpoint. A mission's row says what is true; a job is only a nudge: "look at mission M, turn N".
So a job may be lost, doubled, late or run by a zombie, and nothing goes wrong; at worst the sweep nudges again.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import procrastinate
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from sqlalchemy import text

from missiondesk.ids import MissionId
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import AWAY, Database, Transaction, announce, driver_of
from missiondesk.missions.store import Lane, WaitsFor

log = logging.getLogger(__name__)

_HEARTBEAT, _SWEEP, _POLL = 2.0, 1.0, 1.0  # seconds
_ATTEMPTS = 4  # of one turn that ends in an error nobody expected; then a person takes the case
_SOON, _LATER = 1, 60  # seconds

PASSING = (ConnectorException, *AWAY, OSError)  # the database is away

_nudges = procrastinate.App(connector=procrastinate.PsycopgConnector())  # never opened: it enqueues in our transactions


class Fenced(Exception):
    """Another worker owns this turn now: stop, write nothing."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to work on one turn of a mission, until somebody else takes it."""

    mission_id: MissionId
    number: int
    epoch: int
    lane: Lane
    database: Database

    @asynccontextmanager
    async def tx(self) -> AsyncGenerator[Transaction]:
        """A transaction that still owns the mission. Every write of a turn goes through here. Raises `Fenced`."""
        async with self.database.transaction() as tx:
            owned = await tx.execute(
                text(
                    "select 1 from missions where id = :mission and turn = :turn and epoch = :epoch "
                    "and state = 'runnable' for update"
                ),
                {"mission": self.mission_id, "turn": self.number, "epoch": self.epoch},
            )
            if owned.first() is None:
                raise Fenced(f"{self.mission_id} turn {self.number} epoch {self.epoch}")
            yield tx

    async def end(
        self,
        tx: Transaction,
        waits_for: WaitsFor,
        *,
        wake_in: timedelta | None = None,
        waits_on: str | None = None,
        since: datetime | None = None,
    ) -> None:
        """The mission waits, unless something arrived meanwhile: then its next turn begins.

        For a connection, `waits_on` says which one, and `since` when the waiting began.
        """
        row = (
            await tx.execute(
                text(
                    """update missions set state = case when woken then 'runnable' else 'waiting' end,
                    turn = turn + woken::int, lane = case when woken then 'turns' else lane end, woken = false,
                    waits_for = :waits_for, waits_on = :waits_on, waits_since = :since,
                    wake_at = clock_timestamp() + cast(:wake_in as interval)
                    where id = :mission returning state = 'runnable' as woken, case_id"""
                ),
                {
                    "mission": self.mission_id,
                    "waits_for": waits_for,
                    "waits_on": waits_on,
                    "since": since,
                    "wake_in": wake_in,
                },
            )
        ).one()
        if row.woken:
            await nudge(tx, self.mission_id, self.number + 1, "turns")
        await announce(tx, f"case:{row.case_id}")

    async def go_on(self, tx: Transaction, lane: Lane) -> None:
        """The mission's next turn begins at once, on the lane named."""
        row = (
            await tx.execute(
                text(
                    "update missions set turn = turn + 1, lane = :lane, woken = false, waits_for = null, "
                    "waits_on = null, waits_since = null, wake_at = null where id = :mission returning case_id"
                ),
                {"mission": self.mission_id, "lane": lane},
            )
        ).one()
        await nudge(tx, self.mission_id, self.number + 1, lane)
        await announce(tx, f"case:{row.case_id}")


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to be done again and again while turns run: `every` so many seconds, in every process."""

    every: float
    do: Callable[[], Awaitable[None]]


async def nudge(tx: Transaction, mission_id: MissionId, number: int, lane: Lane) -> None:
    """Say in this transaction that a turn may run. The task's and its arguments' names are frozen."""
    deferrer = _nudges.configure_task("turn", queue=lane, connection=await driver_of(tx), allow_unknown=True)
    await deferrer.defer_async(mission=mission_id, number=number)


async def wake(tx: Transaction, mission_id: MissionId, *, lane: Lane = "turns", anew: bool = True) -> None:
    """What the mission waits for has happened: call it in the transaction that records it.

    Its next turn begins; without `anew` its last turn is run again, from what is stored of it.
    """
    row = (
        await tx.execute(
            text(
                """update missions set woken = (state = 'runnable'), turn = turn + (state = 'waiting' and :anew)::int,
                lane = case state when 'waiting' then :lane else lane end,
                waits_for = case state when 'waiting' then null else waits_for end, wake_at = null,
                state = 'runnable' where id = :mission and state <> 'done'
                returning turn, woken, case_id"""
            ),
            {"mission": mission_id, "lane": lane, "anew": anew},
        )
    ).first()
    if row is None:
        return
    if not row.woken:
        await nudge(tx, mission_id, row.turn, lane)
    await announce(tx, f"case:{row.case_id}")


class _Patience(procrastinate.BaseRetryStrategy):
    """A turn that failed is tried again soon; one that could not even be handed to a person, in a minute.

    When the database was away too often, it is no more tried: the sweep nudges it anew, and counts from the first.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> procrastinate.RetryDecision | None:
        if job.attempts + 1 < _ATTEMPTS:
            return procrastinate.RetryDecision(retry_in={"seconds": _SOON})
        if isinstance(exception, PASSING):
            return None
        log.error("%s can neither go on nor be handed to a person; tried again in %s s", job.task_kwargs, _LATER)
        return procrastinate.RetryDecision(retry_in={"seconds": _LATER})


class Engine:
    """Runs turns in this process, on the lanes it serves, and takes over what dead processes held."""

    def __init__(
        self,
        database: Database,
        do: Callable[[Turn], Awaitable[None]],
        give_up: Callable[[Turn, str], Awaitable[None]],
        *,
        lanes: Sequence[Lane] = ("turns", "effects"),
        dead_after: float = 10,
        concurrency: int = 8,
        chores: Sequence[Chore] = (),
    ) -> None:
        self._database = database
        self._do = do
        self._give_up = give_up
        self._lanes = list(lanes)
        self._dead_after = dead_after
        self._concurrency = concurrency
        self._chores = chores
        self.ready = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Run turns until `stop` is set, then let running turns end. A lost database is waited for."""
        while not stop.is_set():
            try:
                await self._work(stop)
            except PASSING as error:
                log.warning("the database is away, trying again: %s", error)
            self.ready.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1)

    async def _work(self, stop: asyncio.Event) -> None:
        app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(conninfo=self._database.url, min_size=1, max_size=8)
        )
        app.task(name="turn", pass_context=True, retry=_Patience())(self._turn)
        async with app.open_async():
            working = asyncio.create_task(
                app.run_worker_async(
                    queues=list(self._lanes),
                    concurrency=self._concurrency,
                    fetch_job_polling_interval=_POLL,
                    install_signal_handlers=False,
                    update_heartbeat_interval=min(_HEARTBEAT, self._dead_after / 4),
                    stalled_worker_timeout=self._dead_after,
                    shutdown_graceful_timeout=30,
                    delete_jobs="successful",
                )
            )
            over = asyncio.Event()  # a cancellation can get lost below us: in Python 3.11 `wait_for` swallows some
            besides = [asyncio.create_task(_again_and_again(chore, over)) for chore in self._chores]
            sweeping, stopping = asyncio.create_task(self._sweep(app, over)), asyncio.create_task(stop.wait())
            tasks: list[asyncio.Task[Any]] = [working, sweeping, stopping, *besides]
            self.ready.set()
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                over.set()
                for task in tasks:
                    task.cancel()  # for the worker this means: end gracefully
                ends = await asyncio.gather(*tasks, return_exceptions=True)
            for end in ends:
                if isinstance(end, Exception):
                    raise end

    async def _turn(self, context: procrastinate.JobContext, mission: str, number: int) -> None:
        turn = await self._take(MissionId(mission), number)
        if turn is None:
            return  # a stale or doubled nudge
        try:
            await self._do(turn)
        except Fenced as fenced:
            log.info("fenced: %s", fenced)
        except Exception as error:
            attempts = context.job.attempts
            log.exception("turn %s of %s failed, attempt %s", number, mission, attempts + 1)
            if attempts + 1 < _ATTEMPTS or isinstance(error, PASSING):
                raise
            with contextlib.suppress(Fenced):
                await self._give_up(turn, f"{type(error).__name__}: {error}")

    async def _take(self, mission_id: MissionId, number: int) -> Turn | None:
        """Own the turn: the newest runner wins, older ones are fenced."""
        async with self._database.transaction() as tx:
            row = (
                await tx.execute(
                    text(
                        "update missions set epoch = epoch + 1 where id = :mission and turn = :turn "
                        "and state = 'runnable' returning epoch, lane"
                    ),
                    {"mission": mission_id, "turn": number},
                )
            ).first()
            crashpoint("missions.turn_taken.before_commit")
        crashpoint("missions.turn_taken")
        return Turn(mission_id, number, row.epoch, row.lane, self._database) if row else None

    async def _sweep(self, app: procrastinate.App, over: asyncio.Event) -> None:
        """Every second, in every process; all of it is compare-and-set, so racing is harmless."""
        while not over.is_set():
            try:
                await self._bury_the_dead(app)
                await self._wake_the_due()
                await self._nudge_the_lost()
            except PASSING as error:
                log.warning("the sweep could not run, trying again: %s", error)
            await _wait(over, _SWEEP)

    async def _bury_the_dead(self, app: procrastinate.App) -> None:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._dead_after):
            log.warning("a process died with %s", job.task_kwargs)
            # not retry_job: a zombie could finish that row; a new row it cannot touch
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)

    async def _wake_the_due(self) -> None:
        async with self._database.transaction() as tx:
            due = await tx.execute(
                text(
                    "select id, lane, waits_for from missions where state = 'waiting' and wake_at <= clock_timestamp() "
                    "order by wake_at limit 100 for update skip locked"
                )
            )
            if not (rows := due.all()):
                return
            for row in rows:
                await wake(tx, row.id, lane=row.lane, anew=row.waits_for != "connection")
            crashpoint("missions.woken.before_commit")
        crashpoint("missions.woken.after_commit")

    async def _nudge_the_lost(self) -> None:
        async with self._database.transaction() as tx:
            lost = await tx.execute(
                text(
                    """select m.id, m.turn, m.lane from missions m where m.state = 'runnable' and not exists (
                    select 1 from procrastinate_jobs j where j.status in ('todo', 'doing') and j.task_name = 'turn'
                    and j.args->>'mission' = m.id and (j.args->>'number')::int = m.turn)
                    limit 100 for update skip locked"""
                )
            )
            for row in lost.all():
                log.warning("nudge again: %s turn %s", row.id, row.turn)
                await nudge(tx, row.id, row.turn, row.lane)


async def _again_and_again(chore: Chore, over: asyncio.Event) -> None:
    while not await _wait(over, chore.every):
        try:
            await chore.do()
        except PASSING as error:
            log.warning("a chore could not be done, trying again: %s", error)
        except Exception:  # a chore that nobody foresaw to fail must not end the missions of this process
            log.exception("a chore failed, trying again")


async def _wait(over: asyncio.Event, seconds: float) -> bool:
    """Whether it is over, at the latest after so many seconds."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await over.wait()
    return over.is_set()
