"""The customer writes while their mission is busy: they are heard, once, and nothing of it is done twice."""

from tests.support.afterwards import intact
from tests.support.doorway import Doorway
from tests.support.record import rows
from tests.support.world import CHARGED_TWICE, Agent, Customer, World, until


async def test_a_message_while_the_worker_looks_is_heard_before_anything_is_proposed(
    door: Doorway, world: World, mira: Customer, ana: Agent
) -> None:
    door.hold()
    case = await mira.writes(CHARGED_TWICE)
    await until(lambda: visits_to(door), bool)
    await mira.adds(case, "It was on my card ending 4242")
    door.let_in()
    await mira.sees(case, "person_decides")
    await until(lambda: waits(world), bool)
    assert rows(world.database, "select count(*) from proposals where closed is null") == [(1,)]
    card = await ana.card()
    await ana.approves(card)
    mission = await ana.verdict(case)
    assert mission["outcome"] == "resolved"
    assert len(world.refunds()) == 1
    await intact(ana, mission)


async def test_a_message_while_a_mission_concludes_begins_the_next_one(
    door: Doorway, world: World, mira: Customer, ana: Agent
) -> None:
    door.hold()
    case = await mira.writes("I was charged twice for order #4380")  # there is one charge
    await until(lambda: visits_to(door), bool)
    await mira.adds(case, "Sorry, I was charged twice for order 4471")
    door.let_in()
    await ana.approves(await ana.card())
    mission = await ana.verdict(case, missions=2)
    assert mission["outcome"] == "resolved"
    found = await ana.case(case)
    assert [one["outcome"] for one in found["missions"]] == ["explained", "resolved"]
    assert len(world.refunds()) == 1


async def visits_to(door: Doorway) -> int:
    return door.visits


async def waits(world: World) -> bool:
    return rows(world.database, "select state from missions") == [("waiting",)]
