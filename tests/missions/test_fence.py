"""Two owners of one turn: the older one can write nothing any more. And a test that shows that this one would see."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text

from missiondesk.kit.database import Transaction
from missiondesk.missions import Engine, Fenced, Turn
from missiondesk.missions.durable import nudge
from missiondesk.trace import observe, observed
from tests.promises import promise
from tests.support.missions import Missions


@dataclass
class Owners:
    """Everybody who has taken the turn, oldest first. They hold it until `let_go`."""

    turns: asyncio.Queue[Turn] = field(default_factory=asyncio.Queue[Turn])
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def do(self, turn: Turn) -> None:
        await self.turns.put(turn)
        await self.let_go.wait()

    async def give_up(self, turn: Turn, error: str) -> None:
        raise AssertionError(f"{turn} failed: {error}")


class Unfenced(Turn):
    """The mutation: a turn that does not ask whether it still owns its mission."""

    @asynccontextmanager
    async def tx(self) -> AsyncGenerator[Transaction]:
        async with self.database.transaction() as tx:
            yield tx


def unfenced(turn: Turn) -> Turn:
    return Unfenced(turn.mission_id, turn.number, turn.epoch, turn.lane, turn.database)


@asynccontextmanager
async def owned_twice(missions: Missions) -> AsyncGenerator[tuple[Turn, Turn]]:
    """The older and the newer owner of one turn."""
    owners, mission_id = Owners(), await missions.begin()
    async with missions.worked(Engine(missions.database, owners.do, owners.give_up)):
        async with asyncio.timeout(10):
            older = await owners.turns.get()
            await write(older, "before the other came")
            async with missions.database.transaction() as tx:
                await nudge(tx, mission_id, older.number, older.lane)  # as after its process seemed to be dead
            newer = await owners.turns.get()
        yield older, newer
        owners.let_go.set()


async def write(turn: Turn, text: str) -> None:
    async with turn.tx() as tx:
        await observe(tx, turn.mission_id, "thought", text=text)


async def written(missions: Missions, turn: Turn) -> list[str]:
    async with missions.database.transaction() as tx:
        return [one.told["text"] for one in await observed(tx, turn.mission_id) if one.kind == "thought"]


async def zombie_writes(missions: Missions, older: Turn, newer: Turn) -> list[str]:
    """Both write, the older one too late. What stands there afterwards."""
    await write(newer, "by the new owner")
    await write(older, "by the zombie")
    return await written(missions, newer)


@promise("missions.older-owner-writes-nothing")
async def test_the_second_write_of_an_older_owner_is_fenced(missions: Missions) -> None:
    async with owned_twice(missions) as (older, newer):
        assert (older.number, newer.number, newer.epoch) == (1, 1, older.epoch + 1)
        with pytest.raises(Fenced):
            await zombie_writes(missions, older, newer)
        assert await written(missions, newer) == ["before the other came", "by the new owner"]


async def test_without_the_fence_the_same_test_sees_the_zombie_write(missions: Missions) -> None:
    async with owned_twice(missions) as (older, newer):
        assert "by the zombie" in await zombie_writes(missions, unfenced(older), newer)


@promise("missions.older-owner-writes-nothing")
async def test_an_older_owner_cannot_end_the_turn_either(missions: Missions) -> None:
    async with owned_twice(missions) as (older, newer):
        with pytest.raises(Fenced):
            async with older.tx() as tx:
                await older.end(tx, "customer")
        async with newer.tx() as tx:
            await newer.end(tx, "customer")
        with pytest.raises(Fenced):
            await write(newer, "after the end")


async def test_a_write_that_has_begun_holds_the_next_owner_off(missions: Missions) -> None:
    async with owned_twice(missions) as (_, newer):
        async with newer.tx() as tx:
            await observe(tx, newer.mission_id, "thought", text="slowly")
            taking = asyncio.create_task(take_again(missions, newer))
            done, _ = await asyncio.wait([taking], timeout=0.3)
            assert not done, "the mission's row is locked until the write is committed"
        await taking
        with pytest.raises(Fenced):
            await write(newer, "too late")


async def take_again(missions: Missions, turn: Turn) -> None:
    async with missions.database.transaction() as tx:
        await tx.execute(text("update missions set epoch = epoch + 1 where id = :id"), {"id": turn.mission_id})
