"""A turn failed again and again for a reason nobody foresaw: a person takes the case over, whatever it takes."""

import logging

from missiondesk.decisions import close_proposal, grants_of, newest_proposal
from missiondesk.effects import give_up_effects, skip_effects
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.text import visible
from missiondesk.missions.durable import PASSING, Fenced, Turn
from missiondesk.missions.ending import end_with_person
from missiondesk.missions.last_resort import last_resort
from missiondesk.missions.parts import Parts
from missiondesk.missions.scene import set_scene
from missiondesk.trace import observe
from missiondesk.workers import HandOff

log = logging.getLogger(__name__)


async def give_up(turn: Turn, parts: Parts, error: str) -> None:
    """Hand the case over; when that cannot be done in order, because what is stored cannot be read, then unread."""
    error = visible(error)
    try:
        await _hand_over(turn, parts, error)
    except (Fenced, *PASSING):
        raise
    except Exception:
        log.exception("%s cannot be handed over in order, so it is handed over unread", turn.mission_id)
        await last_resort(turn, parts, error)


async def _hand_over(turn: Turn, parts: Parts, error: str) -> None:
    """What may have been sent is asked about first: no effect is ever left without an answer."""
    failed = {"title": "The mission could not go on", "why": error}
    crashpoint("missions.given_up.before")
    async with turn.tx() as tx:
        newest = await newest_proposal(tx, turn.mission_id)
        if newest is not None and newest.closed is None:  # nobody is left who could carry it out
            await close_proposal(tx, newest.id, "withdrawn", failed["title"])
            told = {"proposal": newest.id, "title": newest.proposed.title, "why": f"{failed['title']}."}
            await observe(tx, turn.mission_id, "taken_back", **told)
        elif newest is not None:
            await skip_effects(tx, turn.mission_id, await grants_of(tx, newest.id), f"{failed['title']}.")
    crashpoint("missions.given_up.after_commit")
    if await give_up_effects(turn, error):
        crashpoint("missions.answer_awaited.before")
        async with turn.tx() as tx:
            await observe(tx, turn.mission_id, "failed", **failed)
            await turn.end(tx, "unknown_effect")
        crashpoint("missions.answer_awaited.after_commit")
        return
    scene = await set_scene(turn, parts)
    wish = HandOff(f"Something went wrong that we did not foresee: {error}")
    await end_with_person(turn, scene, wish, because=("failed", failed))
