"""A freeze between the last look at the freezes and the mark that it is sent: there is no such moment."""

import asyncio

import psycopg

from missiondesk.effects import freeze
from missiondesk.kit.database import Database
from tests.promises import promise
from tests.support.afterwards import working
from tests.support.approved import approved, effects_in
from tests.support.record import rows
from tests.support.world import JSON, Agent, Customer, World, until

WHO = {"why": "Wrong amounts", "by_id": "staff-sara", "by": "Sara"}
WAITS = """select count(*) from pg_stat_activity
    where wait_event_type = 'Lock' and starts_with(query, 'update effects set state')"""


@promise("effects.freeze-stops-them")
async def test_who_has_looked_and_not_yet_marked_it_sends_nothing_after_the_freeze(
    world: World, mira: Customer, ana: Agent
) -> None:
    """An executor is held up exactly there, by the row that it wants to mark; meanwhile all effects are frozen."""
    _, card = await approved(world, mira, ana)
    before = await ana.post("/api/desk/freezes", {"scope": "all", "why": "So that its intent is written"}, 201)
    async with working(world):
        await until(lambda: held(ana, card), lambda found: found == 1)
    acting = Database(world.database.url)
    async with await psycopg.AsyncConnection.connect(world.database.owner_url) as meanwhile:
        await meanwhile.execute("select 1 from effects for update")
        supervisor = await world.agent("sara")
        await supervisor.deletes(f"/api/desk/freezes/{before['freeze']['id']}")
        async with working(world):
            await until(lambda: asyncio.to_thread(rows, world.database, WAITS), lambda found: found == [(1,)])
            async with asyncio.timeout(5), acting.transaction() as tx:
                await freeze(tx, "all", **WHO)
            await meanwhile.rollback()
            await until(lambda: held(ana, card), lambda found: found == 2)
            assert [state for state, _ in await effects_in(ana, card)] == ["intent"]
            assert world.calls("refund_payment") == 0
    await acting.close()


async def held(ana: Agent, card: JSON) -> int:
    """How many freezes have held it up."""
    return sum(one["detail"].get("state") == "frozen" for one in (await ana.trace(card["mission_id"]))["items"])
