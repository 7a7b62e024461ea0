"""Waking, ending, timers and lost nudges: whatever comes together, no wake-up is lost and no turn runs for nothing."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from missiondesk.missions import Engine, Turn, wake
from missiondesk.missions.durable import nudge
from tests.promises import promise
from tests.support.missions import Missions
from tests.support.record import by_hand, rows
from tests.support.world import until


@dataclass
class Turns:
    """What turns were run; each ends with `waits_for`, in `wake_in` seconds if that is set, once `free`."""

    ran: list[Turn] = field(default_factory=list[Turn])
    given_up: list[str] = field(default_factory=list[str])
    free: asyncio.Event = field(default_factory=asyncio.Event)
    wake_in: timedelta | None = None
    fails: bool = False

    async def do(self, turn: Turn) -> None:
        self.ran.append(turn)
        await self.free.wait()
        if self.fails:
            raise RuntimeError("nobody foresaw this")
        async with turn.tx() as tx:
            await turn.end(tx, "customer", wake_in=self.wake_in)

    async def give_up(self, turn: Turn, error: str) -> None:
        self.given_up.append(error)
        async with turn.tx() as tx:
            await turn.end(tx, "customer")

    def engine(self, missions: Missions, *, dead_after: float = 10) -> Engine:
        return Engine(missions.database, self.do, self.give_up, dead_after=dead_after)

    async def numbers(self) -> list[int]:
        return [turn.number for turn in self.ran]


async def state(missions: Missions) -> tuple[str, int, bool]:
    return rows(missions.record, "select state, turn, woken from missions")[0]


async def test_what_comes_while_a_turn_runs_begins_the_next_turn(missions: Missions) -> None:
    turns, mission_id = Turns(), await missions.begin()
    async with missions.worked(turns.engine(missions)):
        await until(turns.numbers, lambda ran: ran == [1])
        for _ in range(3):
            async with missions.database.transaction() as tx:
                await wake(tx, mission_id)
        assert await turns.numbers() == [1], "not beside the one that runs"
        turns.free.set()
        await until(lambda: state(missions), lambda it: it == ("waiting", 2, False))
        assert await turns.numbers() == [1, 2], "three wake-ups are one turn"


async def test_a_waiting_mission_is_woken_once_by_each_thing_that_happens(missions: Missions) -> None:
    turns, mission_id = Turns(), await missions.begin()
    turns.free.set()
    async with missions.worked(turns.engine(missions)):
        for number in (1, 2, 3):
            await until(lambda: state(missions), lambda it, number=number: it == ("waiting", number, False))
            async with missions.database.transaction() as tx:
                await wake(tx, mission_id)
        await until(lambda: state(missions), lambda it: it == ("waiting", 4, False))
    assert await turns.numbers() == [1, 2, 3, 4]


async def test_a_wake_up_that_was_rolled_back_wakes_nobody(missions: Missions) -> None:
    turns, mission_id = Turns(), await missions.begin()
    turns.free.set()
    async with missions.worked(turns.engine(missions)):
        await until(lambda: state(missions), lambda it: it[0] == "waiting")
        async with missions.database.transaction() as tx:
            await wake(tx, mission_id)
            await tx.rollback()
        assert await state(missions) == ("waiting", 1, False)
        assert rows(missions.record, "select count(*) from procrastinate_jobs where status = 'todo'") == [(0,)]


async def test_a_nudge_given_twice_runs_the_turn_once(missions: Missions) -> None:
    turns, mission_id = Turns(), await missions.begin()
    turns.free.set()
    async with missions.worked(turns.engine(missions)):
        await until(lambda: state(missions), lambda it: it[0] == "waiting")
        async with missions.database.transaction() as tx:
            await nudge(tx, mission_id, 1, "turns")
            await nudge(tx, mission_id, 7, "turns")
        await until(lambda: jobs(missions), lambda count: count == 0)
    assert await turns.numbers() == [1]


@promise("missions.another-process-takes-over")
async def test_a_lost_job_is_nudged_again(missions: Missions) -> None:
    turns, _ = Turns(), await missions.begin()
    assert by_hand(missions.record, "delete from procrastinate_jobs") == 1
    turns.free.set()
    async with missions.worked(turns.engine(missions)):
        await until(turns.numbers, lambda ran: ran == [1], patience=5)


@promise("missions.waiting-holds-nothing")
async def test_a_mission_that_waits_for_a_time_is_a_row_and_nothing_else(missions: Missions) -> None:
    turns, _ = Turns(wake_in=timedelta(seconds=1.5)), await missions.begin()
    turns.free.set()
    async with missions.worked(turns.engine(missions)):
        await until(lambda: state(missions), lambda it: it[0] == "waiting")
        await until(lambda: jobs(missions), lambda count: count == 0)
    assert len(turns.ran) == 1
    by_hand(missions.record, "update missions set wake_at = clock_timestamp() - interval '1 day'")
    later = Turns()
    later.free.set()
    async with missions.worked(later.engine(missions)):  # another process, a day later
        await until(later.numbers, lambda ran: ran == [2], patience=5)


@promise("missions.failure-goes-to-a-person")
async def test_a_turn_that_fails_four_times_is_given_up(missions: Missions) -> None:
    turns, _ = Turns(fails=True), await missions.begin()
    turns.free.set()
    async with missions.worked(turns.engine(missions)):
        await until(lambda: state(missions), lambda it: it[0] == "waiting")
    assert [turn.epoch for turn in turns.ran] == [1, 2, 3, 4]
    assert turns.given_up == ["RuntimeError: nobody foresaw this"]


async def test_a_process_that_is_busy_is_not_taken_for_dead(missions: Missions) -> None:
    turns, _ = Turns(), await missions.begin()
    async with missions.worked(turns.engine(missions, dead_after=1)):
        await until(turns.numbers, lambda ran: ran == [1])
        began = rows(missions.record, "select clock_timestamp()")[0][0]
        await until(lambda: beats(missions), lambda last: last > began + timedelta(seconds=3))
        turns.free.set()
        await until(lambda: state(missions), lambda it: it == ("waiting", 1, False))
    assert [turn.epoch for turn in turns.ran] == [1], "nobody took it over"


async def jobs(missions: Missions) -> int:
    return rows(missions.record, "select count(*) from procrastinate_jobs")[0][0]


async def beats(missions: Missions) -> object:
    return rows(missions.record, "select max(last_heartbeat) from procrastinate_workers")[0][0]
