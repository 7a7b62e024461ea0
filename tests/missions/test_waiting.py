"""A mission waits for a system that is away: a row, the same turn again, told once, and a person after half an hour."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from missiondesk.ids import MissionId
from missiondesk.integrations import ConnectionPaused
from missiondesk.missions import Engine, Turn, mission, waiting_of
from missiondesk.missions.durable import Fenced, wake
from missiondesk.missions.waiting import wait_for, went_on
from missiondesk.trace import Observation, observe, observed
from tests.promises import promise
from tests.support.missions import Missions
from tests.support.record import by_hand, rows
from tests.support.world import until

AWAY_SINCE = datetime(2026, 11, 20, 9, 58, tzinfo=UTC)


def paused(connection: str = "billing", retry_in: float = 0.05) -> ConnectionPaused:
    return ConnectionPaused(connection, connection.title(), "connection refused", AWAY_SINCE, retry_in)


@dataclass
class Turns:
    """Each turn needs a system: one of `away`, until there is none; then it ends and waits for the customer."""

    away: list[str] = field(default_factory=lambda: ["billing"])
    retry_in: float = 0.05
    ran: list[int] = field(default_factory=list[int])
    too_long: int = 0

    async def do(self, turn: Turn) -> None:
        self.ran.append(turn.number)
        if not self.away:
            return await self._read(turn)
        self.away = [*self.away[1:], self.away[0]]  # reads run side by side: any of them may be the first to fail
        if not await wait_for(turn, paused(self.away[-1], self.retry_in)):
            self.too_long += 1
            await self._end(turn)
        return None

    async def give_up(self, turn: Turn, error: str) -> None:
        raise AssertionError(error)

    async def _read(self, turn: Turn) -> None:
        async with turn.tx() as tx:
            waiting = await waiting_of(tx, await mission(tx, turn.mission_id))
            seen = await observe(tx, turn.mission_id, "seen", tool="billing.list_payments")
        assert waiting is not None
        for _ in range(2):  # a read beside this one saw that it answers too
            await went_on(turn, waiting, seen)
        await self._end(turn)

    async def _end(self, turn: Turn) -> None:
        async with turn.tx() as tx:
            await turn.end(tx, "customer")

    def engine(self, missions: Missions) -> Engine:
        return Engine(missions.database, self.do, self.give_up)

    async def numbers(self) -> list[int]:
        return self.ran


async def told(missions: Missions, mission_id: MissionId) -> list[Observation]:
    """What the trace says of waiting."""
    async with missions.database.transaction() as tx:
        return [one for one in await observed(tx, mission_id) if one.kind == "waiting"]


async def ago(missions: Missions, minutes: int) -> None:
    """It has waited for so much longer. In a thread: a turn of this very process may hold the row."""
    statement = f"update missions set waits_since = waits_since - interval '{minutes} minutes'"
    await asyncio.to_thread(by_hand, missions.record, statement)


async def row(missions: Missions) -> tuple[Any, ...]:
    return rows(missions.record, "select state, turn, waits_for, waits_on from missions")[0]


@promise("missions.waiting-holds-nothing")
async def test_it_waits_as_a_row_and_its_turn_is_run_again_until_the_system_answers(missions: Missions) -> None:
    turns, mission_id = Turns(), await missions.begin()
    async with missions.worked(turns.engine(missions)):
        await until(turns.numbers, lambda ran: len(ran) >= 3)
        turns.away = []
        await until(lambda: row(missions), lambda it: it == ("waiting", 1, "customer", None))
    assert set(turns.ran) == {1}, "the same turn: what it has done is stored under its number"
    away, over = await told(missions, mission_id)
    about = {"connection": "billing", "source": "Billing"}
    assert away.told == {**about, "state": "away", "why": "connection refused", "since": AWAY_SINCE.isoformat()}
    assert over.told == {**about, "state": "over", "seconds": over.told["seconds"]}
    assert rows(missions.record, "select count(*) from procrastinate_jobs") == [(0,)]


@promise("missions.waiting-holds-nothing")
async def test_between_two_looks_there_is_nothing_but_the_row_and_another_process_goes_on(missions: Missions) -> None:
    turns, mission_id = Turns(retry_in=3600), await missions.begin()
    async with missions.worked(turns.engine(missions)):
        await until(lambda: row(missions), lambda it: it == ("waiting", 1, "connection", "billing"))
    assert rows(missions.record, "select count(*) from procrastinate_jobs") == [(0,)]
    by_hand(missions.record, "update missions set wake_at = clock_timestamp()")  # an hour later
    later = Turns(away=[])
    async with missions.worked(later.engine(missions)):
        await until(lambda: row(missions), lambda it: it == ("waiting", 1, "customer", None))
    assert [one.told["state"] for one in await told(missions, mission_id)] == ["away", "over"]


async def test_two_systems_that_are_away_are_told_of_once_each_however_they_take_turns(missions: Missions) -> None:
    turns, mission_id = Turns(away=["billing", "shop"]), await missions.begin()
    async with missions.worked(turns.engine(missions)):
        await until(turns.numbers, lambda ran: len(ran) >= 4)
    assert [one.told["source"] for one in await told(missions, mission_id)] == ["Billing", "Shop"]
    assert rows(missions.record, "select count(distinct waits_since) from missions") == [(1,)]


async def test_a_message_meanwhile_begins_the_next_turn_and_the_outage_is_not_told_again(missions: Missions) -> None:
    turns, mission_id = Turns(retry_in=3600), await missions.begin()
    async with missions.worked(turns.engine(missions)):
        await until(lambda: row(missions), lambda it: it[0] == "waiting")
        began = rows(missions.record, "select waits_since from missions")
        async with missions.database.transaction() as tx:
            await wake(tx, mission_id)
        await until(lambda: row(missions), lambda it: it == ("waiting", 2, "connection", "billing"))
    assert rows(missions.record, "select waits_since from missions") == began
    assert turns.ran == [1, 2]
    assert len(await told(missions, mission_id)) == 1


@promise("missions.failure-goes-to-a-person")
async def test_after_half_an_hour_it_waits_no_longer(missions: Missions) -> None:
    turns, _ = Turns(retry_in=0.2), await missions.begin()
    async with missions.worked(turns.engine(missions)):
        await until(lambda: row(missions), lambda it: it[0] == "waiting")
        await ago(missions, 29)
        before = len(turns.ran)
        await until(turns.numbers, lambda ran: len(ran) > before)
        assert turns.too_long == 0
        await ago(missions, 2)
        await until(lambda: row(missions), lambda it: it[2] == "customer")
    assert turns.too_long == 1


async def test_what_was_read_before_the_outage_does_not_end_it(missions: Missions) -> None:
    await missions.begin()
    [(mission_id,)] = rows(missions.record, "select id from missions")
    turn = Turn(mission_id, 1, 0, "turns", missions.database)
    async with turn.tx() as tx:
        before = await observe(tx, mission_id, "seen", tool="billing.list_payments")
        elsewhere = await observe(tx, mission_id, "seen", tool="shop.get_order")
    assert await wait_for(turn, paused())
    async with missions.database.transaction() as tx:
        waiting = await waiting_of(tx, await mission(tx, mission_id))
        await wake(tx, mission_id, anew=False)
    assert waiting is not None
    for seen in (before, elsewhere):
        await went_on(turn, waiting, seen)
    assert (await row(missions))[3] == "billing"


async def test_a_process_that_lost_the_mission_says_nothing_of_waiting(missions: Missions) -> None:
    mission_id = await missions.begin()
    with pytest.raises(Fenced):
        await wait_for(Turn(mission_id, 1, 7, "turns", missions.database), paused())
    assert await told(missions, mission_id) == []
