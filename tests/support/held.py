"""Answers that can be taken back for a while, and the end of that while."""

from tests.support.record import by_hand
from tests.support.world import JSON, Agent, World

LONG = 30  # seconds: no test waits for its end


async def holds(who: Agent, card: JSON, kind: str = "approve", *, undo: int = LONG, status: int = 201) -> JSON:
    """The card after an answer that is held."""
    body = {"kind": kind, "digest": card["digest"], "reason": "no" if kind == "reject" else None, "undo": undo}
    return await who.post(f"/api/desk/proposals/{card['id']}/decisions", body, status)


async def takes_back(who: Agent, card: JSON, status: int = 200) -> JSON:
    """The card after the first answer on it was taken back; or what speaks against that."""
    first = (await seen_by(who, card))["decisions"][0]
    return await who.deletes(f"/api/desk/decisions/{first['id']}", status)


async def seen_by(who: Agent, card: JSON) -> JSON:
    """The card as it is now."""
    return await who.get(f"/api/desk/proposals/{card['id']}")


def time_is_over(world: World) -> None:
    """As if everything that is held had been held for long enough."""
    earlier = "clock_timestamp() - interval '1 second'"
    by_hand(world.database, f"update decisions set held_until = {earlier} where held_until is not null")
    by_hand(world.database, f"update missions set wake_at = {earlier} where wake_at is not null")
