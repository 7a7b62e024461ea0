"""Test proposals in a queue, and past ones that they are made of."""

from missiondesk.ids import ProposalId
from missiondesk.insights import plant
from tests.support.afterwards import working
from tests.support.record import rows
from tests.support.world import CHARGED_TWICE, JSON, World


async def carried_out(world: World) -> tuple[JSON, JSON]:
    """(the case, the card) of Mira's refund, which was approved, done and read back."""
    ana, mira = await world.agent("ana"), await world.customer("mira")
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
        await ana.approves(card)
        assert (await ana.verdict(case))["outcome"] == "resolved"
    return case, card


async def waits(world: World) -> JSON:
    """The card of Tomás' refund, which waits for two supervisors."""
    ana = await world.agent("ana")
    await (await world.customer("tomas")).writes("I was charged twice for order #4544 and want a refund.")
    async with working(world):
        return await ana.card()


async def planted(world: World, beside: JSON) -> JSON:
    """The row of the queue of a test proposal that was put beside the one of this card."""
    async with world.here.parts.database.transaction() as tx:
        assert await plant(tx, world.here.parts, ProposalId(beside["id"]))
    [(id_,)] = rows(world.database, "select id from test_proposals where beside = %s", beside["id"])
    ana = await world.agent("ana")
    return next(one for one in await ana.queue() if one["id"] == id_)
