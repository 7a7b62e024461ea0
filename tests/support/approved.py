"""Mira's refund, proposed and approved while nobody is there to carry it out: time to meddle with the record."""

from tests.support.afterwards import working
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until


async def proposed(world: World, mira: Customer, ana: Agent) -> tuple[JSON, JSON]:
    """(the case, the card): the proposal stands in the queue, and nobody works any more."""
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
    return case, card


async def approved(world: World, mira: Customer, ana: Agent) -> tuple[JSON, JSON]:
    """The same, approved."""
    case, card = await proposed(world, mira, ana)
    await ana.approves(card)
    return case, card


async def next_card(ana: Agent, after: JSON) -> JSON:
    """The proposal that took the place of an earlier one."""

    async def others() -> list[JSON]:
        return [one for one in await ana.queue() if one["kind"] == "proposal" and one["id"] != after["id"]]

    [item] = await until(others, bool)
    return await ana.get(f"/api/desk/proposals/{item['id']}")


async def effects_in(ana: Agent, card: JSON) -> list[tuple[str, str | None]]:
    """(state, why) of each effect of a proposal, as its card shows them."""
    found = await ana.get(f"/api/desk/proposals/{card['id']}")
    return [(one["effect"]["state"], one["effect"]["why"]) for one in found["actions"] if one["effect"]]
