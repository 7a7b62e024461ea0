"""A process that is no more than frozen: another takes over and finishes, and when it wakes up it writes nothing."""

from tests.promises import promise
from tests.support.afterwards import one_refund
from tests.support.doorway import Doorway, doorway
from tests.support.processes import Crew, Process
from tests.support.record import rows
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until


@promise("missions.older-owner-writes-nothing")
async def test_a_process_frozen_while_it_looked_writes_nothing_when_it_wakes(
    world: World, crew: Crew, mira: Customer, ana: Agent
) -> None:
    async with doorway(world.outside.urls["billing"]) as door:
        door.hold()
        frozen = crew.worker(forked=True, NORTHWIND_BILLING_URL=door.url)
        case = await mira.writes(CHARGED_TWICE)
        await until(lambda: visits_to(door), bool)
        frozen.freeze()
        crew.worker(forked=True)
        card = await ana.card()
        await ana.approves(card)
        await ana.verdict(case)
        door.let_in()
        await wakes_and_writes_nothing(world, frozen)
    await one_refund(world, ana, case, card)
    assert world.calls("refund_payment") == 1


@promise("missions.older-owner-writes-nothing")
async def test_a_process_frozen_while_billing_made_the_refund_writes_nothing_when_it_wakes(
    world: World, crew: Crew, mira: Customer, ana: Agent
) -> None:
    async with doorway(world.outside.urls["billing"]) as door:
        door.loses_answers_of, door.keeps_line = "refund_payment", True
        frozen = crew.worker(forked=True, NORTHWIND_BILLING_URL=door.url)
        case = await mira.writes(CHARGED_TWICE)
        card = await ana.card()
        await ana.approves(card)
        await until(lambda: lost_by(door), bool)
        frozen.freeze()
        door.loses_answers_of = None
        crew.worker(forked=True)
        await ana.verdict(case)
        await wakes_and_writes_nothing(world, frozen)
    await one_refund(world, ana, case, card)
    assert world.calls("refund_payment") == 1


async def wakes_and_writes_nothing(world: World, frozen: Process) -> None:
    """It goes on where it was, and is told that the mission is not its own any more."""
    before = everything_of(world)
    assert "fenced" not in frozen.words
    frozen.thaw()

    async def said() -> str:
        return frozen.words

    await until(said, lambda words: "fenced: mission-" in words)
    assert everything_of(world) == before
    assert frozen.alive


def everything_of(world: World) -> list[JSON]:
    """All rows that a mission lives by."""
    query = "select to_json(one) from {} one order by 1::text"
    tables = ("missions", "observations", "trace_heads", "proposals", "grants", "effects", "messages", "handoffs")
    return [row for table in tables for (row,) in rows(world.database, query.format(table))]


async def visits_to(door: Doorway) -> int:
    return door.visits


async def lost_by(door: Doorway) -> int:
    return door.lost
