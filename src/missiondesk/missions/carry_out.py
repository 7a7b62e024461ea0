"""An approved proposal is carried out: its actions in order, then the customer is told. Any process may run this."""

from datetime import timedelta

from missiondesk.cases import add_message, case
from missiondesk.decisions import (
    Grant,
    NotAsApproved,
    Proposal,
    Unreadable,
    check_approved,
    grants_of,
    newest_proposal,
)
from missiondesk.effects import effects_open, skip_effects
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.missions.durable import Turn
from missiondesk.missions.parts import Parts
from missiondesk.missions.store import mission
from missiondesk.trace import observe, observed

_COME_BACK = timedelta(seconds=3)


async def carry_out(turn: Turn, parts: Parts) -> None:
    """Run the grants of the newest proposal. The first that does not end as done stops the rest."""
    await parts.connections.refresh()
    async with turn.tx() as tx:
        found = await newest_proposal(tx, turn.mission_id)
        grants = await grants_of(tx, found.id) if found else []
    if found is None or found.closed != "approved":
        async with turn.tx() as tx:
            if await effects_open(tx, turn.mission_id):
                raise NotAsApproved("An effect is open, and its proposal is not approved as it is stored.")
            await turn.go_on(tx, "turns")
            crashpoint("missions.lane_changed.before_commit")
        crashpoint("missions.lane_changed.after_commit")
        return
    if len(grants) != len(found.proposed.actions) and not isinstance(found.proposed, Unreadable):
        raise NotAsApproved("An approved action has no grant.")
    for position, grant in enumerate(grants):
        next_up = grants[position + 1].id if position + 1 < len(grants) else None
        effect = await parts.executor.run(turn, grant.id, next_up=next_up, baseline=await _baseline(turn))
        match effect.state:
            case "done" if effect.proved:
                continue
            case "intent" | "sent" | "checking" | "done" if effect.proved is None:  # not finished, or not read back yet
                crashpoint("missions.effect_awaited.before")
                async with turn.tx() as tx:
                    await turn.end(tx, "effect", wake_in=_COME_BACK)
                crashpoint("missions.effect_awaited.after_commit")
                return
            case "unknown":
                crashpoint("missions.answer_awaited.before")
                async with turn.tx() as tx:
                    await turn.end(tx, "unknown_effect")
                crashpoint("missions.answer_awaited.after_commit")
                return
            case _:
                await _stop(turn, grants[position + 1 :])
                return
    await _tell(turn, parts, found)


async def _tell(turn: Turn, parts: Parts, found: Proposal) -> None:
    """Everything is done and proved: the customer hears what was approved for them, once."""
    crashpoint("missions.told.before")
    async with turn.tx() as tx:
        # the words for the customer too: if they are not as approved, the turn fails and a person takes over
        await check_approved(tx, found)
        if found.proposed.message:
            of = await case(tx, (await mission(tx, turn.mission_id)).case_id)
            assistant = parts.portals[of.portal_id].assistant
            await add_message(tx, of.id, "assistant", assistant, found.proposed.message)
            told = {"message": found.proposed.message, "proposal": found.id}
            await observe(tx, turn.mission_id, "told", step=f"told:{found.id}", **told)
        await turn.go_on(tx, "turns")
    crashpoint("missions.told.after_commit")


async def _stop(turn: Turn, rest: list[Grant]) -> None:
    """What comes after an action that was not done is not sent; the worker sees what happened and what did not."""
    crashpoint("effects.skipped.before")
    async with turn.tx() as tx:
        await skip_effects(tx, turn.mission_id, rest, "An action before it did not end as done.")
        await turn.go_on(tx, "turns")
    crashpoint("effects.skipped.after_commit")


async def _baseline(turn: Turn) -> dict[int, str]:
    """What our own earlier action made of the evidence: no stranger's change."""
    async with turn.tx() as tx:
        proved = [one for one in await observed(tx, turn.mission_id) if one.kind == "proved"]
    return {int(n): digest for n, digest in proved[-1].told["baseline"].items()} if proved else {}
